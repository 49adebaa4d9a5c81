package web

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"joinery/app/i18n"
	"joinery/app/mail"
)

// offersFreshLink reports whether the page has the button for a fresh link.
func (v *visitor) offersFreshLink(l i18n.Lang) bool {
	v.t.Helper()
	for _, f := range v.page.forms() {
		if f.button(i18n.T(l, "link.renew")) != nil {
			return true
		}
	}
	return false
}

// TestAnOldLinkSaysWhenAFreshOneIsAllowed also wants the page to name the mailbox.
// While the link of the newest letter works, no fresh link is allowed.
func TestAnOldLinkSaysWhenAFreshOneIsAllowed(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		owner, reader := s.visitor(t), s.visitor(t)
		owner.send(l, answerFirst)
		old := s.link(t, 1)
		s.setClock(5, 30)
		if err := s.resendConfirmation(t.Context(), owner.cookie(), ""); err != nil {
			t.Fatal(err)
		}
		s.link(t, 2)
		ends := s.now().Add(linkTTL)
		for _, pass := range []time.Duration{0, 10 * time.Minute, linkTTL - 10*time.Minute - time.Second} {
			s.pass(pass)
			reader.open(old)
			reader.wantNextAllowed(l, "link.renew.newer", wholeMinute(ends))
		}
		reader.want(http.StatusOK, i18n.T(l, "link.late.title"))
		s.pass(time.Second)
		reader.open(old)
		if !reader.offersFreshLink(l) || !strings.Contains(reader.page.text(), "Zo•••ne@hospital.example") || strings.Contains(reader.page.text(), canonicalEmail) {
			t.Errorf("there is no button, or no mailbox: %s", reader.page.text())
		}
		f := reader.form(i18n.T(l, "link.renew"))
		reader.press(f, "")
		reader.wantNote(l, "note.again")
		s.link(t, 3)
		ends = s.now().Add(linkTTL)
		reader.press(f, "") // too soon
		if reader.wantNextAllowed(l, "link.renew.newer", wholeMinute(ends)); len(reader.page.notes()) > 0 || len(s.letters(t)) != 3 {
			t.Errorf("there are %d letters, and the page says %q", len(s.letters(t)), reader.page.notes())
		}
	}
}

// TestASpentLinkWaitsBeforeAFreshOne wants some time between two letters.
func TestASpentLinkWaitsBeforeAFreshOne(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		s.setClock(5, 30)
		_, reader := s.suspectedLink(t, l)
		made := s.now()
		reader.enterLinkCode("", slices.Repeat([]string{"AAAAAA"}, 5)...)
		reader.want(http.StatusOK, i18n.T(l, "link.spent.title"))
		reader.wantNextAllowed(l, "link.renew.wait", wholeMinute(made.Add(time.Minute)))
		s.pass(time.Minute)
		reader.open(reader.page.url.RequestURI())
		if !reader.offersFreshLink(l) {
			t.Errorf("there is no button: %s", reader.page.text())
		}
	}
}

// wantNextAllowed wants the page to say when a fresh link is allowed, without a button
// for one.
func (v *visitor) wantNextAllowed(l i18n.Lang, key string, until time.Time) {
	v.t.Helper()
	words := v.page.text()
	if v.offersFreshLink(l) || !strings.Contains(words, "Zo•••ne@hospital.example") || strings.Contains(words, canonicalEmail) {
		v.t.Errorf("the page offers what it cannot do, or shows an address, or none: %s", words)
	}
	if want := i18n.T(l, key, i18n.When(l, until.In(time.Local), v.site.now())); !strings.Contains(words, want) {
		v.t.Errorf("the page says %s\nwant it to say %s", words, want)
	}
}

func TestATooQuickPressForAFreshLinkSendsNothing(t *testing.T) {
	t.Parallel()
	l := i18n.French
	s := newSite(t, settings{})
	link, reader := s.openMailedLink(t, l)
	s.pass(linkTTL)
	reader.open(link)
	f := reader.form(i18n.T(l, "link.renew"))
	reader.post(f.action, f.values(nil))
	reader.want(http.StatusOK, i18n.T(l, "link.late.title"))
	reader.wantNote(l, "note.once_more")
	if letters := s.letters(t); len(letters) != 1 {
		t.Errorf("there are %d letters, want 1", len(letters))
	}
	reader.pressButton(i18n.T(l, "link.renew"))
	reader.wantNote(l, "note.again")
	if letters := s.letters(t); len(letters) != 2 || letters[0].To != canonicalEmail {
		t.Errorf("there are %d letters, the last to %s", len(letters), letters[0].To)
	}
}

// TestAnOldLinkSaysTheSameBeyondTheBudget holds because other applicants may have used
// up the budget.
func TestAnOldLinkSaysTheSameBeyondTheBudget(t *testing.T) {
	t.Parallel()
	l := i18n.English
	said := make(map[string]bool)
	for _, max := range []int{1, 3} {
		s := newSite(t, settings{})
		link, reader := s.openMailedLink(t, l)
		s.pass(linkTTL)
		s.limits.PerNetwork = mail.Budget{Max: max, Per: 2 * linkTTL}
		reader.open(link)
		reader.pressButton(i18n.T(l, "link.renew"))
		reader.wantNote(l, "note.again")
		words := strings.ReplaceAll(reader.page.text(), link, "")
		if said[words] = true; len(said) > 1 {
			t.Errorf("beyond the budget the page is another: %v", said)
		}
		if letters := s.letters(t); len(letters) != min(max, 2) {
			t.Errorf("there are %d letters, want %d", len(letters), min(max, 2))
		}
	}
}

// TestAnOldLinkDeletesByTheCode holds for a late and a superseded link: without the
// code, a scanner could delete, because the page has no Accept button that it would
// press as well.
func TestAnOldLinkDeletesByTheCode(t *testing.T) {
	t.Parallel()
	for i, standing := range []string{"late", "superseded"} {
		l := i18n.Languages[i%len(i18n.Languages)]
		s := newSite(t, settings{})
		owner := s.visitor(t)
		owner.send(l, answerFirst)
		link, reader := s.link(t, 1), s.visitor(t)
		reader.open(link + "/not-mine")
		sure := reader.form(i18n.T(l, "not_mine.delete"))
		if s.pass(linkTTL); standing == "superseded" {
			s.pass(time.Hour - linkTTL)
			if err := s.resendConfirmation(t.Context(), owner.cookie(), ""); err != nil {
				t.Fatal(err)
			}
			s.link(t, 2)
		}
		reader.open(link)
		reader.want(http.StatusOK, i18n.T(l, "link."+standing+".title"))
		reader.open(reader.page.link(i18n.T(l, "link.not_mine")))
		reader.enterLinkCode(i18n.T(l, "not_mine.delete"), "")
		reader.wantLinkCodeError(l, "not_mine.title", "", i18n.T(l, "proof.empty"))
		reader.press(sure, "") // on a page that was opened before
		reader.want(http.StatusOK, i18n.T(l, "not_mine.title"))
		s.wantStillWaiting(t)
		reader.enterLinkCode(i18n.T(l, "not_mine.delete"), s.newestCode(t, l))
		reader.want(http.StatusGone, i18n.T(l, "link.withdrawn.title"))
	}
}

// TestAnOldLinkSaysThatTooManyCodesWereTyped wants that message on the page on which
// they were typed.
func TestAnOldLinkSaysThatTooManyCodesWereTyped(t *testing.T) {
	t.Parallel()
	l := i18n.French
	s := newSite(t, settings{})
	link, reader := s.openMailedLink(t, l)
	s.pass(linkTTL)
	right := s.newestCode(t, l)
	reader.open(link + "/not-mine")
	reader.enterLinkCode("", "AAAAAA", "AAAAAA", "AAAAAA", "AAAAAA", "AAAAAA", right)
	reader.wantLinkCodeError(l, "not_mine.title", right, i18n.T(l, "link.spent.title"))
	s.wantStillWaiting(t)
}

// TestEveryEndedLinkNamesTheContact wants the contact on the page of every link
// without an action.
func TestEveryEndedLinkNamesTheContact(t *testing.T) {
	t.Parallel()
	l := i18n.English
	s := newSite(t, settings{})
	link, reader := s.suspectedLink(t, l)
	told := func(standing string) {
		t.Helper()
		reader.open(link)
		if words := reader.page.text(); reader.page.h1() != i18n.T(l, "link."+standing+".title") || !strings.Contains(words, i18n.T(l, "link.help", "help@hub.example")) {
			t.Errorf("a link that is %s says %s", standing, words)
		}
	}
	told("doubted")
	reader.enterLinkCode("", slices.Repeat([]string{"AAAAAA"}, 5)...)
	told("spent")
	s.pass(linkTTL)
	told("late")
	s.pass(waitingTTL)
	told("gone")
	if reader.page.link(i18n.T(l, "landing.start")) != "/en/apply" {
		t.Errorf("the page does not lead on: %s", reader.page.text())
	}
}

// TestAReplacedLinkTellsNothing wants no trace of the address that replaced the one of
// the link.
func TestAReplacedLinkTellsNothing(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		owner := s.visitor(t)
		owner.send(l, answerFirst)
		link, reader := s.link(t, 1), s.visitor(t)
		if err := s.changeEmail(t.Context(), owner.cookie(), "right@elsewhere.example", ""); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			reader.open(link)
			reader.want(http.StatusGone, i18n.T(l, "link.replaced.title"))
			if words := reader.page.text(); strings.Contains(words, "elsewhere") || strings.Contains(words, "•••") || strings.Contains(words, "ight@") {
				t.Errorf("the page tells where the messages go now: %s", words)
			}
			reader.open(link + "/not-mine")
			reader.want(http.StatusGone, i18n.T(l, "link.replaced.title"))
		}
	}
}
