package member

import (
	"crypto/rand"
	"path/filepath"
	"testing"
	"time"

	"joinery/app/db"
	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/mail"
)

var noon = time.Date(2026, time.November, 22, 12, 0, 0, 0, time.UTC)

// A bench is an empty store and what a test needs to look behind it.
type bench struct {
	*Store
	file *db.DB
}

func newBench(t *testing.T) *bench {
	t.Helper()
	file, err := db.Open(t.Context(), filepath.Join(t.TempDir(), "members.db"), db.PowerLoss, db.Migrations())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { file.Close() })
	return &bench{Store: NewStore(file), file: file}
}

// count returns the number that a query finds.
func (b *bench) count(t *testing.T, query string) (n int) {
	t.Helper()
	if err := b.file.Read().QueryRowContext(t.Context(), query).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// an application, as somebody sent it at noon.
func anApplication(email string, answers form.Answers) Application {
	return Application{
		ID: rand.Text(), Draft: rand.Text(), State: Waiting, Email: email, Lang: i18n.English, Form: "1", Answers: answers,
		Consents: []Consent{
			{Key: "keep", Version: "1", Purpose: "keeping", Wording: "You may keep it.", Lang: i18n.English, Given: true, At: noon},
			{Key: "news", Version: "1", Purpose: "news", Wording: "You may write.", Lang: i18n.English, At: noon},
		},
		Sent: noon,
	}
}

func aLink() Link {
	return Link{Selector: rand.Text(), VerifierHash: rand.Text(), CodeHash: rand.Text(), CreatedAt: noon, ExpiresAt: noon.Add(time.Hour)}
}

func aLetter(to string) mail.Letter {
	return mail.Letter{ID: rand.Text(), Kind: mail.Confirm, To: to, Lang: i18n.English, Subject: "Dear you", Text: "SECRET", Written: noon}
}

func letters(to string) Letters {
	l := Letters{Welcome: aLetter(to), Updated: aLetter(to)}
	l.Welcome.Kind, l.Updated.Kind = mail.Welcome, mail.Updated
	return l
}

func (b *bench) mustSend(t *testing.T, a Application) Link {
	t.Helper()
	l := aLink()
	if err := b.Submit(t.Context(), a, l, aLetter(a.Email), new(mail.Limits), noon); err != nil {
		t.Fatal(err)
	}
	return l
}

func (b *bench) mustConfirm(t *testing.T, a Application, now time.Time) {
	t.Helper()
	if done, err := b.Confirm(t.Context(), a.ID, now, letters(a.Email)); err != nil || !done {
		t.Fatalf("Confirm: %v, %v", done, err)
	}
}

// join makes a member of whoever gives the answers.
func (b *bench) join(t *testing.T, email string, answers form.Answers) {
	t.Helper()
	a := anApplication(email, answers)
	b.mustSend(t, a)
	b.mustConfirm(t, a, noon)
}

func (b *bench) everyone(t *testing.T) (all []Member) {
	t.Helper()
	if err := b.Each(t.Context(), func(m Member) error { all = append(all, m); return nil }); err != nil {
		t.Fatal(err)
	}
	return all
}

func (b *bench) mustFind(t *testing.T, l Link) ApplicationLink {
	t.Helper()
	found, err := b.BySelector(t.Context(), l.Selector)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// wantForgotten wants a to have ended in a state, with nothing of it left.
func (b *bench) wantForgotten(t *testing.T, a Application, l Link, state State) {
	t.Helper()
	got := b.mustFind(t, l)
	if got.State != state || got.Email != "" || len(got.Answers) > 0 || len(got.Consents) > 0 {
		t.Errorf("the application is %+v, want %s and forgotten", got.Application, state)
	}
	var row string
	err := b.file.Read().QueryRowContext(t.Context(), `
		SELECT email || answers || consents || (SELECT group_concat(letter || code_hash || pending_choice, '') FROM links WHERE application = a.id)
		FROM applications a WHERE id = $1`, a.ID).Scan(&row)
	if err != nil || row != "{}[]" {
		t.Errorf("of the application there is left %q, %v", row, err)
	}
	if n := b.count(t, `SELECT count(*) FROM mails WHERE topic = '`+a.ID+`'`); n != 0 {
		t.Errorf("%d letters are still about it", n)
	}
}
