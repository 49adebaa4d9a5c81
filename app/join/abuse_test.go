package join

import (
	"testing"
	"time"
)

// TestManyDraftsMakeFewReminders has somebody begin drafts whose mail goes to
// another's address.
func TestManyDraftsMakeFewReminders(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	for range 10 {
		w := b.begun(t)
		fine(t, b.SendResumeLink(t.Context(), w.id, "victim@example.ca", "en", ""))
	}
	for b.now.Before(noon.Add(b.DraftTTL)) {
		b.pass(time.Hour)
		fine(t, b.Remind(t.Context()))
	}
	b.wantCount(t, "mails WHERE kind = 'reminder'", b.Limits.PerAddress.Max)
}
