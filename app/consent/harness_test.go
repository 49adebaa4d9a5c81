package consent

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"testing"
	"time"

	"joinery/app/db"
	"joinery/app/dbtest"
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
	return &harness{NewStore(file, dbtest.Ring(t, file)), file}
}

func (h *harness) exec(t *testing.T, statement string, args ...any) {
	t.Helper()
	if _, err := h.file.Write().ExecContext(t.Context(), statement, args...); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

// addMember adds a member with an address.
func (h *harness) addMember(t *testing.T, id, email string) {
	t.Helper()
	h.exec(t, `INSERT INTO members (id, email, lang, form, answers, confirmed_at, updated_at) VALUES ($1, $2, 'fr', '1', '{}', 1, 1)`, id, email)
}

// leave deletes a member, who is added first.
func (h *harness) leave(t *testing.T, id string) {
	t.Helper()
	h.addMember(t, id, "somebody-else@example.ca")
	h.exec(t, `DELETE FROM members WHERE id = $1`, id)
}

// append adds consents of a member to the chain.
func (h *harness) append(t *testing.T, member, email, how string, consents ...Consent) {
	t.Helper()
	err := h.db.Tx(t.Context(), "append", func(tx *sql.Tx) error {
		return Append(t.Context(), tx, h.ring, member, email, how, consents...)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// news returns a consent to news, given or not.
func news(given bool) Consent {
	return Consent{Key: "news", Version: "2", Purpose: "News", Wording: "Écrivez-moi.", Lang: "fr", Given: given, At: noon}
}

// newChain returns a chain of seven rows of three members, of whom the first has left and
// whose rows 1 and 4 are emptied.
func newChain(t *testing.T) *harness {
	t.Helper()
	h := newHarness(t)
	h.addMember(t, "m2", "ann@example.ca")
	h.addMember(t, "m3", "tom@example.ca")
	h.append(t, "m1", "zoe@example.ca", "", news(true))
	h.append(t, "m2", "ann@example.ca", "", news(true), news(false))
	h.append(t, "m1", "zoe@example.ca", "by phone", news(false))
	h.append(t, "m3", "tom@example.ca", "", news(true))
	h.append(t, "m2", "ann@example.ca", "by a letter", news(false))
	h.append(t, "m3", "tom@example.ca", "", news(true))
	h.leave(t, "m1")
	if err := h.Empty(t.Context(), 0, noon); err != nil {
		t.Fatal(err)
	}
	return h
}

// mustVerify wants a sound chain.
func (h *harness) mustVerify(t *testing.T) Report {
	t.Helper()
	report, err := h.Verify(t.Context(), Head{})
	if err != nil {
		t.Fatalf("the chain does not hold: %v", err)
	}
	return report
}

// wantFault wants a row to be named as the first that does not fit.
func (h *harness) wantFault(t *testing.T, known Head, what string, row int64) {
	t.Helper()
	_, err := h.Verify(t.Context(), known)
	if fault := (*Fault)(nil); !errors.As(err, &fault) || fault.Row != row {
		t.Errorf("%s: the fault is %v, want row %d", what, err, row)
	}
}

// undone runs a statement and then test, and puts all rows back as they were.
func (h *harness) undone(t *testing.T, test func(), statement string, args ...any) {
	t.Helper()
	h.exec(t, `CREATE TABLE before AS SELECT * FROM consents`)
	h.exec(t, statement, args...)
	test()
	h.exec(t, `DELETE FROM consents`)
	h.exec(t, `INSERT INTO consents SELECT * FROM before`)
	h.exec(t, `DROP TABLE before`)
}

// withoutTriggers drops what keeps the rows from being changed.
func (h *harness) withoutTriggers(t *testing.T) {
	t.Helper()
	h.exec(t, `DROP TRIGGER consents_are_never_deleted`)
	h.exec(t, `DROP TRIGGER consents_are_never_changed`)
}

// history returns what Each or EachOf finds, each record as a short line.
func history(t *testing.T, each func(context.Context, func(Record) error) error) (all []string) {
	t.Helper()
	err := each(t.Context(), func(r Record) error {
		all = append(all, fmt.Sprint(r.Row, " ", r.Member, " ", r.Key, " ", r.Given, " ", r.How))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
