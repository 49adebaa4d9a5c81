package join

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/mail"
)

// ask asks for links and has it attended to.
func (b *bench) ask(t *testing.T, address string) {
	t.Helper()
	b.RequestResumeLink(address, i18n.French, "")
	b.ProcessRequests(t.Context())
}

// at begins a draft with an address in it.
func (b *bench) at(t *testing.T, address string) *browser {
	t.Helper()
	w := &browser{bench: b}
	w.open(t, "one").must(t, Leave, form.Answers{"mail": {address}})
	return w
}

func TestWhoAsksIsSentALink(t *testing.T) {
	tests := []struct{ name, asked, to string }{
		{"to the address in the draft", "Zoe@hospital.example", "Zoe@hospital.example"},
		{"also if it is written in another case", "zoe@hospital.example", "Zoe@hospital.example"},
		{"to where mail was asked to", "Boxes@mail.example", "Boxes@mail.example"},
		{"also if that is written in another case", "BOXES@mail.example", "Boxes@mail.example"},
		{"but not to whom no draft belongs", "ann@hospital.example", ""},
		{"but not to a part of an address", "oe@hospital.example", ""},
	}
	overStores(t, func(t *testing.T, b *bench) {
		w := b.at(t, "Zoe@HOSPITAL.example")
		w.mailed(t, "Boxes@mail.example")
		for _, tt := range tests {
			t.Run(tt.name, func(t *testing.T) {
				before := b.letters(t, mail.Resume)
				b.ask(t, tt.asked)
				after := b.letters(t, mail.Resume)
				after = after[:len(after)-len(before)]
				if tt.to == "" {
					if len(after) > 0 {
						t.Errorf("there is a letter to %s, want none", after[0].To)
					}
					return
				}
				if len(after) != 1 || after[0].To != tt.to || after[0].Lang != i18n.French {
					t.Fatalf("there are %d letters, the newest to %s in %s, want one to %s in French",
						len(after), b.letter(t, mail.Resume).To, b.letter(t, mail.Resume).Lang, tt.to)
				}
				wantSame(t, b.enter(t, b.way(t, tokens(after[0], "/resume/")[0]), "press"), w)
			})
		}
	})
}

// TestAnAnswerIsNoMailbox has somebody answer in a draft of their own with the
// address of another, and ask to have mail about it elsewhere.
func TestAnAnswerIsNoMailbox(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	victim := b.at(t, "victim@example.ca")
	b.pass(time.Minute)
	b.at(t, "victim@example.ca").mailed(t, "thief@example.ca")
	b.ask(t, "victim@example.ca")
	l := b.letter(t, mail.Resume)
	if l.To != "victim@example.ca" {
		t.Fatalf("who asked for links to the drafts of victim@example.ca, %s reads them", l.To)
	}
	names := []string{}
	for _, token := range tokens(l, "/resume/") {
		names = append(names, b.way(t, token).Progress.ShortID())
	}
	if !slices.Contains(names, victim.progress(t).ShortID()) {
		t.Error("the letter does not lead to the draft")
	}
}

func TestOneLetterLeadsToTheNewestThreeDrafts(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		var begun []*browser
		for range 5 {
			begun = append(begun, b.at(t, "zoe@example.ca"))
			b.pass(time.Minute)
		}
		b.ask(t, "zoe@example.ca")
		b.wantCount(t, "mails", 1)
		found := tokens(b.letter(t, mail.Resume), "/resume/")
		if len(found) != maxDraftsListed {
			t.Fatalf("the letter has %d links, want %d", len(found), maxDraftsListed)
		}
		for i, token := range found {
			wantSame(t, b.enter(t, b.way(t, token), "press"), begun[len(begun)-1-i])
		}
	})
}

func TestNobodyIsSentALinkToWhatIsNoDraftAnyMore(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		b.Limits.PerAddress = mail.Budget{}
		b.sent(t)
		deleted := b.at(t, "Zoe@hospital.example")
		fine(t, b.Delete(t.Context(), deleted.id))
		b.at(t, "Zoe@hospital.example") // will have expired
		b.pass(b.DraftTTL)
		b.ask(t, "Zoe@hospital.example")
		b.wantCount(t, "mails WHERE kind = 'resume'", 0)
		begun := b.at(t, "Zoe@hospital.example")
		b.ask(t, "Zoe@hospital.example")
		found := tokens(b.letter(t, mail.Resume), "/resume/")
		if len(found) != 1 {
			t.Fatalf("the letter has the links %q, want one", found)
		}
		wantSame(t, b.enter(t, b.way(t, found[0]), "press"), begun)
	})
}

func TestAnAddressThatWasChangedNoLongerLeadsToTheDraft(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	w := b.at(t, "typo@example.ca")
	w.open(t, "one").must(t, Autosave, form.Answers{"mail": {"zoe@example.ca"}})
	b.ask(t, "typo@example.ca")
	b.wantCount(t, "mails", 0)
	b.ask(t, "zoe@example.ca")
	b.wantCount(t, "mails", 1)
}

func TestAskingBeyondTheBudgetSendsNothing(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	b.at(t, "zoe@example.ca")
	for range 2 * b.Limits.PerAddress.Max {
		b.ask(t, "zoe@example.ca")
	}
	b.wantCount(t, "mails", b.Limits.PerAddress.Max)
	b.wantCount(t, "grants", b.Limits.PerAddress.Max)
}

// TestAskingNeverWaits has nobody attend to it.
func TestAskingNeverWaits(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	b.at(t, "zoe0@example.ca")
	for i := range 3 * maxRequests {
		b.RequestResumeLink(fmt.Sprint("zoe", i, "@example.ca"), i18n.English, "")
	}
	b.wantCount(t, "mails", 0)
	b.ProcessRequests(t.Context())
	b.wantCount(t, "mails", 1)
	b.ask(t, "zoe0@example.ca")
	b.wantCount(t, "mails", 2)
}

// TestWhoAsksForLinksKeepsNoOtherLetterAway is about strangers.
func TestWhoAsksForLinksKeepsNoOtherLetterAway(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	id := b.finished(t)
	for range b.Limits.PerAddress.Max + 1 {
		b.ask(t, "Zoe@hospital.example")
	}
	b.wantCount(t, "mails WHERE kind = 'resume'", b.Limits.PerAddress.Max)
	b.send(t, id)
	b.wantCount(t, "mails WHERE kind = 'confirm'", 1)
}

// TestTheDraftsSavedLastAreNamed and not those begun last.
func TestTheDraftsSavedLastAreNamed(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	w := &browser{bench: b, id: b.finished(t)}
	for range 3 * maxDraftsListed {
		b.pass(time.Hour)
		b.finished(t)
	}
	b.pass(time.Hour)
	w.open(t, "two").must(t, Autosave, nil)
	b.ask(t, "Zoe@hospital.example")
	for _, token := range tokens(b.letter(t, mail.Resume), "/resume/") {
		if b.way(t, token).Progress.Draft.Key == w.progress(t).Draft.Key {
			return
		}
	}
	t.Error("the draft that was saved last is not among those of the letter")
}
