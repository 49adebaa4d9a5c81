package db

import (
	"context"
	"database/sql/driver"
	"errors"
	"os"

	"github.com/mattn/go-sqlite3"
)

// guarded connects to a file. SQLite does not notice when the open file is deleted or
// replaced: it goes on in the deleted one, and all is lost when the program ends. So a
// guarded connection commits nothing then, and no new connection opens the other file.
type guarded struct {
	dsn     string
	inPlace func() error
}

// Connect returns a new connection.
func (g guarded) Connect(context.Context) (driver.Conn, error) { return g.Driver().Open(g.dsn) }

// Driver returns SQLite, with the guard.
func (g guarded) Driver() driver.Driver {
	return &sqlite3.SQLiteDriver{ConnectHook: func(conn *sqlite3.SQLiteConn) error {
		conn.RegisterCommitHook(func() int {
			if g.inPlace() != nil {
				return 1 // roll back
			}
			return 0
		})
		return g.inPlace()
	}}
}

// inPlace returns an outage unless the open file is still at its path, and its journal
// beside it. Before the file is open, it returns nil.
func (c *check) inPlace() error {
	if c.file == nil {
		return nil
	}
	info, err := os.Stat(c.path)
	switch {
	case err != nil:
		return outage{err}
	case !os.SameFile(info, c.file):
		return outage{errors.New("another file has taken its place; restart the program to open that one")}
	case info.Size() == 0:
		return outage{errors.New("the file is empty")}
	}
	if _, err := os.Stat(c.path + "-wal"); err != nil {
		return outage{err}
	}
	return nil
}
