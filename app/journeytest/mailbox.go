package journeytest

import (
	"strings"
	"testing"

	"joinery/app/mail"
	"joinery/app/token"
)

// Queued returns the letters of one kind that wait in the queue, at most ten, the
// newest first.
func (j *Journey) Queued(t testing.TB, kind mail.Kind) (all []mail.Letter) {
	t.Helper()
	rows, err := j.File.Read().QueryContext(t.Context(), `
		SELECT recipient, lang, topic, text FROM mails WHERE kind = $1 AND state = 'waiting' ORDER BY rowid DESC LIMIT 10`, kind)
	Must(t, err)
	defer rows.Close()
	for rows.Next() {
		l := mail.Letter{Kind: kind}
		Must(t, rows.Scan(&l.To, &l.Lang, &l.Topic, &l.Text))
		all = append(all, l)
	}
	Must(t, rows.Err())
	return all
}

// Letter returns the newest letter of one kind that waits in the queue.
func (j *Journey) Letter(t testing.TB, kind mail.Kind) mail.Letter {
	t.Helper()
	all := j.Queued(t, kind)
	if len(all) == 0 {
		t.Fatalf("there is no letter of the kind %s", kind)
	}
	return all[0]
}

// The paths of the links in letters.
const (
	ConfirmPath = "/confirm/"
	ResumePath  = "/resume/"
)

// Tokens returns what follows path in the links of a letter.
func Tokens(l mail.Letter, path string) (found []string) {
	for _, word := range strings.Fields(l.Text) {
		if _, token, ok := strings.Cut(word, path); ok {
			found = append(found, token)
		}
	}
	return found
}

// onlyToken returns what follows path in the only link of a letter.
func onlyToken(t testing.TB, l mail.Letter, path string) string {
	t.Helper()
	found := Tokens(l, path)
	if len(found) != 1 {
		t.Fatalf("the letter has the links %q, want one", found)
	}
	return found[0]
}

// ConfirmToken returns the token of the newest link to confirm an application.
func (j *Journey) ConfirmToken(t testing.TB) string {
	t.Helper()
	return onlyToken(t, j.Letter(t, mail.Confirm), ConfirmPath)
}

// ResumeToken returns the token of the link in the newest letter that leads back to
// one draft.
func (j *Journey) ResumeToken(t testing.TB) string {
	t.Helper()
	return onlyToken(t, j.Letter(t, mail.Resume), ResumePath)
}

// confirmCodeLength is how many characters the code of a letter has.
const confirmCodeLength = 6

// ConfirmCode returns the code of the newest letter that asks for confirmation.
func (j *Journey) ConfirmCode(t testing.TB) string {
	t.Helper()
	for _, word := range strings.Fields(j.Letter(t, mail.Confirm).Text) {
		if len(word) == confirmCodeLength && strings.Trim(word, token.CodeAlphabet) == "" {
			return word
		}
	}
	t.Fatal("the letter has no code")
	return ""
}
