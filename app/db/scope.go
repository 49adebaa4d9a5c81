package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// A Scope is a file as one package uses it: errors say which package was doing
// what, and a row that is not there is an error of that package.
type Scope struct {
	*DB
	Package  string // its name, with which errors begin
	NotFound error  // its error for a row that is not there
}

// Tx runs do in a transaction, like [DB.InTx], and wraps its error.
func (s Scope) Tx(ctx context.Context, doing string, do func(*sql.Tx) error) error {
	return s.Wrap(doing, s.InTx(ctx, do))
}

// Wrap returns NotFound as it is for an error that means it, and any other error
// with what the package was doing.
func (s Scope) Wrap(doing string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, sql.ErrNoRows), errors.Is(err, s.NotFound):
		return s.NotFound
	}
	return fmt.Errorf("%s: %s: %w", s.Package, doing, MarkOutage(err))
}

// MustChange returns [sql.ErrNoRows] if a statement changed no row.
func MustChange(res sql.Result, err error) error {
	if ok, err := Changed(res, err); err != nil || ok {
		return err
	}
	return sql.ErrNoRows
}
