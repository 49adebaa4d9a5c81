package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// A Scope is a file in the use of one package: errors name the package and the operation,
// and a missing row is an error of the package.
type Scope struct {
	*DB
	Package  string // the name of the package, with which errors begin
	NotFound error  // the error of the package for a missing row
}

// Tx runs do in a transaction, as [DB.InTx] does, and wraps its error.
func (s Scope) Tx(ctx context.Context, operation string, do func(*sql.Tx) error) error {
	return s.Wrap(operation, s.InTx(ctx, do))
}

// Wrap returns NotFound for a missing row, and any other error with the name of the
// operation.
func (s Scope) Wrap(operation string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, sql.ErrNoRows), errors.Is(err, s.NotFound):
		return s.NotFound
	}
	return fmt.Errorf("%s: %s: %w", s.Package, operation, MarkOutage(err))
}

// MustChange returns [sql.ErrNoRows] if a statement changed no row.
func MustChange(res sql.Result, err error) error {
	if ok, err := Changed(res, err); err != nil || ok {
		return err
	}
	return sql.ErrNoRows
}
