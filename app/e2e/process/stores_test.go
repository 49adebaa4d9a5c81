//go:build e2e

package process

import (
	"database/sql"
	"path/filepath"
	"testing"

	"joinery/app/db"
	"joinery/app/e2e/harness"
	"joinery/app/redistest"
	"joinery/app/seal"
)

// onEachStore runs a test on either store of drafts, in one of the ways each,
// with settings of a site whose mail goes to a server.
func onEachStore(t *testing.T, test func(*testing.T, harness.Way, harness.Settings, *harness.MailServer)) {
	t.Parallel()
	for store, w := range map[string]harness.Way{"in the embedded store": harness.BothScripts[0], "in Redis": harness.BothScripts[1]} {
		t.Run(store, func(t *testing.T) {
			t.Parallel()
			addr := harness.FreeAddr(t)
			s := harness.MailSettings(t, addr)
			if store == "in Redis" {
				s["REDIS_URL"] = redistest.Start(t)
			}
			test(t, w, s, harness.StartMailServer(t, addr))
		})
	}
}

// countMails returns how many letters a condition in SQL describes.
func countMails(t *testing.T, s harness.Settings, condition string) (n int) {
	t.Helper()
	file, err := sql.Open("sqlite3", filepath.Join(s["DATA"], "joinery.db")+"?_busy_timeout=5000")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if err := file.QueryRow(`SELECT count(*) FROM mails WHERE ` + condition).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// countMailsTo returns how many letters are to an address.
func countMailsTo(t *testing.T, s harness.Settings, to string) int {
	t.Helper()
	return countMails(t, s, "address_key = '"+keysOf(t, s).Digest("mail address", to)+"'")
}

// keysOf returns the keys of a site.
func keysOf(t *testing.T, s harness.Settings) *seal.Ring {
	t.Helper()
	file, err := db.Open(t.Context(), filepath.Join(s["DATA"], "joinery.db"), db.PowerLoss, db.Migrations())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { file.Close() })
	ring, err := seal.Load(t.Context(), file, seal.FromFile(filepath.Join(s["DATA"], "master.key")))
	if err != nil {
		t.Fatal(err)
	}
	return ring
}
