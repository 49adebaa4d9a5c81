package access

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"reflect"
	"testing"

	"joinery/app/dbtest"
)

// manyEarlierRows are 2,500 drafts of an earlier version, each with a browser that has proven
// its mailbox, a link and a code.
const manyEarlierRows = `
	DELETE FROM draft_access; DELETE FROM sessions; DELETE FROM grants;
	WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500)
	INSERT INTO draft_access (draft, answered_email, contact_email, lang, expires_at, proven)
	SELECT printf('d%04d', i), 'a' || i || '@example.ca', 'c' || i || '@example.ca', 'fr', 1795953600, 'p' || i FROM n;
	INSERT INTO sessions (digest, draft, proven) SELECT 's' || draft, draft, proven FROM draft_access;
	INSERT INTO grants (digest, kind, draft, recipient, lang, created_at, expires_at, proven)
	SELECT 'l' || draft, 'mailed', draft, contact_email, 'fr', 1, 1795953600, '' FROM draft_access;
	INSERT INTO grants (digest, kind, draft, recipient, lang, created_at, expires_at, proven)
	SELECT 'h' || draft, 'handed', draft, '', 'fr', 1, 1795953600, proven FROM draft_access;`

// TestSealingEarlierDraftsGoesOnWhereItWasInterrupted and ends as if it had been done in one
// go: each draft is sealed with all that leads to it, or not at all.
func TestSealingEarlierDraftsGoesOnWhereItWasInterrupted(t *testing.T) {
	t.Parallel()
	h := newEarlierHarness(t)
	h.exec(t, manyEarlierRows)
	inOneGo := h.copied(t)
	fine(t, inOneGo.SealEarlier(t.Context()))
	for batches, draft := range []string{"d0001", "d1500", "d2500"} { // the first, one amid a batch, the last
		h.exec(t, fmt.Sprintf(`CREATE TRIGGER refuse BEFORE UPDATE ON draft_access WHEN NEW.draft = '%s' BEGIN SELECT RAISE(ABORT, 'refused'); END`, draft))
		if err := h.SealEarlier(t.Context()); err == nil {
			t.Fatal("the sealing was not interrupted")
		}
		sealed := batches * sealedAtOnce
		h.wantCount(t, `draft_access WHERE sealed_key IS NOT NULL AND answered_digest <> '' AND answered_email NOT LIKE '%@%'`, sealed)
		h.wantCount(t, `draft_access d WHERE sealed_key IS NULL AND answered_email LIKE 'a%@example.ca' AND proven LIKE 'p%'
			AND EXISTS (SELECT 1 FROM sessions s WHERE s.draft = d.draft AND s.proven = d.proven)
			AND EXISTS (SELECT 1 FROM grants g WHERE g.draft = d.draft AND g.proven = d.proven)
			AND EXISTS (SELECT 1 FROM grants g WHERE g.draft = d.draft AND g.recipient = d.contact_email)`, 2500-sealed)
		h.exec(t, `DROP TRIGGER refuse`)
	}
	fine(t, h.SealEarlier(t.Context()))
	h.wantCount(t, `draft_access WHERE sealed_key IS NULL`, 0)
	if got, want := h.digests(t), inOneGo.digests(t); !reflect.DeepEqual(got, want) {
		t.Error("what was interrupted has other digests than what was done in one go")
	}
	for _, i := range []int{1, 1000, 1001, 2500} {
		draft, contact := fmt.Sprintf("d%04d", i), fmt.Sprintf("c%d@example.ca", i)
		if info, err := h.ByDraft(t.Context(), draft); err != nil || info.ContactEmail != contact || info.Key.IsZero() {
			t.Errorf("the draft %s is %+v, %v", draft, info, err)
		}
		if g, err := h.Grant(t.Context(), "l"+draft); err != nil || g.Recipient != contact {
			t.Errorf("the link is %+v, %v", g, err)
		}
	}
	h.wantNoTrace(t, "@example.ca")
}

// exec changes rows.
func (h *harness) exec(t *testing.T, statement string) {
	t.Helper()
	_, err := h.file.Write().ExecContext(t.Context(), statement)
	fine(t, err)
}

// copied returns a copy of the file, with the same keys.
func (h *harness) copied(t *testing.T) *harness {
	t.Helper()
	dir := t.TempDir()
	path := filepath.Join(dir, "members.db")
	h.exec(t, `VACUUM INTO '`+path+`'`)
	file := dbtest.Open(t, path)
	return &harness{Store: NewStore(file, dbtest.Ring(t, file)), file: file, dir: dir}
}

// digests returns all digests of mailboxes in the file.
func (h *harness) digests(t *testing.T) (all [][2]string) {
	t.Helper()
	fine(t, h.db.Tx(t.Context(), "digests", func(tx *sql.Tx) (err error) {
		all, err = pairs(t.Context(), tx, `
			SELECT draft, answered_digest || ' ' || contact_digest || ' ' || proven FROM draft_access
			UNION ALL SELECT digest, proven FROM sessions
			UNION ALL SELECT digest, recipient_digest || ' ' || proven FROM grants ORDER BY 1`)
		return err
	}))
	return all
}
