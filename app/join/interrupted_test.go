package join

import (
	"context"
	"errors"
	"testing"
	"time"

	"joinery/app/draft"
	"joinery/app/mail"
)

// A broken store cannot read one draft.
type broken struct {
	draft.Store
	key string
}

func (b broken) Load(ctx context.Context, key string) (draft.Draft, error) {
	if key == b.key {
		return draft.Draft{}, errors.New("the store has failed")
	}
	return b.Store.Load(ctx, key)
}

func TestOneDraftThatCannotBeReadHoldsUpNoReminder(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	first := b.wanting(t)
	b.pass(time.Minute)
	second := &browser{bench: b, id: b.finished(t)}
	second.mailed(t, "ann@example.ca")
	b.Drafts = broken{b.Drafts, first.progress(t).Draft.Key}
	b.pass(b.DraftTTL - b.RemindBefore)
	if err := b.Remind(t.Context()); err == nil {
		t.Error("nobody hears of the one that cannot be read")
	}
	if l := b.letter(t, mail.Reminder); l.To != "ann@example.ca" {
		t.Errorf("the reminder goes to %s", l.To)
	}
}
