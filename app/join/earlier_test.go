package join

import (
	"fmt"
	"io/fs"
	"path/filepath"
	"testing"
	"testing/fstest"
	"time"

	"joinery/app/access"
	"joinery/app/db"
	"joinery/app/mail"
	"joinery/app/member"
	"joinery/app/token"
)

// fileOfBefore makes a file as the program made it before there were codes and
// presses: Zoe has been sent two links, the older of which is superseded, and
// Ann none, because of her budget.
func fileOfBefore(t *testing.T) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "members.db")
	names, err := fs.Glob(db.Migrations(), "*.sql")
	fine(t, err)
	earlier := fstest.MapFS{}
	for _, name := range names[:5] {
		script, err := fs.ReadFile(db.Migrations(), name)
		fine(t, err)
		earlier[name] = &fstest.MapFile{Data: script}
	}
	file, err := db.Open(t.Context(), path, db.PowerLoss, earlier)
	fine(t, err)
	defer file.Close()
	sent, expires := noon.Unix(), noon.Add(24*time.Hour).Unix()
	_, err = file.Write().ExecContext(t.Context(), fmt.Sprintf(`
		INSERT INTO applications (id, draft, state, email, lang, form, answers, consents, sent_at) VALUES
			('A1', 'D1', 'waiting', 'Zoe@example.ca', 'fr', '1', '{"mail":["Zoe@example.ca"]}', '[{"key":"keep","given":true}]', %[1]d),
			('A2', 'D2', 'waiting', 'ann@example.ca', 'fr', '1', '{}', '[]', %[1]d);
		INSERT INTO links (handle, secret, application, made_at, expires_at) VALUES
			('OLD', '%[3]s', 'A1', %[1]d, %[2]d), ('NEW', '%[3]s', 'A1', %[1]d, %[2]d);
		INSERT INTO mails (id, kind, recipient, lang, subject, text, html, written, due, state, settled) VALUES
			('M1', 'confirm', 'Zoe@example.ca', 'fr', '', '', '', %[1]d, 0, 'delivered', %[1]d),
			('M2', 'confirm', 'Zoe@example.ca', 'fr', '', '', '', %[1]d, 0, 'delivered', %[1]d);
		INSERT INTO drafts (key, ends_at) VALUES ('D1', %[2]d), ('D2', %[2]d);
		INSERT INTO holders (secret, draft) VALUES ('%[4]s', 'D1'), ('%[5]s', 'D2');`,
		sent, expires, token.Digest("PROOF"), token.Digest("zoe"), token.Digest("ann")))
	fine(t, err)
	return path
}

// TestAFileOfBeforeGoesOnWorking opens one with this program.
func TestAFileOfBeforeGoesOnWorking(t *testing.T) {
	t.Parallel()
	tests := map[string]func(t *testing.T, b *bench){
		"its links stand as they did": func(t *testing.T, b *bench) {
			b.wantLink(t, "NEW-PROOF", Open)
			b.wantLink(t, "OLD-PROOF", Superseded)
			b.wantLink(t, "NEW-WRONG", Mistyped)
			b.pass(b.LinkTTL)
			b.wantLink(t, "NEW-PROOF", Late)
		},
		"the browser that applied confirms": func(t *testing.T, b *bench) {
			l := b.link(t, "NEW-PROOF")
			if !b.Own(t.Context(), l, "zoe") || b.Own(t.Context(), l, "ann") {
				t.Error("it is not known whose the link is")
			}
			fine(t, b.Confirm(t.Context(), l))
			b.wantCount(t, "members WHERE email = 'Zoe@example.ca'", 1)
			b.wantCount(t, "consents", 1)
		},
		"another one presses": func(t *testing.T, b *bench) {
			b.press(t, "NEW-PROOF", member.Accept)
			b.pass(confirmDelay)
			b.settle(t)
			b.wantLink(t, "NEW-PROOF", Used)
		},
		"or ends it": func(t *testing.T, b *bench) {
			b.press(t, "NEW-PROOF", member.ConfirmDecline)
			b.pass(confirmDelay)
			b.settle(t)
			b.wantLink(t, "NEW-PROOF", Withdrawn)
		},
		"there is no code, and nothing is a right one": func(t *testing.T, b *bench) {
			b.wantTried(t, "zoe", "", "mistyped 4")
			b.wantTried(t, "zoe", "AAAAAA", "mistyped 3")
			b.wantProof(t, "NEW-PROOF", "", member.Accept, Mistyped, 2)
			b.wantProof(t, "NEW-PROOF", "", member.ConfirmDecline, Mistyped, 1)
		},
		"nobody knows what became of its letters": func(t *testing.T, b *bench) {
			if post := b.post(t, "zoe"); post.State != mail.Unknown || !post.NextAllowed.Equal(noon.Add(5*time.Minute)) {
				t.Errorf("the letter is %+v, want it unknown, and another one in five minutes", post)
			}
		},
		"its letters count": func(t *testing.T, b *bench) {
			b.again(t, "zoe")
			b.wantLink(t, "NEW-PROOF", Superseded)
			b.wantTried(t, "zoe", "AAAAAA", "mistyped 4")
			if next := b.post(t, "zoe").NextAllowed; !next.Equal(noon.Add(b.Limits.PerAddress.Per + time.Second)) {
				t.Errorf("after three letters another one can be asked for at %v", next)
			}
			b.send(t, b.filledIn(t, "zoe@example.ca"))
			b.wantCount(t, "mails", 3)
			b.wantTried(t, "zoe", b.proofCode(t), "used 0")
		},
		"who was sent no letter can ask for one": func(t *testing.T, b *bench) {
			b.wantTried(t, "ann", "AAAAAA", "mistyped 5")
			if post := b.post(t, "ann"); post.State != mail.Queued {
				t.Errorf("the letter is %+v, want it queued", post)
			}
			b.again(t, "ann")
			b.confirmed(t)
			b.wantCount(t, "members WHERE email = 'ann@example.ca'", 1)
		},
		"and correct the address": func(t *testing.T, b *bench) {
			fine(t, b.ChangeEmail(t.Context(), "zoe", "right@example.ca", ""))
			b.wantLink(t, "NEW-PROOF", Replaced)
			b.confirmed(t)
			b.wantCount(t, "members WHERE email = 'right@example.ca'", 1)
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file, err := db.Open(t.Context(), fileOfBefore(t), db.PowerLoss, db.Migrations())
			fine(t, err)
			t.Cleanup(func() { file.Close() })
			b := benches["embedded"](t)
			b.file, b.Members, b.Access = file, member.NewStore(file), access.NewStore(file)
			test(t, b)
		})
	}
}
