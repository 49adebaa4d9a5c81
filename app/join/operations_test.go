package join

import (
	"database/sql"
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/mattn/go-sqlite3"
)

// operations returns what is asked of the file of members from now on, in the
// words of SQLite: each statement, and the tables and columns that it touches.
func (b *bench) operations(t *testing.T) (since func() []string) {
	t.Helper()
	var mu sync.Mutex
	var seen []string
	note := func(action int, first, second, _ string) int {
		mu.Lock()
		defer mu.Unlock()
		seen = append(seen, fmt.Sprint(action, " ", first, " ", second))
		return sqlite3.SQLITE_OK
	}
	b.file.Read().SetMaxOpenConns(1) // which takes down those that are not watched
	for _, pool := range []*sql.DB{b.file.Read(), b.file.Write()} {
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

// watch calls note for each action of the one connection of a pool.
func watch(t *testing.T, pool *sql.DB, note func(int, string, string, string) int) {
	t.Helper()
	conn, err := pool.Conn(t.Context())
	fine(t, err)
	defer conn.Close()
	fine(t, conn.Raw(func(driver any) error {
		driver.(*sqlite3.SQLiteConn).RegisterAuthorizer(note)
		return nil
	}))
}

// changes returns how many rows of the file of members were ever changed.
func (b *bench) changes(t *testing.T) (n int) {
	t.Helper()
	fine(t, b.file.Write().QueryRowContext(t.Context(), `SELECT total_changes()`).Scan(&n))
	return n
}
