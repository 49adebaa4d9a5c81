package web

import (
	"net/http"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"joinery/app/i18n"
	"joinery/app/member"
)

// pageTurns are the changes of an application while its page is open.
var pageTurns = []struct {
	name string
	does func(t *testing.T, s *site, v *visitor)
	want string
}{
	{"confirmed", func(t *testing.T, s *site, v *visitor) { v.open(s.link(t, 1)) }, "sent.confirmed.title"},
	{"confirmed elsewhere", func(t *testing.T, s *site, _ *visitor) {
		reader := s.visitor(t)
		reader.open(s.link(t, 1))
		reader.pressButton(i18n.T(i18n.French, "link.confirm"))
		s.applyChoices(t)
	}, "sent.confirmed.title"},
	{"withdrawn", func(t *testing.T, s *site, _ *visitor) {
		reader := s.visitor(t)
		reader.open(s.link(t, 1))
		reader.pressButton(i18n.T(i18n.French, "link.not_mine"))
		reader.pressButton(i18n.T(i18n.French, "not_mine.delete"))
		s.applyChoices(t)
	}, "sent.withdrawn.title"},
	{"expired", func(_ *testing.T, s *site, _ *visitor) { s.pass(waitingTTL) }, "sent.expired.title"},
	{"with another address", func(_ *testing.T, _ *site, v *visitor) { v.changeEmail(i18n.French, "right@hospital.example") }, "sent.waiting.title"},
}

// TestThePageFollowsTheApplication holds with htmx, and for a look without JavaScript.
func TestThePageFollowsTheApplication(t *testing.T) {
	t.Parallel()
	for drafts, open := range storeOpeners {
		for _, tt := range pageTurns {
			t.Run(drafts+" "+tt.name, func(t *testing.T) {
				t.Parallel()
				l := i18n.French
				s := newSite(t, settings{drafts: open})
				v := s.visitor(t)
				v.send(l, answerFirst)
				address, _ := pollOf(v.page)
				tt.does(t, s, v)
				before := s.dump(t)
				part := v.htmx(http.MethodGet, address, nil, "HX-Target", "div#live")
				for header, want := range map[string]string{"HX-Retarget": "#page", "HX-Reswap": "innerHTML", "HX-Push-Url": "false"} {
					if got := part.header.Get(header); got != want {
						t.Errorf("%s is %q, want %q", header, got, want)
					}
				}
				wantFragment(t, part)
				if !strings.Contains(part.h1(), i18n.T(l, tt.want)) || !hasAttribute(elements(part.root, isTag("h1"))[0], "autofocus") || len(part.notes()) > 0 || part.link(i18n.T(l.Other(), "lang.name")) != "/en/apply/sent" {
					t.Errorf("the page turns to\n%s", part.body)
				}
				v.carry("/fr/apply/sent", "again")
				v.open("/fr/apply/sent")
				if tt.want != "sent.waiting.title" {
					v.want(http.StatusOK, i18n.T(l, tt.want))
					if len(v.page.notes()) > 0 || refreshes(v.page) || v.page.byID("live") != nil {
						t.Errorf("the page speaks of what is over: %s", v.page.body)
					}
				}
				if after := s.dump(t); after != before {
					t.Errorf("looking has left\n%s", after)
				}
			})
		}
	}
}

func TestAPollWithoutAnApplicationLeadsToTheForm(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	v := s.visitor(t)
	v.send(i18n.English, answerFirst)
	address, _ := pollOf(v.page)
	v.pressButton(i18n.T(i18n.English, "sent.correct")) // in another tab
	for _, by := range []*visitor{v, s.visitor(t)} {
		part := by.htmx(http.MethodGet, address, nil)
		if part.status != http.StatusNoContent || part.header.Get("HX-Redirect") != "/en/apply" {
			t.Errorf("%d, HX-Redirect %q, want to be led to the application", part.status, part.header.Get("HX-Redirect"))
		}
	}
}

// refreshes reports whether a browser without JavaScript reloads the page.
func refreshes(p *htmlPage) bool {
	return len(elements(p.root, func(e *html.Node) bool {
		return attribute(e, "http-equiv") == "refresh" && e.Parent.Data == "noscript" && e.Parent.Parent.Data == "head"
	})) > 0
}

// TestNothingTakesAwayWhatIsTyped wants a page that never reloads by itself, so its fields
// are there at once, and a link that shows the present state.
func TestNothingTakesAwayWhatIsTyped(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		v := newSite(t, settings{}).visitor(t)
		v.send(l, answerFirst)
		if refreshes(v.page) || v.page.byID("code") == nil || v.page.byID("address") == nil {
			t.Errorf("the page reloads, or has no fields: %s", v.page.body)
		}
		if got, want := v.page.link(i18n.T(l, "sent.look")), "/"+string(l)+sentPath; got != want {
			t.Errorf("who has confirmed is led to %q, want %q", got, want)
		}
	}
}

func TestNotesOfTheWaitingPageHaveTheFocus(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		v := newSite(t, settings{}).visitor(t)
		v.send(l, answerFirst)
		page := "/" + string(l) + sentPath
		for _, note := range []string{"again", "readdressed", "same"} {
			v.carry(page, note)
			v.open(page)
			focused := elements(v.page.root, func(e *html.Node) bool { return hasAttribute(e, "autofocus") })
			if len(focused) != 1 || text(focused[0]) != i18n.T(l, "note."+note) {
				t.Errorf("after %q the focus is on %d elements, want the note alone", note, len(focused))
			}
		}
	}
}

// TestPollsWriteNothing opens every address of the page.
func TestPollsWriteNothing(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	v := s.visitor(t)
	v.send(i18n.English, answerFirst)
	s.letters(t)
	before := s.dump(t)
	for _, query := range []string{"", "/code", "/address", "/again", "/live"} {
		for _, method := range []string{http.MethodGet, http.MethodHead} {
			v.follow(method, "/en/apply/sent"+query, nil)
		}
	}
	if after := s.dump(t); after != before {
		t.Errorf("looking has left\n%s", after)
	}
}

func TestEveryEndedApplicationSaysWhatIsNext(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		for state, next := range map[member.State]string{member.Confirmed: "", member.Withdrawn: "/apply", member.Expired: "/apply"} {
			s := newSite(t, settings{})
			v := s.visitor(t)
			v.send(l, answerFirst)
			a, err := s.application(t.Context(), v.cookie())
			if err != nil {
				t.Fatal(err)
			}
			switch state {
			case member.Confirmed:
				v.open(s.link(t, 1))
			case member.Withdrawn:
				err = s.memberStore.Withdraw(t.Context(), a.ID, s.now())
			case member.Expired:
				s.pass(waitingTTL)
			}
			if err != nil {
				t.Fatal(err)
			}
			v.open("/" + string(l) + sentPath)
			v.want(http.StatusOK, i18n.T(l, "sent."+string(state)+".title"))
			words := v.page.text()
			if !strings.Contains(words, i18n.T(l, "sent."+string(state)+".text")) || strings.Count(words, "help@hub.example") != 2 {
				t.Errorf("%s: the page says %s", state, words)
			}
			if got := v.page.link("primary"); got != next && got != "/"+string(l)+next {
				t.Errorf("%s leads to %q, want %q", state, got, next)
			}
		}
	}
}
