package confirm_test

import (
	"crypto/rand"
	"fmt"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"joinery/app/confirm"
	"joinery/app/journeytest"
	"joinery/app/mail"
	"joinery/app/member"
)

// A sentLetter is a letter that asks for confirmation, and the browser that applied.
type sentLetter struct {
	*journeytest.Journey
	session     string
	token, code string
}

// statuses bring the link of a letter to each status.
var statuses = map[confirm.LinkStatus]func(*testing.T, *sentLetter){
	confirm.Open:             func(*testing.T, *sentLetter) {},
	confirm.Held:             func(t *testing.T, l *sentLetter) { l.WantCodeResult(t, l.session, l.code, "held 0") },
	confirm.Confirming:       func(t *testing.T, l *sentLetter) { l.Choose(t, l.token, member.Accept) },
	confirm.Ending:           func(t *testing.T, l *sentLetter) { l.Choose(t, l.token, member.ConfirmDecline) },
	confirm.ScannerSuspected: func(t *testing.T, l *sentLetter) { l.chooseTooFast(t, member.Accept) },
	confirm.Spent: func(t *testing.T, l *sentLetter) {
		l.chooseTooFast(t, member.Accept)
		for range confirm.MaxAttempts {
			l.TypeCode(t, l.session, "AAAAAA")
		}
	},
	confirm.Late:       func(_ *testing.T, l *sentLetter) { l.Pass(l.LinkTTL) },
	confirm.Superseded: func(t *testing.T, l *sentLetter) { l.Resend(t, l.session) },
	confirm.Used:       func(t *testing.T, l *sentLetter) { l.ConfirmNewest(t) },
	confirm.Withdrawn:  func(t *testing.T, l *sentLetter) { l.typeOnPage(t, l.code, member.ConfirmDecline) },
	confirm.Replaced: func(t *testing.T, l *sentLetter) {
		journeytest.Must(t, l.ChangeEmail(t.Context(), l.session, "right@example.ca", ""))
	},
	confirm.Gone:     func(_ *testing.T, l *sentLetter) { l.Pass(l.WaitingTTL) },
	confirm.Mistyped: func(_ *testing.T, l *sentLetter) { l.token = journeytest.MadeUpToken },
	confirm.Cut:      func(_ *testing.T, l *sentLetter) { l.token = l.token[:len(l.token)-1] },
}

// events are what can happen to a link, by the headings of the table.
var events = map[string]func(*testing.T, *sentLetter){
	"accept":       func(t *testing.T, l *sentLetter) { l.Choose(t, l.token, member.Accept) },
	"decline":      func(t *testing.T, l *sentLetter) { l.Choose(t, l.token, member.Decline) },
	"end":          func(t *testing.T, l *sentLetter) { l.Choose(t, l.token, member.ConfirmDecline) },
	"code: accept": func(t *testing.T, l *sentLetter) { l.typeOnPage(t, l.code, member.Accept) },
	"code: end":    func(t *testing.T, l *sentLetter) { l.typeOnPage(t, l.code, member.ConfirmDecline) },
	"code: answer": func(t *testing.T, l *sentLetter) {
		_, _, _, err := l.Confirm.AnswerForLink(t.Context(), l.ConfirmLink(t, l.token), l.code, confirm.SomeoneElse)
		journeytest.Must(t, err)
	},
	"applied: answer": func(t *testing.T, l *sentLetter) { l.Answer(t, l.session, confirm.SomeoneElse) },
	"applied: code":   func(t *testing.T, l *sentLetter) { l.TypeCode(t, l.session, l.code) },
	"applied: open": func(t *testing.T, l *sentLetter) {
		link := l.ConfirmLink(t, l.token)
		_, err := l.Confirm.OpenLink(t.Context(), link, http.MethodGet, l.session, l.Owns(t.Context(), l.session, link))
		journeytest.Must(t, err)
	},
	"10 s later": func(t *testing.T, l *sentLetter) {
		l.Pass(10 * time.Second)
		l.ApplyPendingChoices(t)
	},
}

// sentWith sends a letter and brings its link to a status. The mailbox has a member if
// the application is to be held.
func sentWith(t *testing.T, j *journeytest.Journey, status confirm.LinkStatus) *sentLetter {
	t.Helper()
	address := rand.Text() + "@example.ca"
	if status == confirm.Held {
		j.Join(t, address)
	}
	l := &sentLetter{Journey: j, session: j.FinishedAs(t, address)}
	j.MustSubmit(t, l.session)
	l.token, l.code = j.ConfirmToken(t), j.ConfirmCode(t)
	statuses[status](t, l)
	j.WantConfirmLink(t, l.token, status)
	return l
}

// chooseTooFast makes a choice as a program does.
func (l *sentLetter) chooseTooFast(t *testing.T, c member.Choice) {
	t.Helper()
	journeytest.Must(t, l.Confirm.RecordChoice(t.Context(), l.ConfirmLink(t, l.token), c, true))
}

// typeOnPage types a code on the page of the link.
func (l *sentLetter) typeOnPage(t *testing.T, code string, c member.Choice) {
	t.Helper()
	_, _, err := l.Confirm.VerifyCodeForLink(t.Context(), l.ConfirmLink(t, l.token), code, c)
	journeytest.Must(t, err)
}

func unlimited(s *journeytest.Setup) { s.Limits = new(mail.Limits) }

// TestTheTableOfStatesIsRight has each event happen to a link of each status, and
// wants what the package comment says.
func TestTheTableOfStatesIsRight(t *testing.T) {
	headings, table := tableOfStates(t)
	if len(table) != len(statuses) || len(headings) != len(events) {
		t.Errorf("the table has %d statuses and %d events, want %d and %d", len(table), len(headings), len(statuses), len(events))
	}
	for status, cells := range table {
		t.Run(string(status), func(t *testing.T) {
			t.Parallel()
			j := journeytest.New(t, unlimited)
			for i, heading := range headings {
				l := sentWith(t, j, status)
				events[heading](t, l)
				if got := l.ConfirmLink(t, l.token).Status; got != cells[i] {
					t.Errorf("%s makes a link that is %s %s, want %s", heading, status, got, cells[i])
				}
			}
		})
	}
}

// tableOfStates reads the table in the package comment.
func tableOfStates(t *testing.T) (headings []string, table map[confirm.LinkStatus][]confirm.LinkStatus) {
	t.Helper()
	source, err := os.ReadFile("confirm.go")
	journeytest.Must(t, err)
	table = make(map[confirm.LinkStatus][]confirm.LinkStatus)
	for line := range strings.Lines(string(source)) {
		row, ok := strings.CutPrefix(line, "//\t")
		if !ok {
			continue
		}
		cells := regexp.MustCompile(`  +`).Split(strings.TrimSpace(row), -1)
		if headings == nil {
			headings = cells[1:]
			continue
		}
		from := statusNamed(t, cells[0])
		for _, cell := range cells[1:] {
			to := from
			if cell != "-" {
				to = statusNamed(t, cell)
			}
			table[from] = append(table[from], to)
		}
		if len(table[from]) != len(headings) {
			t.Fatalf("the row of %s has %d cells, want %d", from, len(table[from]), len(headings))
		}
	}
	return headings, table
}

// statusNamed returns the status with a name in the table.
func statusNamed(t *testing.T, name string) confirm.LinkStatus {
	t.Helper()
	status := confirm.LinkStatus(name)
	if name == "suspected" {
		status = confirm.ScannerSuspected
	}
	if statuses[status] == nil {
		t.Fatalf("there is no status %q", name)
	}
	return status
}

// TestOnlyAnOpenOrPendingLinkComesUnderSuspicion makes a choice sooner than a person reads, and two
// opposite choices at once.
func TestOnlyAnOpenOrPendingLinkComesUnderSuspicion(t *testing.T) {
	for status := range statuses {
		t.Run(string(status), func(t *testing.T) {
			t.Parallel()
			j := journeytest.New(t, unlimited)
			want := status
			if slices.Contains([]confirm.LinkStatus{confirm.Open, confirm.Confirming, confirm.Ending}, status) {
				want = confirm.ScannerSuspected
			}
			for _, c := range []member.Choice{member.Accept, member.Decline, member.ConfirmDecline} {
				l := sentWith(t, j, status)
				l.chooseTooFast(t, c)
				j.WantConfirmLink(t, l.token, want)
			}
			l := sentWith(t, j, status)
			l.Choose(t, l.token, member.Decline)
			l.Choose(t, l.token, member.Accept)
			j.WantConfirmLink(t, l.token, want)
		})
	}
}

// TestAFreshLetterLeavesAnOldLinkAsItIs asks on the page of a link of each status, as
// soon as that is possible.
func TestAFreshLetterLeavesAnOldLinkAsItIs(t *testing.T) {
	for status := range statuses {
		t.Run(string(status), func(t *testing.T) {
			t.Parallel()
			j := journeytest.New(t, unlimited)
			l := sentWith(t, j, status)
			link, want := j.ConfirmLink(t, l.token), 0
			if link.Renewable() {
				want = 1
			}
			if link.NextAllowed.After(j.Time) {
				j.Time = link.NextAllowed
			}
			if asked := []confirm.LinkStatus{confirm.Late, confirm.Superseded, confirm.Spent}; link.Renewable() != slices.Contains(asked, status) {
				t.Errorf("the link can send a fresh letter: %t", link.Renewable())
			}
			before, letters := j.ConfirmLink(t, l.token), j.Count(t, `SELECT count(*) FROM mails`)
			journeytest.Must(t, j.Confirm.ResendFromLink(t.Context(), before, ""))
			j.WantConfirmLink(t, l.token, before.Status)
			j.WantCount(t, "mails", letters+want)
		})
	}
}

// TestTheFreshCodeCountsOnThePageOfEveryLink and the code of an earlier letter can only
// end the application.
func TestTheFreshCodeCountsOnThePageOfEveryLink(t *testing.T) {
	for _, status := range []confirm.LinkStatus{confirm.Late, confirm.Superseded, confirm.Spent} {
		for _, c := range []member.Choice{member.Accept, member.ConfirmDecline} {
			t.Run(fmt.Sprint(status, " ", c), func(t *testing.T) {
				t.Parallel()
				j := journeytest.New(t, unlimited)
				ended := map[member.Choice]confirm.LinkStatus{member.Accept: confirm.Used, member.ConfirmDecline: confirm.Withdrawn}
				l := sentWith(t, j, status)
				j.Resend(t, l.session)
				l.typeOnPage(t, j.ConfirmCode(t), c)
				j.WantConfirmLink(t, l.token, ended[c])

				l = sentWith(t, j, status)
				j.Resend(t, l.session)
				l.typeOnPage(t, l.code, member.Accept)
				j.WantConfirmLink(t, l.token, status)
				j.WantCodeResult(t, l.session, l.code, "superseded 0")
				l.token = j.ConfirmToken(t)
				l.typeOnPage(t, l.code, member.ConfirmDecline)
				j.WantConfirmLink(t, l.token, confirm.Withdrawn)
			})
		}
	}
}
