package journeytest

import (
	"database/sql"
	"fmt"
	"slices"
	"sync"
	"testing"
)

// Operations returns a function that returns what was asked of the file of members
// since its last call, in the words of SQLite: each statement, and the tables and
// columns that it touches.
func (j *Journey) Operations(t testing.TB) (since func() []string) {
	t.Helper()
	var mu sync.Mutex
	var seen []string
	note := func(action int, first, second, _ string) int {
		mu.Lock()
		defer mu.Unlock()
		seen = append(seen, fmt.Sprint(action, " ", first, " ", second))
		return 0 // SQLITE_OK: it may be done
	}
	j.File.Read().SetMaxOpenConns(1) // which takes down those that are not watched
	for _, pool := range []*sql.DB{j.File.Read(), j.File.Write()} {
		watch(t, pool, note)
	}
	return func() []string {
		mu.Lock()
		defer mu.Unlock()
		all := seen
		seen = nil
		return slices.Clone(all)
	}
}

// An authorizing connection asks a function before each action. Package db alone
// knows the driver.
type authorizing interface {
	RegisterAuthorizer(func(action int, first, second, database string) int)
}

// watch calls note before each action of the only connection of a pool.
func watch(t testing.TB, pool *sql.DB, note func(int, string, string, string) int) {
	t.Helper()
	conn, err := pool.Conn(t.Context())
	Must(t, err)
	defer conn.Close()
	Must(t, conn.Raw(func(driver any) error {
		driver.(authorizing).RegisterAuthorizer(note)
		return nil
	}))
}

// RowsChanged returns how many rows of the file of members were ever changed.
func (j *Journey) RowsChanged(t testing.TB) (n int) {
	t.Helper()
	Must(t, j.File.Write().QueryRowContext(t.Context(), `SELECT total_changes()`).Scan(&n))
	return n
}
