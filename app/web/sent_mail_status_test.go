package web

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"joinery/app/i18n"
	"joinery/app/mail"
)

// A mailServer gives every letter the same answer.
type mailServer struct{ answer error }

func (s mailServer) Send(context.Context, mail.Letter) error { return s.answer }

// deliver offers all letters that are due to a mail server with the given answer.
func (s *site) deliver(t *testing.T, answers error) {
	t.Helper()
	usual := s.queue.Sender
	defer func() { s.queue.Sender = usual }()
	s.queue.Sender = mailServer{answers}
	for tried := true; tried; {
		var err error
		if tried, err = s.queue.Deliver(context.WithoutCancel(t.Context())); err != nil {
			t.Fatal(err)
		}
	}
}

// TestTheWaitingPageShowsTheMailStatus lets the mail server accept, defer and refuse
// the letter.
func TestTheWaitingPageShowsTheMailStatus(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		does func(t *testing.T, s *site)
		key  string
	}{
		{"not tried yet", func(*testing.T, *site) {}, "sent.mail.queued"},
		{"taken", func(t *testing.T, s *site) { s.deliver(t, nil) }, "sent.mail.accepted"},
		{"put off", func(t *testing.T, s *site) { s.deliver(t, &mail.Failure{Step: "recipient", Code: 451}) }, "sent.mail.deferred"},
		{"put off for a full inbox", func(t *testing.T, s *site) {
			s.deliver(t, &mail.Failure{Step: "recipient", Code: 552, Cause: mail.Full})
		}, "sent.mail.deferred.full"},
		{"refused because of us", func(t *testing.T, s *site) {
			s.deliver(t, &mail.Failure{Step: "recipient", Code: 554, Status: "5.7.1", Cause: mail.Ours})
		}, "sent.mail.deferred.ours"},
		{"without an answer", func(t *testing.T, s *site) {
			s.deliver(t, &mail.Failure{Step: "content", Cause: mail.Unanswered})
		}, "sent.mail.deferred.unanswered"},
		{"out of reach", func(t *testing.T, s *site) { s.deliver(t, &mail.Failure{Step: "connecting"}) }, "sent.mail.deferred"},
		{"refused", func(t *testing.T, s *site) {
			s.deliver(t, &mail.Failure{Step: "recipient", Code: 550, Cause: mail.Address})
		}, "sent.refused.where"},
	}
	for _, tt := range tests {
		for _, l := range i18n.Languages {
			t.Run(tt.name+" "+string(l), func(t *testing.T) {
				t.Parallel()
				s := newSite(t, settings{})
				v := s.visitor(t)
				v.send(l, answerFirst)
				tt.does(t, s)
				want := i18n.T(l, tt.key)
				if strings.Contains(want, "%s") {
					a, err := s.application(t.Context(), v.cookie())
					post, err2 := s.confirm.Confirmation(t.Context(), a)
					if err != nil || err2 != nil {
						t.Fatal(err, err2)
					}
					want = i18n.T(l, tt.key, i18n.When(l, post.At.In(time.Local), s.now()))
				}
				v.open("/" + string(l) + sentPath)
				refused, at := tt.key == "sent.refused.where", v.page.byID("delivery")
				if refused {
					at = elements(v.page.root, hasClass("lead"))[0]
				}
				if got := text(at); !strings.HasPrefix(got, want) || attribute(at, "role") != "status" {
					t.Errorf("the page says %q, want %q", got, want)
				}
				v.wantMailOutcome(l, refused)
			})
		}
	}
}

// wantMailOutcome wants the page to offer the code and to announce a letter or, if the
// letter was refused, to lead to the field for the address.
func (v *visitor) wantMailOutcome(l i18n.Lang, refused bool) {
	v.t.Helper()
	words := v.page.text()
	announced := strings.Contains(words, i18n.T(l, "sent.waiting.where")) || strings.Contains(words, i18n.T(l, "sent.accepted.where"))
	comes := announced && strings.Contains(words, i18n.T(l, "sent.waiting.next")) && v.page.byID("code") != nil
	failed := strings.Contains(words, i18n.T(l, "sent.refused.where")) && strings.Contains(words, i18n.T(l, "proof.refused"))
	if comes == refused || failed != refused {
		v.t.Errorf("with the message refused: %t, the page says %s", refused, words)
	}
	leads := v.page.link(i18n.T(l, "sent.wrong.link")) == "#address"
	if refused && (!leads || refreshes(v.page)) {
		v.t.Errorf("the page does not lead to the field, or reloads during typing: %s", v.page.body)
	}
}

// setClock sets the clock to a minute and a second of the hour in which tests begin.
func (s *site) setClock(minute, second int) {
	s.pass(timeAt(minute, second).Sub(s.now()))
}

func timeAt(minute, second int) time.Time {
	return time.Date(2026, time.November, 22, 15, minute, second, 0, time.UTC)
}

// wantResendTime wants the page to say when another letter is allowed, without a
// button for one.
func (v *visitor) wantResendTime(l i18n.Lang, at time.Time) {
	v.t.Helper()
	v.open("/" + string(l) + sentPath)
	want := i18n.T(l, "sent.soon", i18n.When(l, at.In(time.Local), v.site.now()))
	if got := text(v.page.byID("live")); !strings.Contains(got, want) || v.page.byID("again") != nil {
		v.t.Errorf("at %v the page says %q, want %q and no button", v.site.now(), got, want)
	}
}

// TestResendIsOfferedWhenAllowed wants the page to name a whole minute, and the button
// at that minute.
func TestResendIsOfferedWhenAllowed(t *testing.T) {
	t.Parallel()
	for drafts, open := range storeOpeners {
		for _, l := range i18n.Languages {
			t.Run(drafts+" "+string(l), func(t *testing.T) {
				t.Parallel()
				s := newSite(t, settings{drafts: open})
				s.limits.PerAddress = mail.Budget{}
				v := s.visitor(t)
				v.send(l, answerFirst)
				s.link(t, 1)
				s.setClock(6, 0)
				for i, tt := range []struct{ at, next int }{{6, 11}, {11, 21}, {21, 41}} { // and some seconds
					v.open("/" + string(l) + sentPath)
					f := v.form(i18n.T(l, "sent.again"))
					s.setClock(tt.at, 10)
					v.press(f, i18n.T(l, "sent.again"))
					v.wantNote(l, "note.again")
					v.wantResendTime(l, timeAt(tt.next+1, 0))
					v.press(f, "") // on the unchanged page
					if len(v.page.notes()) > 0 || len(s.letters(t)) != i+2 {
						t.Errorf("too soon there are %d letters, and the page says %q", len(s.letters(t)), v.page.notes())
					}
					s.setClock(tt.next, 11)
					v.wantResendTime(l, timeAt(tt.next+1, 0))
					s.setClock(tt.next, 12)
				}
			})
		}
	}
}

// TestResendOnTheMinuteIsPromisedForThatMinute wants that minute, not the next.
func TestResendOnTheMinuteIsPromisedForThatMinute(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	v := s.visitor(t)
	v.apply(i18n.English, answerFirst)
	f := v.form("")
	f.fill(answerFirst)
	s.setClock(9, 58)
	v.press(f, "")
	v.wantResendTime(i18n.English, timeAt(11, 0))
	s.setClock(11, 0)
	v.open("/en/apply/sent")
	v.form(i18n.T(i18n.English, "sent.again"))
}

// TestSimultaneousResendsWriteOneLetter asks for a letter in 20 tabs.
func TestSimultaneousResendsWriteOneLetter(t *testing.T) {
	t.Parallel()
	for drafts, open := range storeOpeners {
		t.Run(drafts, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, settings{drafts: open})
			v := s.visitor(t)
			v.send(i18n.French, answerFirst)
			s.link(t, 1)
			s.pass(time.Minute)
			var wait sync.WaitGroup
			for range 20 {
				wait.Go(func() {
					p := v.request(http.MethodPost, "/fr/apply/sent/again", nil)
					if to := p.header.Get("Location"); p.status != http.StatusSeeOther || !strings.HasPrefix(to, "/fr/apply/sent") {
						t.Errorf("%d to %q, want 303 to the page", p.status, to)
					}
				})
			}
			wait.Wait()
			if letters := s.letters(t); len(letters) != 2 {
				t.Errorf("there are %d letters, want the first and one more", len(letters))
			}
		})
	}
}
