package journeytest

import (
	"database/sql"
	"path/filepath"
	"testing"
	"time"

	"joinery/app/dbtest"
	"joinery/app/draft"
)

// An opener opens a draft store that is closed with the test, and a way to look
// into it, which returns the keys of all drafts.
type opener func(t testing.TB, ttl time.Duration, now func() time.Time) (s draft.Store, kept func(testing.TB) []string)

func openEmbedded(t testing.TB, ttl time.Duration, now func() time.Time) (draft.Store, func(testing.TB) []string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "drafts.db")
	return dbtest.Drafts(t, path, ttl, now), func(t testing.TB) []string {
		t.Helper()
		file, err := sql.Open("sqlite3", path)
		Must(t, err)
		defer file.Close()
		return column(t, file, `SELECT key FROM drafts UNION SELECT draft FROM sections`)
	}
}

// StoredDraft returns the draft with the given key, as the draft store needs it.
func (j *Journey) StoredDraft(t testing.TB, key string) draft.ID {
	t.Helper()
	info, err := j.Access.ByDraft(t.Context(), key)
	Must(t, err)
	return draft.ID{Key: key, Seal: info.Key, MayBeClear: info.MayBeClear}
}

// column returns the only column of what a query finds.
func column(t testing.TB, from *sql.DB, query string, args ...any) (all []string) {
	t.Helper()
	rows, err := from.QueryContext(t.Context(), query, args...)
	Must(t, err)
	defer rows.Close()
	for rows.Next() {
		var value string
		Must(t, rows.Scan(&value))
		all = append(all, value)
	}
	Must(t, rows.Err())
	return all
}
