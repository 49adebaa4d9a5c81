package join

import (
	"errors"
	"testing"

	"joinery/app/draft"
	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/member"
)

// sent returns the id of a draft that was sent.
func (b *bench) sent(t *testing.T) string {
	t.Helper()
	id := b.finished(t)
	b.send(t, id)
	return id
}

func (b *bench) send(t *testing.T, id string) {
	t.Helper()
	problems, err := b.Send(t.Context(), id, []string{"keep"}, i18n.English, "")
	if err != nil || len(problems) > 0 {
		t.Fatalf("Send: %v, %v", problems, err)
	}
}

// saveLate leaves something of a draft that was sent, as when the store fails at
// the moment at which it should have deleted it.
func (w *browser) saveLate(t *testing.T) {
	t.Helper()
	key := w.application(t, w.id).Draft
	for _, section := range []string{"one", "two"} {
		_, err := w.Drafts.Save(t.Context(), key, draft.Save{
			Section: section, Content: draft.Section{Answers: form.Answers{"mail": {"late@example.ca"}}, Form: w.Form.Version},
			Lang: i18n.English, At: w.now, Base: draft.AnyVersion, Begin: true,
		})
		fine(t, err)
	}
}

// TestDraftThatOutlivesItsSendIsNone tries one that was left behind.
func TestDraftThatOutlivesItsSendIsNone(t *testing.T) {
	endings := map[string]func(*testing.T, *bench, Link) error{
		"confirmed": func(t *testing.T, b *bench, l Link) error { return b.Confirm(t.Context(), l) },
		"withdrawn": func(t *testing.T, b *bench, l Link) error { return b.Members.Withdraw(t.Context(), l.found.ID, b.now) },
		"expired":   func(_ *testing.T, b *bench, _ Link) error { b.pass(b.WaitingTTL); return nil },
	}
	for ending, end := range endings {
		t.Run(ending, func(t *testing.T) {
			overStores(t, func(t *testing.T, b *bench) {
				w := &browser{bench: b, id: b.sent(t)}
				w.saveLate(t)
				wantSent(t, w)
				link := Link{Status: Open, found: member.ApplicationLink{Application: b.application(t, w.id)}}
				fine(t, end(t, b, link))
				wantNothingBegun(t, w)
			})
		})
	}
}

func wantSent(t *testing.T, w *browser) {
	t.Helper()
	if progress, err := w.Progress(t.Context(), w.id); !errors.Is(err, ErrSent) || progress.Draft.Key != "" {
		t.Errorf("while it waits Progress = %+v, %v, want ErrSent", progress, err)
	}
	_, err := w.Save(t.Context(), w.id, Submission{Section: &w.Form.Sections[0]})
	wantError(t, "while it waits Answer", err, ErrSent)
	wantError(t, "while it waits Delete", w.Delete(t.Context(), w.id), ErrSent)
	w.send(t, w.id)
	w.wantCount(t, "applications", 1)
}

// wantNothingBegun wants what w holds to be no draft, and answers to begin
// another.
func wantNothingBegun(t *testing.T, w *browser) {
	t.Helper()
	w.wantNoDraft(t)
	_, err := w.Send(t.Context(), w.id, []string{"keep"}, i18n.English, "")
	wantError(t, "after its end Send", err, ErrNoDraft)
	before := w.id
	reply := w.open(t, "one").must(t, Continue, form.Answers{"lang": {"en"}})
	if reply.Session == before || reply.Session == "" || reply.Answers.First("mail") != "" {
		t.Errorf("Answer = %+v, want another id than %s and nothing of the old answers", reply, before)
	}
	w.wantTyped(t, form.Answers{"lang": {"en"}})
}
