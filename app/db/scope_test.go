package db

import (
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"testing"
)

func newScope(t *testing.T) Scope {
	t.Helper()
	d := openAt(t, filepath.Join(t.TempDir(), "x.db"), steps)
	return Scope{DB: d, Package: "shop", NotFound: errors.New("shop: not found")}
}

func TestScopeNamesThePackageAndTheOperation(t *testing.T) {
	s, failure := newScope(t), errors.New("no")
	for _, tt := range []struct {
		err, want error
		words     string
	}{
		{nil, nil, ""},
		{sql.ErrNoRows, s.NotFound, "shop: not found"},
		{fmt.Errorf("deep: %w", sql.ErrNoRows), s.NotFound, "shop: not found"},
		{s.NotFound, s.NotFound, "shop: not found"},
		{failure, failure, "shop: sell: no"},
	} {
		for name, got := range map[string]error{
			"Wrap": s.Wrap("sell", tt.err),
			"Tx":   s.Tx(t.Context(), "sell", func(*sql.Tx) error { return tt.err }),
		} {
			if !errors.Is(got, tt.want) || got != nil && got.Error() != tt.words {
				t.Errorf("%s of %v is %v, want %q", name, tt.err, got, tt.words)
			}
		}
	}
}

func TestMustChange(t *testing.T) {
	d := newScope(t).Write()
	for statement, want := range map[string]error{`UPDATE a SET name = 'x'`: nil, `UPDATE a SET name = 'x' WHERE FALSE`: sql.ErrNoRows} {
		if err := MustChange(d.ExecContext(t.Context(), statement)); err != want {
			t.Errorf("%s: %v, want %v", statement, err, want)
		}
	}
	if err := MustChange(d.ExecContext(t.Context(), `UPDATE nowhere SET name = 'x'`)); err == nil || err == sql.ErrNoRows {
		t.Errorf("a statement that fails: %v, want why", err)
	}
}
