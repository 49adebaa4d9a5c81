package journeytest

import (
	"reflect"
	"strings"
	"testing"

	"joinery/app/confirm"
	"joinery/app/i18n"
	"joinery/app/mail"
	"joinery/app/member"
	"joinery/app/resume"
	"joinery/app/token"
)

// MadeUpToken is the token of a confirmation link that was never sent.
const MadeUpToken = "MADEUPAAAA-MADEUPAAAAAAAAAAAAAAAAAAAA"

// ConfirmLink returns the link to confirm with the given token.
func (j *Journey) ConfirmLink(t testing.TB, token string) confirm.Link {
	t.Helper()
	l, err := j.Confirm.Link(t.Context(), token)
	Must(t, err)
	return l
}

// WantConfirmLink wants a link to confirm to stand so.
func (j *Journey) WantConfirmLink(t testing.TB, token string, want confirm.LinkStatus) {
	t.Helper()
	if got := j.ConfirmLink(t, token).Status; got != want {
		t.Errorf("the link to confirm is %s, want %s", got, want)
	}
}

// Choose makes a choice on the page of a link to confirm, as a person does.
func (j *Journey) Choose(t testing.TB, token string, c member.Choice) {
	t.Helper()
	Must(t, j.Confirm.RecordChoice(t.Context(), j.ConfirmLink(t, token), c, false))
}

// ApplyPendingChoices lets choices take effect.
func (j *Journey) ApplyPendingChoices(t testing.TB) {
	t.Helper()
	Must(t, j.Confirm.ApplyPendingChoices(t.Context()))
}

// ResumeLink returns the link to a draft with the given token.
func (j *Journey) ResumeLink(t testing.TB, token string) resume.Link {
	t.Helper()
	l, err := j.Resume.Link(t.Context(), token)
	Must(t, err)
	return l
}

// WantResumeLink wants a link to a draft to stand so.
func (j *Journey) WantResumeLink(t testing.TB, token string, want resume.Status) {
	t.Helper()
	if got := j.ResumeLink(t, token).Status; got != want {
		t.Errorf("the link to the draft is %s, want %s", got, want)
	}
}

// Enter presses the button that l offers, in a browser that holds nothing yet.
func (j *Journey) Enter(t testing.TB, l resume.Link, submission string) *Browser {
	t.Helper()
	return j.EnterWith(t, l, "", submission)
}

// EnterWith presses the button that l offers, in the browser with this session, and
// returns the browser as it is then.
func (j *Journey) EnterWith(t testing.TB, l resume.Link, session, submission string) *Browser {
	t.Helper()
	here, err := j.anyProgress(t.Context(), session)
	Must(t, err)
	session, _, err = j.Resume.Enter(t.Context(), l, here, submission)
	Must(t, err)
	return j.Browser(session)
}

// MailLink has a link to the draft of b mailed, in French, and returns its token.
func (b *Browser) MailLink(t testing.TB, to string) string {
	t.Helper()
	Must(t, b.SendLink(t.Context(), b.Session, to, i18n.French, ""))
	key := b.Progress(t).Draft.Key
	for _, token := range Tokens(b.Letter(t, mail.Resume), ResumePath) {
		if b.ResumeLink(t, token).Progress.Draft.Key == key {
			return token
		}
	}
	t.Fatal("the letter does not lead to the draft")
	return ""
}

// Reminded returns a browser whose draft ends in DraftTTL and whose owner asked for
// mail about it, at Zoe@example.ca.
func (j *Journey) Reminded(t testing.TB) *Browser {
	t.Helper()
	b := j.Browser(j.Finished(t))
	b.MailLink(t, "Zoe@example.ca")
	return b
}

// WantReminders has reminders written, several times, and wants so many to be there.
func (j *Journey) WantReminders(t testing.TB, want int) {
	t.Helper()
	for range 2 {
		Must(t, j.Resume.Remind(t.Context()))
	}
	j.WantCount(t, "mails WHERE kind = 'reminder'", want)
}

// RequestLink asks, in French, for links to the drafts of an address, and has the
// request attended to.
func (j *Journey) RequestLink(t testing.TB, address string) {
	t.Helper()
	j.Resume.RequestLink(address, i18n.French, "")
	j.Resume.ProcessRequests(t.Context())
}

// HandoffCode makes a code that hands the draft of b over, and returns it.
func (b *Browser) HandoffCode(t testing.TB) string {
	t.Helper()
	Must(t, b.CreateHandoff(t.Context(), b.Session, i18n.English))
	h, ok, err := b.Handoff(t.Context(), b.Session)
	if err != nil || !ok || len(h.Code) != token.HandoffLength || strings.Trim(h.Code, token.CodeAlphabet) != "" || h.Used {
		t.Fatalf("Handoff = %+v, %t, %v, want one of %d letters that cannot be mistaken", h, ok, err, token.HandoffLength)
	}
	return h.Code
}

// WantHandoffCode types a code on a device and wants it to stand so, with so many
// attempts left. Of a code that opens nothing no more may be told.
func (j *Journey) WantHandoffCode(t testing.TB, device, typed string, want resume.Status, left int) {
	t.Helper()
	l, n, err := j.Resume.CheckHandoff(t.Context(), typed, resume.Client{Device: device, Network: "network of " + device})
	if err != nil || l.Status != want || n != left || want == resume.Mistyped && !reflect.DeepEqual(l, resume.Link{Status: resume.Mistyped}) {
		t.Errorf("typed by %s, %s is %s with %d attempts left, %v, want %s and %d", device, typed, l.Status, n, err, want, left)
	}
}
