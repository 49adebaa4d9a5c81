package db

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"github.com/mattn/go-sqlite3"
)

// outages are what SQLite says when the file cannot be used now: the fault is not
// in the statement, and may pass or be mended while the program runs.
var outages = []sqlite3.ErrNo{
	sqlite3.ErrPerm, sqlite3.ErrBusy, sqlite3.ErrLocked, sqlite3.ErrNomem, sqlite3.ErrReadonly, sqlite3.ErrIoErr,
	sqlite3.ErrCorrupt, sqlite3.ErrFull, sqlite3.ErrCantOpen, sqlite3.ErrProtocol, sqlite3.ErrNotADB,
}

// An outage is an error that says that the store cannot be used now.
type outage struct{ error }

// Unavailable reports that the store cannot be used now.
func (outage) Unavailable() bool { return true }

// Store names the kind of store.
func (outage) Store() string { return "sqlite" }

// Unwrap returns what SQLite or database/sql said.
func (o outage) Unwrap() error { return o.error }

// MarkOutage returns err so that errors.As finds in it a method Unavailable, if
// it says that the store cannot be used now. Other errors it returns as they are.
func MarkOutage(err error) error {
	said := sqlite3.Error{}
	switch {
	case errors.As(err, &said) && said.ExtendedCode == sqlite3.ErrConstraintCommitHook:
		return outage{fmt.Errorf("nothing was committed, as the file or its journal is not at its path any more: %w", err)}
	case errors.As(err, &said) && slices.Contains(outages, said.Code),
		errors.Is(err, sql.ErrConnDone), errors.Is(err, sql.ErrTxDone), err != nil && err.Error() == "sql: database is closed":
		return outage{err}
	}
	return err
}
