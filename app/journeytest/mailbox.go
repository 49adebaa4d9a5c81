package journeytest

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"joinery/app/mail"
	"joinery/app/token"
)

// WriteLetter writes a letter, as the program does.
func (j *Journey) WriteLetter(ctx context.Context, o mail.Order) (mail.Letter, error) {
	if o.Kind == mail.Resume || o.Kind == mail.Reminder {
		return j.Resume.WriteLetter(ctx, o)
	}
	return j.Confirm.WriteLetter(ctx, o)
}

// Queued returns the letters of one kind that wait in the queue, at most ten, the
// newest first, as they were to be sent at once.
func (j *Journey) Queued(t testing.TB, kind mail.Kind) (all []mail.Letter) {
	t.Helper()
	for _, o := range j.orders(t, kind) {
		l, err := j.writtenAtOnce(t, o)
		if !errors.Is(err, mail.ErrEnded) {
			Must(t, err)
			all = append(all, l)
		}
	}
	return all
}

// writtenAtOnce returns the letter as it was to be sent when it was queued.
func (j *Journey) writtenAtOnce(t testing.TB, o mail.Order) (mail.Letter, error) {
	t.Helper()
	now := j.Time
	j.Time = o.Due
	defer func() { j.Time = now }()
	return j.WriteLetter(t.Context(), o)
}

func (j *Journey) orders(t testing.TB, kind mail.Kind) (all []mail.Order) {
	t.Helper()
	rows, err := j.File.Read().QueryContext(t.Context(), `
		SELECT id, lang, topic, sealed, planned FROM mails WHERE kind = $1 AND state = 'waiting' ORDER BY rowid DESC LIMIT 10`, kind)
	Must(t, err)
	defer rows.Close()
	for rows.Next() {
		o, sealed, queued := mail.Order{Kind: kind}, "", int64(0)
		Must(t, rows.Scan(&o.ID, &o.Lang, &o.Topic, &sealed, &queued))
		text, err := j.Ring.Open(t.Context(), "mail "+o.ID, sealed)
		Must(t, err)
		Must(t, json.Unmarshal([]byte(text), &o)) // the address and the secrets
		o.Due = time.Unix(queued, 0).UTC()
		all = append(all, o)
	}
	Must(t, rows.Err())
	return all
}

// Requeue has the letter of an order wait alone, and due, as it waited before, also if it
// has ended since.
func (j *Journey) Requeue(t testing.TB, o mail.Order) {
	t.Helper()
	part, err := json.Marshal(map[string]any{"to": o.To, "secrets": o.Secrets})
	Must(t, err)
	for _, change := range [][]any{
		{`UPDATE mails SET state = 'delivered', topic = '', sealed = '' WHERE state = 'waiting'`},
		{`UPDATE mails SET state = 'waiting', due = 0, settled = NULL, topic = $1, sealed = $2 WHERE id = $3`, o.Topic, j.Ring.Seal("mail "+o.ID, string(part)), o.ID},
	} {
		_, err := j.File.Write().ExecContext(t.Context(), change[0].(string), change[1:]...)
		Must(t, err)
	}
}

// AddressKey returns what the queue keeps of the address of a letter, in small letters.
func (j *Journey) AddressKey(email string) string { return j.Ring.Digest("mail address", email) }

// Letter returns the newest letter of one kind that waits in the queue.
func (j *Journey) Letter(t testing.TB, kind mail.Kind) mail.Letter {
	t.Helper()
	for _, o := range j.orders(t, kind) {
		l, err := j.writtenAtOnce(t, o)
		if !errors.Is(err, mail.ErrEnded) {
			Must(t, err)
			return l
		}
	}
	t.Fatalf("there is no letter of the kind %s", kind)
	return mail.Letter{}
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
