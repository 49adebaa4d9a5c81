//go:build e2e && linux

package process

import (
	"bytes"
	"database/sql"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"unsafe"

	"joinery/app/e2e/harness"
	"joinery/app/i18n"
)

// openFile opens a database beside the program, as another program does.
func openFile(t *testing.T, path string) *sql.DB {
	t.Helper()
	file, err := sql.Open("sqlite3", path+"?_txlock=immediate&_busy_timeout=5000")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { file.Close() })
	return file
}

// lock locks a database, from this process, until unlock is called.
func lock(t *testing.T, path string) (unlock func()) {
	t.Helper()
	tx, err := openFile(t, path).Begin()
	if err != nil {
		t.Fatal(err)
	}
	return func() { tx.Rollback() } //nolint:errcheck // it wrote nothing
}

// limitFiles sets how large the files of a running process may become, which stands for a
// full disk.
func limitFiles(t *testing.T, p *process, size uint64) {
	t.Helper()
	limit := syscall.Rlimit{Cur: size, Max: ^uint64(0)}
	_, _, errno := syscall.RawSyscall6(syscall.SYS_PRLIMIT64, uintptr(p.Process.Pid), syscall.RLIMIT_FSIZE, uintptr(unsafe.Pointer(&limit)), 0, 0, 0)
	if errno != 0 {
		t.Fatal(errno)
	}
}

// wantSoundFiles wants the files of a site to be sound.
func wantSoundFiles(t *testing.T, s harness.Settings) {
	t.Helper()
	names := []string{"joinery.db"}
	if s["REDIS_URL"] == "" {
		names = append(names, "drafts.db")
	}
	for _, name := range names {
		var verdict string
		if err := openFile(t, filepath.Join(s["DATA"], name)).QueryRow(`PRAGMA integrity_check`).Scan(&verdict); err != nil || verdict != "ok" {
			t.Errorf("%s: integrity_check says %q, %v", name, verdict, err)
		}
	}
}

// wantSound wants sound files with so many applications and members.
func wantSound(t *testing.T, s harness.Settings, applications, members int) {
	t.Helper()
	wantSoundFiles(t, s)
	var waiting, there int
	err := openFile(t, filepath.Join(s["DATA"], "joinery.db")).QueryRow(`SELECT (SELECT count(*) FROM applications), (SELECT count(*) FROM members)`).Scan(&waiting, &there)
	if err != nil || waiting != applications || there != members {
		t.Errorf("there are %d applications and %d members (%v), want %d and %d", waiting, there, err, applications, members)
	}
}

// TestWhatIsTypedStaysWhileSQLiteFails and all works once the fault has passed, without a
// restart.
func TestWhatIsTypedStaysWhileSQLiteFails(t *testing.T) {
	t.Parallel()
	s := harness.NewSettings(t, nil)
	site := start(t, s)
	members, drafts := filepath.Join(s["DATA"], "joinery.db"), filepath.Join(s["DATA"], "drafts.db")
	moved := func(path string) func(*testing.T) func() {
		return func(t *testing.T) func() {
			must(t, os.Rename(path, path+".away"))
			return func() { must(t, os.Rename(path+".away", path)) }
		}
	}
	locked := func(path string) func(*testing.T) func() {
		return func(t *testing.T) func() { return lock(t, path) }
	}
	full := func(t *testing.T) func() {
		limitFiles(t, site, 1)
		return func() { limitFiles(t, site, ^uint64(0)) }
	}
	faults := []struct {
		name            string
		begin           func(*testing.T) (end func())
		members, drafts bool // which of them fails
	}{
		{"another program locks the members", locked(members), true, false},
		{"another program locks the drafts", locked(drafts), false, true},
		{"the disk is full", full, true, true},
		{"the members are moved away", moved(members), true, false},
		{"the drafts are moved away", moved(drafts), false, true},
	}
	for i, f := range faults {
		t.Run(f.name, func(t *testing.T) {
			zoe := harness.NewApplicant(t, s)
			review := zoe.FillIn("zoe@example.org")
			_, about := zoe.Open("/en/apply/about")
			zoe.ReadPage()
			end := f.begin(t)
			if f.drafts {
				wantKept(t, zoe, about, review)
			}
			if f.members {
				try(t, zoe, "/en/apply/check", harness.ConsentForm(review)).mustKeep(t, "the check page", consents...)
				typed := url.Values{"first_name": {"Ada"}, "language": {"en"}}
				try(t, harness.NewApplicant(t, s), "/en/apply/about", typed).mustKeep(t, "a new draft", `value="Ada"`)
			}
			wantUnready(t, zoe, map[[2]bool]string{{true, false}: "members and mail", {false, true}: "drafts", {true, true}: "drafts, members and mail"}[[2]bool{f.members, f.drafts}])
			end()
			wantReady(t, s)
			zoe.Send(review)
			wantSound(t, s, i+1, 0)
		})
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// TestNobodyIsWelcomedIntoALostFile that was deleted, or replaced by an older copy, while
// the program runs.
func TestNobodyIsWelcomedIntoALostFile(t *testing.T) {
	t.Parallel()
	for name, lose := range map[string]func(t *testing.T, path, copied string){
		"deleted":  func(t *testing.T, path, _ string) { must(t, os.Remove(path)) },
		"replaced": func(t *testing.T, path, copied string) { must(t, os.Rename(copied, path)) },
	} {
		t.Run(name, func(t *testing.T) {
			addr := harness.FreeAddr(t)
			s := harness.MailSettings(t, addr)
			server := harness.StartMailServer(t, addr)
			start(t, s)
			zoe, late := harness.NewApplicant(t, s), harness.NewApplicant(t, s)
			zoe.Apply()
			link, _ := zoe.LinkAndCode(server.NextLetter(t).Text)
			review := late.FillIn("late@example.org")
			late.ReadPage()
			path := filepath.Join(s["DATA"], "joinery.db")
			if _, err := openFile(t, path).Exec(`VACUUM INTO $1`, path+".copy"); err != nil {
				t.Fatal(err)
			}
			copied, err := os.ReadFile(path + ".copy")
			must(t, err)
			lose(t, path, path+".copy")
			for range 3 {
				r := try(t, zoe, link, nil)
				if r.status != http.StatusServiceUnavailable || r.retry == "" || strings.Contains(r.page, i18n.T(i18n.French, "link.used.title")) {
					t.Errorf("the link is answered with %d, Retry-After %q,\n%s", r.status, r.retry, r.page)
				}
				try(t, late, "/en/apply/check", harness.ConsentForm(review)).mustKeep(t, "the check page", consents...)
			}
			wantUnready(t, zoe, "members and mail")
			if now, err := os.ReadFile(path); name == "replaced" && (err != nil || !bytes.Equal(now, copied)) {
				t.Errorf("the file that took the place has changed (%v)", err)
			}
		})
	}
}
