package access

import (
	"io/fs"
	"path"
	"path/filepath"
	"reflect"
	"testing"
	"testing/fstest"
	"time"

	"joinery/app/db"
	"joinery/app/dbtest"
	"joinery/app/i18n"
	"joinery/app/token"
)

// earlierRows are what a version of before wrote: the draft one is that of its owner, who
// came in by a link, and has made a code; two is that of a stranger.
var earlierRows = `
	INSERT INTO draft_access (draft, answered_email, contact_email, lang, expires_at, proven) VALUES
		('one', 'Zoe@example.ca', 'zoe@example.ca', 'fr', 1795953600, '` + token.Digest("zoe@example.ca") + `'),
		('two', 'zoe@example.ca', '', '', 1795953600, '');
	INSERT INTO sessions (digest, draft, proven, closed_at) VALUES
		('owner', 'one', '` + token.Digest("zoe@example.ca") + `', 0), ('closed', 'one', '', 7), ('stranger', 'two', '', 0);
	INSERT INTO grants (digest, kind, draft, recipient, lang, created_at, expires_at, proven) VALUES
		('link', 'mailed', 'one', 'zoe@EXAMPLE.ca', 'fr', 1, 1795953600, ''),
		('code', 'handed', 'one', '', 'fr', 1, 1795953600, '` + token.Digest("zoe@example.ca") + `');
	INSERT INTO attempts (client, count, last_at) VALUES ('a digest of a network', 4, 1795348799)`

// newEarlierHarness opens a file that the version of before has written.
func newEarlierHarness(t *testing.T) *harness {
	t.Helper()
	dir := t.TempDir()
	file, err := db.Open(t.Context(), filepath.Join(dir, "members.db"), db.Crash, migrationsUntil(t, "0017_keys.sql"))
	fine(t, err)
	_, err = file.Write().ExecContext(t.Context(), earlierRows)
	fine(t, err)
	fine(t, file.Close())
	file = dbtest.Open(t, filepath.Join(dir, "members.db"))
	return &harness{Store: NewStore(file, dbtest.Ring(t, file)), file: file, dir: dir}
}

func migrationsUntil(t *testing.T, last string) fs.FS {
	t.Helper()
	names, err := fs.Glob(db.Migrations(), "*.sql")
	fine(t, err)
	until := fstest.MapFS{}
	for _, name := range names {
		if path.Base(name) > last {
			continue
		}
		script, err := fs.ReadFile(db.Migrations(), name)
		fine(t, err)
		until[name] = &fstest.MapFile{Data: script}
	}
	return until
}

func TestWhatAnEarlierVersionKeptInClearIsSealed(t *testing.T) {
	t.Parallel()
	h := newEarlierHarness(t)
	fine(t, h.SealEarlier(t.Context()))
	keys := []string{h.keyOf(t, "one"), h.keyOf(t, "two")}
	fine(t, h.SealEarlier(t.Context())) // the second time there is nothing to seal
	if again := []string{h.keyOf(t, "one"), h.keyOf(t, "two")}; !reflect.DeepEqual(again, keys) || keys[0] == "" || keys[0] == keys[1] {
		t.Errorf("the keys were %q and are %q", keys, again)
	}
	all, err := h.ByEmail(t.Context(), "zoe@example.ca", 9)
	if err != nil || len(all) != 2 || all[0].Draft != "one" || !all[0].Proven("ZOE@example.ca") || all[1].AnyProven() {
		t.Fatalf("the address has the drafts %+v, %v, want both, first the one that it was proven for", all, err)
	}
	h.wantCount(t, "attempts", 0)
	want := DraftInfo{Draft: "one", AnsweredEmail: "Zoe@example.ca", ContactEmail: "zoe@example.ca", Lang: i18n.French, ExpiresAt: later, MayBeClear: true, proven: all[0].proven}
	want.ExpiresAt = time.Unix(1795953600, 0).UTC()
	h.wantInfo(t, want)
	h.enter(t, Grant{Digest: "code"}, "phone", noon)
	if g, err := h.Grant(t.Context(), "link"); err != nil || g.Recipient != "zoe@EXAMPLE.ca" {
		t.Errorf("the link is %+v, %v", g, err)
	}
	h.enter(t, Grant{Digest: "link"}, "owner too", noon)
	h.wantSession(t, "owner", "one")
	h.wantSession(t, "phone", "one")
	h.wantClosed(t, "closed")
	h.wantNoTrace(t, "example", "EXAMPLE", "a digest of a network", token.Digest("zoe@example.ca"))
}
