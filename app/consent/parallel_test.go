package consent

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"sync"
	"testing"

	"joinery/app/db"
	"joinery/app/dbtest"
)

// TestAppendsAtTheSameTimeMakeOneChain also from two programs, without a gap.
func TestAppendsAtTheSameTimeMakeOneChain(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "members.db")
	site, command := dbtest.Open(t, path), dbtest.Open(t, path)
	ring := dbtest.Ring(t, site)
	var all sync.WaitGroup
	for i := range 100 {
		for _, file := range []*db.DB{site, command} {
			all.Go(func() {
				err := file.InTx(t.Context(), func(tx *sql.Tx) error {
					return Append(t.Context(), tx, ring, fmt.Sprint("m", i), "zoe@example.ca", "", news(true), news(false))
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
	}
	all.Wait()
	h := &harness{NewStore(command, nil), command}
	if got := h.mustVerify(t); got.Rows != 400 || got.Head.Row != 400 {
		t.Errorf("the chain has %+v, want 400 rows without a gap", got)
	}
}
