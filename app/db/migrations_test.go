package db

import (
	"database/sql"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// full fills each table of a file of version 0007. The order of the links is neither that
// of their handles nor that of their times.
const full = `
	INSERT INTO mails (id, kind, about, recipient, mailbox, network, lang, subject, text, html, written, due)
	VALUES ('m1', 'confirm', 'a1', 'Zoe@example.ca', 'zoe@example.ca', 'net', 'fr', 's', 't', 'h', 1, 2);
	INSERT INTO applications (id, draft, reopened, state, email, lang, form, answers, consents, sent_at)
	VALUES ('a1', 'd1', 'd2', 'waiting', 'zoe@example.ca', 'fr', '1', '{}', '[]', 3), ('a2', 'd3', '', 'confirmed', '', 'en', '1', '{}', '[]', 4);
	INSERT INTO links (rowid, handle, secret, application, made_at, expires_at, letter, code, tries, doubted, pressed, pressed_at)
	VALUES (9, 'h1', 's1', 'a1', 5, 6, 'm1', 'c1', 2, 1, 'yes', 7), (3, 'h3', 's3', 'a1', 9, 9, '', '', 0, 0, '', 0), (5, 'h2', 's2', 'a1', 1, 9, '', '', 0, 0, '', 0);
	INSERT INTO members (id, email, lang, form, answers, confirmed_at, updated_at, application) VALUES ('a2', 'ann@example.ca', 'en', '1', '{}', 4, 4, 'a2');
	INSERT INTO consents (member, key, version, purpose, wording, lang, given, at) VALUES ('a2', 'keep', '1', 'p', 'w', 'en', 1, 4);
	INSERT INTO drafts (key, address, mailbox, lang, ends_at, reminded_at) VALUES ('d1', 'answered@example.ca', 'contact@example.ca', 'fr', 10, 11);
	INSERT INTO holders (id, secret, draft) VALUES (4, 'b1', 'd1');
	INSERT INTO ways (id, secret, kind, draft, mailbox, lang, made_at, expires_at, press)
	VALUES (2, 'w1', 'mailed', 'd1', 'to@example.ca', 'fr', 12, 13, 'p1'), (3, 'w2', 'handed', 'd1', '', 'fr', 14, 15, '');
	INSERT INTO misses (who, n, last, prior) VALUES ('c1', 3, 16, 17);
	INSERT INTO forms (version, definition, first_used) VALUES ('1', '{}', 18);
	INSERT INTO openings (day, domain, manner, n) VALUES ('2026-11-22', 'gmail.com', 'stranger', 19);`

// openFull returns a file that was filled at version 0007 and migrated to this version.
func openFull(t *testing.T) *DB {
	t.Helper()
	path := filepath.Join(t.TempDir(), "x.db")
	d := openAt(t, path, upTo(t, "0007_receipt.sql"))
	if _, err := d.Write().ExecContext(t.Context(), full); err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	return openAt(t, path, Migrations())
}

// upTo returns the migrations up to the one with the given name.
func upTo(t *testing.T, last string) fs.FS {
	t.Helper()
	names, err := fs.Glob(Migrations(), "*.sql")
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{}
	for _, name := range names {
		script, err := fs.ReadFile(Migrations(), name)
		if err != nil {
			t.Fatal(err)
		}
		if name <= last {
			files[name] = &fstest.MapFile{Data: script}
		}
	}
	return files
}

// values returns the rows of a query, each as one line.
func values(t *testing.T, from *sql.DB, query string) (all []string) {
	t.Helper()
	rows, err := from.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	row, into := make([]any, len(columns)), make([]any, len(columns))
	for i := range row {
		into[i] = &row[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		all = append(all, strings.TrimSuffix(fmt.Sprintln(row...), "\n"))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// TestRowsAreKept under the new names, the links in their order.
func TestRowsAreKept(t *testing.T) {
	d := openFull(t)
	for query, want := range map[string][]string{
		`SELECT id, kind, topic, recipient, mailbox_key, network, state FROM mails JOIN unsealed_mails ON mail = id`: {"m1 confirm a1 Zoe@example.ca  net waiting"},
		`SELECT id, draft, correction, state FROM applications ORDER BY id`:                                          {"a1 d1 d2 waiting", "a2 d3  confirmed"},
		`SELECT id, selector, verifier_hash, application, created_at, expires_at, letter, code_hash FROM links`:      {"1 h3 s3 a1 9 9  ", "2 h2 s2 a1 1 9  ", "3 h1 s1 a1 5 6 m1 c1"},
		`SELECT attempts, scanner_suspected, pending_choice, chosen_at FROM links WHERE selector = 'h1'`:             {"2 1 yes 7"},
		`SELECT id, email, application FROM members`:                                                                 {"a2 ann@example.ca a2"},
		`SELECT member, key, given FROM consents`:                                                                    {"a2 keep 1"},
		`SELECT draft, answered_email, contact_email, lang, expires_at, reminded_at FROM draft_access`:               {"d1 answered@example.ca contact@example.ca fr 10 11"},
		`SELECT id, digest, draft, proven, closed_at FROM sessions`:                                                  {"4 b1 d1  0"},
		`SELECT id, digest, kind, draft, recipient, lang, created_at, expires_at, used_by FROM grants ORDER BY 1`:    {"2 w1 mailed d1 to@example.ca fr 12 13 p1", "3 w2 handed d1  fr 14 15 "},
		`SELECT proven FROM draft_access UNION ALL SELECT proven FROM grants`:                                        {"", "", ""},
		`SELECT client, count, last_at, previous_at FROM attempts`:                                                   {"c1 3 16 17"},
		`SELECT version, definition, first_used FROM forms`:                                                          {"1 {} 18"},
		`SELECT day, domain, kind, count FROM link_opens`:                                                            {"2026-11-22 gmail.com stranger 19"},
	} {
		if got := values(t, d.Read(), query); !slices.Equal(got, want) {
			t.Errorf("%s finds %q, want %q", query, got, want)
		}
	}
}

// TestIndexesAreNamedAfterTheirTables excepts the indexes that SQLite names itself.
func TestIndexesAreNamedAfterTheirTables(t *testing.T) {
	d := openFull(t)
	for _, stray := range values(t, d.Read(), `SELECT name, tbl_name FROM sqlite_schema WHERE type = 'index' AND sql <> '' AND name NOT LIKE tbl_name || '\_%' ESCAPE '\'`) {
		t.Errorf("an index has the name of another table: %s", stray)
	}
}

func TestMigrationsKeepForeignKeys(t *testing.T) {
	d := openFull(t)
	if broken := values(t, d.Read(), `PRAGMA foreign_key_check`); len(broken) > 0 {
		t.Errorf("rows with a broken reference: %q", broken)
	}
	if _, err := d.Write().ExecContext(t.Context(), `DELETE FROM applications WHERE id = 'a1'`); err != nil {
		t.Fatal(err)
	}
	if got := count(t, d.Read(), "links"); got != 0 {
		t.Errorf("there are %d links of an application that is gone", got)
	}
}
