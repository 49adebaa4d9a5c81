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
	problems, err := b.Send(t.Context(), id, []string{"keep"}, i18n.English)
	if err != nil || len(problems) > 0 {
		t.Fatalf("Send: %v, %v", problems, err)
	}
}

// saveLate saves a section as a request does that was under way while another
// sent the draft.
func (b *bench) saveLate(t *testing.T, id string) {
	t.Helper()
	for _, section := range []string{"one", "two"} {
		save := draft.Save{Section: section, Answers: form.Answers{"mail": {"late@example.ca"}}, Form: b.Form.Version, Lang: i18n.English, At: b.now}
		if err := b.Drafts.Save(t.Context(), id, save); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := b.Drafts.Load(t.Context(), id); err != nil {
		t.Fatalf("the store did not keep the late save: %v", err)
	}
}

// TestDraftThatOutlivesItsSendIsNone tries one that a late save left behind.
func TestDraftThatOutlivesItsSendIsNone(t *testing.T) {
	endings := map[string]func(*testing.T, *bench, Link) error{
		"confirmed": func(t *testing.T, b *bench, l Link) error { return b.Confirm(t.Context(), l) },
		"withdrawn": func(t *testing.T, b *bench, l Link) error { return b.Withdraw(t.Context(), l) },
		"expired":   func(_ *testing.T, b *bench, _ Link) error { b.now = b.now.Add(b.WaitingTTL); return nil },
	}
	for name, newBench := range benches {
		for ending, end := range endings {
			t.Run(name+", "+ending, func(t *testing.T) {
				t.Parallel()
				b := newBench(t)
				id := b.sent(t)
				b.saveLate(t, id)
				wantSent(t, b, id)
				link := Link{Standing: Open, found: b.application(t, id)}
				if err := end(t, b, link); err != nil {
					t.Fatal(err)
				}
				wantNothingBegun(t, b, id)
			})
		}
	}
}

func (b *bench) application(t *testing.T, id string) member.Linked {
	t.Helper()
	a, err := b.Sent(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return member.Linked{Application: a}
}

func wantSent(t *testing.T, b *bench, id string) {
	t.Helper()
	if progress, err := b.Progress(t.Context(), id); !errors.Is(err, ErrSent) || progress.Draft.ID != "" {
		t.Errorf("while it waits Progress = %+v, %v, want ErrSent", progress, err)
	}
	if _, err := b.Answer(t.Context(), id, &b.Form.Sections[0], form.Answers{}, nil, i18n.English); !errors.Is(err, ErrSent) {
		t.Errorf("while it waits Answer: %v, want ErrSent", err)
	}
	b.send(t, id)
	if n := b.count(t, `SELECT count(*) FROM applications`); n != 1 {
		t.Errorf("there are %d applications, want 1", n)
	}
}

// wantNothingBegun wants what is under id to be no draft, and answers to begin
// another.
func wantNothingBegun(t *testing.T, b *bench, id string) {
	t.Helper()
	progress, err := b.Progress(t.Context(), id)
	if err != nil || progress.Draft.ID != "" || len(progress.Draft.Sections) > 0 || progress.Next != &b.Form.Sections[0] {
		t.Errorf("after its end Progress = %+v, %v, want nothing, and the first section next", progress, err)
	}
	if _, err := b.Send(t.Context(), id, []string{"keep"}, i18n.English); !errors.Is(err, ErrNoDraft) {
		t.Errorf("after its end Send: %v, want ErrNoDraft", err)
	}
	reply := b.answer(t, id, "one", form.Answers{"lang": {"en"}})
	if reply.ID == id || reply.ID == "" || reply.Answers.One("mail") != "" {
		t.Errorf("Answer = %+v, want another id than %s and nothing of the old answers", reply, id)
	}
	if progress, err := b.Progress(t.Context(), reply.ID); err != nil || progress.Draft.ID != reply.ID {
		t.Errorf("the new draft is %+v, %v", progress, err)
	}
}

func TestTickKeepsKnownConsentsOfADraft(t *testing.T) {
	for name, newBench := range benches {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			sent := b.sent(t)
			if err := b.Tick(t.Context(), sent, []string{"keep"}, i18n.English); !errors.Is(err, ErrSent) {
				t.Errorf("Tick of what was sent: %v, want ErrSent", err)
			}
			for _, id := range []string{"", "x", sent} {
				if err := b.Tick(t.Context(), id, []string{"keep"}, i18n.English); id != sent && err != nil {
					t.Errorf("Tick of %q: %v", id, err)
				}
				if d, err := b.Drafts.Load(t.Context(), id); !errors.Is(err, draft.ErrNotFound) {
					t.Errorf("Tick of %q has begun %+v, %v", id, d, err)
				}
			}
			id := b.finished(t)
			if err := b.Tick(t.Context(), id, []string{"made up", "news"}, i18n.English); err != nil {
				t.Fatal(err)
			}
			progress, err := b.Progress(t.Context(), id)
			if got := progress.Ticked(); err != nil || len(got) != 1 || got[0] != "news" {
				t.Errorf("ticked are %q, %v, want news alone", got, err)
			}
			if progress.Next != nil {
				t.Errorf("after a tick %s is to be done next", progress.Next.Key)
			}
		})
	}
}
