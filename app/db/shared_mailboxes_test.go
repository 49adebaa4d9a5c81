package db

import (
	"path/filepath"
	"testing"
)

// manyMembers makes 100,000 members, each with three consents, in a file of the version
// before members could share a mailbox. The ids of the consents have gaps.
const manyMembers = `
	WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
	INSERT INTO members (id, email, lang, form, answers, confirmed_at, updated_at, application)
	SELECT 'm' || i, 'M' || i || '@example.ca', CASE i % 2 WHEN 0 THEN 'en' ELSE 'fr' END, '1', '{"name":["n' || i || '"]}', i, i + i % 3, 'a' || i FROM n;
	WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000)
	INSERT INTO consents (id, member, key, version, purpose, wording, lang, given, at)
	SELECT i * 7, 'm' || (i % 100000 + 1), 'k' || i % 3, '1', 'p', 'w' || i, 'fr', i % 2, i FROM n;`

// copyRows copies all rows within the file, where no migration changes them.
const copyRows = `
	CREATE TABLE copied_members AS SELECT id, email, lang, form, answers, confirmed_at, updated_at, application FROM members;
	CREATE TABLE copied_consents AS SELECT id, member, key, version, purpose, wording, lang, given, at FROM consents;`

// TestMembersKeepTheirConsentsWhenMailboxesAreShared compares every row before and after
// the migration, which a table with rows that refer to it makes dangerous.
func TestMembersKeepTheirConsentsWhenMailboxesAreShared(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	d := openAt(t, path, upTo(t, "0015_proven_mailboxes.sql"))
	if _, err := d.Write().ExecContext(t.Context(), manyMembers+copyRows); err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	d = openAt(t, path, Migrations())
	for table, want := range map[string]int{
		"members": 100_000, "consents": 300_000,
		"(SELECT * FROM copied_members EXCEPT SELECT id, email, lang, form, answers, confirmed_at, updated_at, application FROM members)": 0,
		"(SELECT * FROM copied_consents EXCEPT SELECT id, member, key, version, purpose, wording, lang, given, at FROM consents)":         0,
		"pragma_foreign_key_check": 0, "pragma_integrity_check WHERE integrity_check <> 'ok'": 0, "pragma_foreign_keys WHERE foreign_keys = 1": 1,
	} {
		if got := count(t, d.Read(), table); got != want {
			t.Errorf("there are %d %s, want %d", got, table, want)
		}
	}
	wantSharedAndProven(t, d)
}

// wantSharedAndProven wants two members to have one address, and the consents of one to
// outlive them.
func wantSharedAndProven(t *testing.T, d *DB) {
	t.Helper()
	for _, change := range []string{
		`UPDATE members SET email = 'M1@example.ca' WHERE id = 'm2'`,
		`DELETE FROM members WHERE id = 'm1'`,
	} {
		if _, err := d.Write().ExecContext(t.Context(), change); err != nil {
			t.Fatalf("%s: %v", change, err)
		}
	}
	if got := count(t, d.Read(), `consents WHERE member IN ('m1', 'm2')`); got != 6 {
		t.Errorf("of two members with one address, of whom one has left, there are %d consents, want 6", got)
	}
}
