package db

import (
	"path/filepath"
	"testing"
)

// manyApplications makes 20,000 applications that wait, each with three links, and as many
// that have ended, in a file of the version before applications were sealed.
const manyApplications = `
	WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40000)
	INSERT INTO applications (id, draft, state, email, lang, form, answers, consents, sent_at)
	SELECT 'a' || i, 'd' || i, iif(i % 2, 'waiting', 'expired'), iif(i % 2, 'Zoe' || i || '@example.ca', ''), 'fr', '1', '{"name":["Zoë"]}', '[]', i FROM n;
	WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000)
	INSERT INTO links (id, selector, verifier_hash, application, created_at, expires_at)
	SELECT i * 7, 's' || i, 'v', 'a' || (i % 20000 * 2 + 1), i, i + 1 FROM n;
	CREATE TABLE copied_links AS SELECT * FROM links;`

// TestApplicationsKeepTheirLinksWhenTheyAreSealed compares every link before and after the
// migration, which a table with rows that refer to it makes dangerous.
func TestApplicationsKeepTheirLinksWhenTheyAreSealed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	d := openAt(t, path, upTo(t, "0017_keys.sql"))
	if _, err := d.Write().ExecContext(t.Context(), manyApplications); err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	d = openAt(t, path, Migrations())
	for table, want := range map[string]int{
		"applications": 40_000, "links": 60_000,
		"(SELECT * FROM copied_links EXCEPT SELECT * FROM links)": 0,
		"applications WHERE state = 'waiting' AND content = json_object('email', 'Zoe' || sent_at || '@example.ca', 'answers', json('{\"name\":[\"Zoë\"]}'), 'consents', json('[]'))": 20_000,
		"applications WHERE state = 'expired' AND content = ''": 20_000,
		"pragma_foreign_key_check":                              0, "pragma_integrity_check WHERE integrity_check <> 'ok'": 0,
	} {
		if got := count(t, d.Read(), table); got != want {
			t.Errorf("there are %d %s, want %d", got, table, want)
		}
	}
}
