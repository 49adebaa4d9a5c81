package member

import (
	"crypto/rand"
	"testing"
	"time"

	"joinery/app/db"
	"joinery/app/dbtest"
	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/mail"
)

var noon = time.Date(2026, time.November, 22, 12, 0, 0, 0, time.UTC)

// A harness is an empty store, and the file behind it.
type harness struct {
	*Store
	file *db.DB
}

func newHarness(t *testing.T) *harness {
	t.Helper()
	file := dbtest.New(t)
	return &harness{Store: NewStore(file, dbtest.Ring(t, file)), file: file}
}

// count returns the number that a query finds.
func (h *harness) count(t *testing.T, query string) (n int) {
	t.Helper()
	if err := h.file.Read().QueryRowContext(t.Context(), query).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// newApplication returns an application that was sent at noon.
func newApplication(email string, answers form.Answers) Application {
	return Application{
		ID: rand.Text(), Draft: rand.Text(), State: Waiting, Email: email, Lang: i18n.English, Form: "1", Answers: answers,
		Consents: []Consent{
			{Key: "keep", Version: "1", Purpose: "keeping", Wording: "You may keep it.", Lang: i18n.English, Given: true, At: noon},
			{Key: "news", Version: "1", Purpose: "news", Wording: "You may write.", Lang: i18n.English, At: noon},
		},
		Sent: noon,
	}
}

func newLink() Link {
	return Link{Selector: rand.Text(), VerifierHash: rand.Text(), CodeHash: rand.Text(), CreatedAt: noon, ExpiresAt: noon.Add(time.Hour)}
}

func newLetter(to string) mail.Order {
	o := mail.NewOrder(mail.Confirm, to, i18n.English, noon)
	o.Secrets = []string{"SECRET"}
	return o
}

func letters(to string) Letters {
	l := Letters{
		Welcome: newLetter(to), Updated: newLetter(to), Within: new(mail.Limits),
		Restore: CodedLink{Selector: rand.Text(), VerifierHash: rand.Text(), CodeHash: rand.Text()},
	}
	l.Welcome.Kind, l.Updated.Kind = mail.Welcome, mail.Updated
	return l
}

func (h *harness) mustSubmit(t *testing.T, a Application) Link {
	t.Helper()
	l := newLink()
	if _, err := h.Submit(t.Context(), a, "", l, newLetter(a.Email), new(mail.Limits), noon); err != nil {
		t.Fatal(err)
	}
	return l
}

func (h *harness) mustConfirm(t *testing.T, a Application, now time.Time) {
	t.Helper()
	if did, err := h.Confirm(t.Context(), a.ID, Proof{At: now}, anyMember, letters(a.Email)); err != nil || did != Joined && did != Updated {
		t.Fatalf("Confirm: %q, %v", did, err)
	}
}

// anyMember takes every applicant for the oldest member who shares the mailbox.
func anyMember(_ Application, sharing []Member) Applicant {
	if len(sharing) == 0 {
		return Applicant{}
	}
	return Applicant{Member: sharing[0].ID}
}

// anotherPerson takes every applicant for a person who is no member yet.
func anotherPerson(Application, []Member) Applicant { return Applicant{} }

// unknown knows no applicant.
func unknown(Application, []Member) Applicant { return Applicant{Unknown: true} }

// join makes a member with the given address and answers.
func (h *harness) join(t *testing.T, email string, answers form.Answers) {
	t.Helper()
	a := newApplication(email, answers)
	h.mustSubmit(t, a)
	h.mustConfirm(t, a, noon)
}

func (h *harness) members(t *testing.T) (all []Member) {
	t.Helper()
	if err := h.Each(t.Context(), func(m Member) error { all = append(all, m); return nil }); err != nil {
		t.Fatal(err)
	}
	return all
}

func (h *harness) mustFind(t *testing.T, l Link) ApplicationLink {
	t.Helper()
	found, err := h.BySelector(t.Context(), l.Selector)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// wantForgotten wants a to have ended in a state, without its personal data.
func (h *harness) wantForgotten(t *testing.T, a Application, l Link, state State) {
	t.Helper()
	got := h.mustFind(t, l)
	if got.State != state || got.Email != "" || len(got.Answers) > 0 || len(got.Consents) > 0 {
		t.Errorf("the application is %+v, want %s and forgotten", got.Application, state)
	}
	var row string
	err := h.file.Read().QueryRowContext(t.Context(), `
		SELECT email_digest || content || (SELECT group_concat(letter || code_hash || pending_choice, '') FROM links WHERE application = a.id)
		FROM applications a WHERE id = $1`, a.ID).Scan(&row)
	if err != nil || row != "" {
		t.Errorf("the application still has %q, %v", row, err)
	}
	if n := h.count(t, `SELECT count(*) FROM mails WHERE kind = 'confirm' AND topic = '`+a.ID+`'`); n != 0 {
		t.Errorf("%d letters still ask for its confirmation", n)
	}
}
