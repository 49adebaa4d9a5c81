package access

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"joinery/app/i18n"
	"joinery/app/mail"
)

func TestOneReminderIsQueued(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.begin(t, "d1", "h1")
	b.begin(t, "d2", "h2")
	var all sync.WaitGroup
	var did atomic.Int32
	for range 20 {
		all.Go(func() {
			done, err := b.SendReminder(t.Context(), aWay(ByLink, "d1"), aLetter("d1", asBegun("d1").ContactEmail), new(mail.Limits), noon)
			if err != nil {
				t.Errorf("Remind: %v", err)
			}
			if done {
				did.Add(1)
			}
		})
	}
	all.Wait()
	if n := did.Load(); n != 1 {
		t.Errorf("%d calls did it, want 1", n)
	}
	b.wantCount(t, "mails", 1)
	b.wantCount(t, "grants", 1)
	want := asBegun("d1")
	want.Reminded = true
	b.wantEntry(t, want)
	b.wantEntry(t, asBegun("d2"))
}

func TestWhoIsNotReminded(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.begin(t, "d1", "h1")
	b.begin(t, "sent", "h2")
	fine(t, b.MarkSubmitted(t.Context(), "sent", later))
	for name, to := range map[string][2]string{
		"a draft that never was":            {"d0", asBegun("d0").ContactEmail},
		"a draft that was sent":             {"sent", asBegun("sent").ContactEmail},
		"who asked for mail elsewhere":      {"d1", "old@example.ca"},
		"whose address was merely answered": {"d1", asBegun("d1").AnsweredEmail},
	} {
		if done, err := b.SendReminder(t.Context(), aWay(ByLink, to[0]), aLetter(to[0], to[1]), new(mail.Limits), noon); err != nil || done {
			t.Errorf("%s: Remind = %v, %v, want false", name, done, err)
		}
	}
	b.wantCount(t, "mails", 0)
	b.wantCount(t, "grants", 0)
	b.wantEntry(t, asBegun("d1"))
}

// TestRemindDoesAllOrNothing has the letter refused, which is the last step.
func TestRemindDoesAllOrNothing(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.begin(t, "d1", "h1")
	letter := aLetter("d1", asBegun("d1").ContactEmail)
	if queued, err := b.SendGrants(t.Context(), nil, letter, new(mail.Limits)); err != nil || !queued {
		t.Fatalf("Mail = %v, %v", queued, err)
	}
	if done, err := b.SendReminder(t.Context(), aWay(ByLink, "d1"), letter, new(mail.Limits), noon); err == nil || done {
		t.Errorf("Remind = %v, %v, want an error", done, err)
	}
	b.wantEntry(t, asBegun("d1"))
	b.wantCount(t, "grants", 0)
}

func TestCloseKeepsWhoHoldsAndItsLinks(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.begin(t, "d1", "h1", "h2")
	b.begin(t, "d2", "h3")
	link, code, theirs := b.open(t, ByLink, "d1"), b.open(t, ByHandoff, "d1"), b.open(t, ByLink, "d2")
	for _, about := range []string{"d1", "d2"} {
		if queued, err := b.SendGrants(t.Context(), nil, aLetter(about, "zoe@example.ca"), new(mail.Limits)); err != nil || !queued {
			t.Fatalf("Mail = %v, %v", queued, err)
		}
	}
	for range 2 {
		fine(t, b.MarkSubmitted(t.Context(), "d1", noon))
	}
	fine(t, b.MarkSubmitted(t.Context(), "never was", noon))
	b.wantEntry(t, DraftInfo{Draft: "d1", Lang: i18n.French, ExpiresAt: noon})
	b.wantHeld(t, "h1", "d1")
	b.wantHeld(t, "h2", "d1")
	link.Recipient = ""
	b.wantWay(t, link, true)
	b.wantWay(t, code, false)
	b.wantCount(t, "mails WHERE state = 'waiting'", 1)
	b.wantEntry(t, asBegun("d2"))
	b.wantWay(t, theirs, true)
}

// TestForgetLeavesNoTrace has enough beside the draft that the file has many
// pages.
func TestForgetLeavesNoTrace(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	traces := []string{"gone"}
	for i := range 30 {
		other, holder := fmt.Sprint("draft", i), "holder-of-gone-"+fmt.Sprint(i)
		b.begin(t, other, "holder-of-"+other)
		b.begin(t, "gone", holder) // more of them than are kept
		for _, draft := range []string{other, "gone"} {
			w, letter := aWay(ByLink, draft), aLetter(draft, "zoe@example.ca")
			w.Digest, letter.Text = "way-to-"+w.Draft+"-"+w.Digest, "SECRET about "+draft
			if queued, err := b.SendGrants(t.Context(), []Grant{w}, letter, new(mail.Limits)); err != nil || !queued {
				t.Fatalf("Mail = %v, %v", queued, err)
			}
		}
		b.open(t, ByHandoff, "gone")
	}
	code := b.open(t, ByHandoff, "gone")
	if ok, err := b.Redeem(t.Context(), code.Digest, "press-on-gone", "admitted-to-gone", noon); err != nil || !ok {
		t.Fatalf("Admit = %v, %v", ok, err)
	}
	traces = append(traces, code.Digest)
	for range 2 {
		fine(t, b.Forget(t.Context(), "gone"))
	}
	b.wantCount(t, "draft_access", 30)
	b.wantCount(t, "sessions", 30)
	b.wantCount(t, "grants", 30)
	b.wantCount(t, "mails WHERE state = 'waiting'", 30)
	if _, err := b.ByDraft(t.Context(), "gone"); !errors.Is(err, ErrNotFound) {
		t.Errorf("the draft is still there: %v", err)
	}
	b.wantNoTrace(t, traces...)
}

// wantNoTrace wants none of the words to stand in the files. It is the last
// thing that a test does: reading an SQLite file takes away the locks that
// this process has on it.
func (b *bench) wantNoTrace(t *testing.T, words ...string) {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(b.dir, "*"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no files in %s (%v)", b.dir, err)
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		fine(t, err)
		for _, word := range words {
			if strings.Contains(string(text), word) {
				t.Errorf("%s still holds %q", filepath.Base(name), word)
			}
		}
	}
}
