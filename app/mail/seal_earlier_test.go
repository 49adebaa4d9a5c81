package mail

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"joinery/app/db"
	"joinery/app/dbtest"
	"joinery/app/i18n"
)

// earlier returns the file of a version before sealing, with letters of all sorts.
func earlier(t *testing.T) (path string) {
	t.Helper()
	before := fstest.MapFS{}
	names, err := fs.Glob(db.Migrations(), "*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if name >= "0018" {
			continue
		}
		script, err := fs.ReadFile(db.Migrations(), name)
		if err != nil {
			t.Fatal(err)
		}
		before[name] = &fstest.MapFile{Data: script}
	}
	path = filepath.Join(t.TempDir(), "joinery.db")
	d, err := db.Open(t.Context(), path, db.Crash, before)
	if err == nil {
		_, err = d.Write().ExecContext(t.Context(), `
			INSERT INTO mails (id, kind, recipient, mailbox_key, lang, secrets, subject, text, html, planned, due, state, failure, code, settled) VALUES
			('WAITS',   'confirm', 'Zoe+1@example.net', 'zoe@example.net', 'fr', 'SECRET1 SECRET2', '', '', '', 1, 1, 'waiting', '', 0, NULL),
			('OLD',     'confirm', 'zoe@example.net',   'zoe@example.net', 'fr', '', 'Objet', 'Texte', '<p>Texte', 2, 2, 'waiting', '', 0, NULL),
			('DONE',    'welcome', 'zoe@example.net',   'zoe@example.net', 'fr', '', '', '', '', 3, 3, 'delivered', '', 0, 3),
			('REFUSED', 'confirm', 'eva@example.net',   'eva@example.net', 'fr', '', '', '', '', 4, 4, 'abandoned', 'recipient', 550, 4),
			('DENIED',  'confirm', 'eva@example.net',   'eva@example.net', 'fr', '', '', '', '', 5, 5, 'abandoned', 'content', 554, 5)`)
	}
	if err := errors.Join(err, d.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestLettersOfAnEarlierVersionAreSealed and sent, also one that has its words already.
func TestLettersOfAnEarlierVersionAreSealed(t *testing.T) {
	path, sent := earlier(t), make(map[string]Letter)
	h := newHarness(t, senderFunc(func(_ context.Context, l Letter) error { sent[l.ID] = l; return nil }))
	h.DB = dbtest.Open(t, path)
	h.Ring = dbtest.Ring(t, h.DB)
	h.Queue.Write = func(_ context.Context, o Order) (Letter, error) { return Letter{Order: o, Text: "new"}, nil }
	for range 2 { // the second time there is nothing to do
		if err := SealEarlier(t.Context(), h.DB, h.Ring); err != nil {
			t.Fatal(err)
		}
	}
	wantNothingTold(t, path)
	for id, want := range map[string]State{"WAITS": Queued, "DONE": Accepted, "REFUSED": Refused, "DENIED": GivenUp} {
		h.wantState(t, id, want)
	}
	for h.deliver(t) {
	}
	if got := sent["WAITS"]; got.To != "Zoe+1@example.net" || strings.Join(got.Secrets, " ") != "SECRET1 SECRET2" || got.Text != "new" {
		t.Errorf("sent was %+v, want it written now, with its secrets", got)
	}
	if got := sent["OLD"]; got.To != "zoe@example.net" || got.Lang != i18n.French || got.Subject != "Objet" || got.Text != "Texte" || got.HTML != "<p>Texte" {
		t.Errorf("sent was %+v, want it as it waited", got)
	}
}

// TestSealingLettersGoesOnWhereItWasInterrupted keeps what it has sealed, and opens each
// letter at the end.
func TestSealingLettersGoesOnWhereItWasInterrupted(t *testing.T) {
	path, sent := earlier(t), make(map[string]string)
	h := newHarness(t, senderFunc(func(_ context.Context, l Letter) error { sent[l.ID] = l.To; return nil }))
	h.Queue.Write = func(_ context.Context, o Order) (Letter, error) { return Letter{Order: o}, nil }
	h.DB = dbtest.Open(t, path)
	h.Ring = dbtest.Ring(t, h.DB)
	h.exec(t, `DELETE FROM mails`)
	h.exec(t, `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500)
		INSERT INTO mails (id, kind, mailbox_key, lang, planned, due, state) SELECT 'L' || i, 'confirm', '', 'fr', 1, 1, 'waiting' FROM n`)
	h.exec(t, `INSERT INTO unsealed_mails (mail, recipient, secrets, subject, text, html) SELECT id, id || '@example.net', 'SECRET1', '', '', '' FROM mails ORDER BY rowid`)
	for batches, letter := range []string{"L1", "L1500", "L2500"} {
		h.exec(t, fmt.Sprintf(`CREATE TRIGGER refuse BEFORE UPDATE ON mails WHEN NEW.id = '%s' BEGIN SELECT RAISE(ABORT, 'refused'); END`, letter))
		if err := SealEarlier(t.Context(), h.DB, h.Ring); err == nil {
			t.Fatal("the sealing was not interrupted")
		}
		h.exec(t, `DROP TRIGGER refuse`)
		var sealed, open int
		err := h.DB.Read().QueryRowContext(t.Context(), `
			SELECT (SELECT count(*) FROM mails WHERE sealed <> ''), (SELECT count(*) FROM unsealed_mails JOIN mails ON id = mail WHERE sealed = '')`).Scan(&sealed, &open)
		if err != nil || sealed != batches*sealedAtOnce || open != 2500-sealed {
			t.Errorf("after %d batches %d letters are sealed and %d are not, %v", batches, sealed, open, err)
		}
	}
	if err := SealEarlier(t.Context(), h.DB, h.Ring); err != nil {
		t.Fatal(err)
	}
	wantNothingTold(t, path)
	h.exec(t, `DELETE FROM mails WHERE id NOT IN ('L1', 'L1000', 'L1001', 'L2500')`)
	for h.deliver(t) {
	}
	for _, id := range []string{"L1", "L1000", "L1001", "L2500"} {
		if sent[id] != id+"@example.net" {
			t.Errorf("the letter %s went to %q", id, sent[id])
		}
	}
}

// TestTheBudgetCountsLettersOfAnEarlierVersion by address and by mailbox.
func TestTheBudgetCountsLettersOfAnEarlierVersion(t *testing.T) {
	h := newHarness(t, nil)
	h.DB = dbtest.Open(t, earlier(t))
	h.Ring = dbtest.Ring(t, h.DB)
	if err := SealEarlier(t.Context(), h.DB, h.Ring); err != nil {
		t.Fatal(err)
	}
	h.exec(t, fmt.Sprint(`UPDATE mails SET planned = `, h.time.Unix()))
	if h.ask(t, &Limits{PerAddress: Budget{Max: 1, Per: retention}}, NewOrder(Confirm, "ZOE@example.net", "fr", h.time)) {
		t.Error("the letter before does not count")
	}
}

// wantNothingTold wants neither the file nor its journal to tell who got a letter, and what.
func wantNothingTold(t *testing.T, path string) {
	t.Helper()
	for _, suffix := range []string{"", "-wal", "-journal"} {
		content, err := os.ReadFile(path + suffix)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
		for _, private := range []string{"zoe@", "Zoe+1", "eva@", "example.net", "SECRET1", "<p>Texte"} {
			if strings.Contains(string(content), private) {
				t.Errorf("%q stands in %s", private, filepath.Base(path)+suffix)
			}
		}
	}
}

// TestTheFileTellsNotWhoGetsALetter while it waits, while it is put off and when it is finished.
func TestTheFileTellsNotWhoGetsALetter(t *testing.T) {
	path := filepath.Join(t.TempDir(), "joinery.db")
	answer := error(&Failure{Step: recipient, Code: 451, Cause: Passing})
	h := newHarness(t, senderFunc(func(context.Context, Letter) error { return answer }))
	h.DB = dbtest.Open(t, path)
	h.Ring = dbtest.Ring(t, h.DB)
	l := newConfirmation(t, "zoe@example.net", i18n.English)
	h.enqueue(t, l)
	wantNothingTold(t, path)
	h.deliver(t)
	wantNothingTold(t, path)
	answer, h.time = nil, h.time.Add(24*retention)
	h.deliver(t)
	h.wantState(t, l.ID, Accepted)
	wantNothingTold(t, path)
}

// TestALetterThatDoesNotOpenHoldsUpNoOther and is tried again: the right keys may come back.
func TestALetterThatDoesNotOpenHoldsUpNoOther(t *testing.T) {
	sent := 0
	h := newHarness(t, senderFunc(func(context.Context, Letter) error { sent++; return nil }))
	l := newConfirmation(t, "zoe@example.net", i18n.English)
	h.enqueue(t, l)
	h.exec(t, `UPDATE mails SET sealed = 'A' || sealed`)
	h.enqueue(t, newConfirmation(t, "eva@example.net", i18n.English))
	for h.deliver(t) {
	}
	h.wantDelivery(t, l.ID, Delivery{Deferred, h.due(t, l.ID), Ours})
	if sent != 1 {
		t.Errorf("%d letters were sent, want the other", sent)
	}
}
