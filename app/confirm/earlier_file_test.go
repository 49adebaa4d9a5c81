package confirm_test

import (
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"joinery/app/confirm"
	"joinery/app/db"
	"joinery/app/dbtest"
	"joinery/app/journeytest"
	"joinery/app/mail"
	"joinery/app/member"
	"joinery/app/token"
)

// The tokens of the links in the letters to Zoe.
const (
	oldToken = "OLDAAAAAAA-PROOFPROOFPROOFPROOFPROOFP"
	newToken = "NEWAAAAAAA-PROOFPROOFPROOFPROOFPROOFP"
)

// earlierFile makes a file of members as the program made it before there were codes
// and choices: Zoe has been sent two links, the older of which is superseded, and
// Ann none, because of her budget.
func earlierFile(t *testing.T) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "members.db")
	file, err := db.Open(t.Context(), path, db.PowerLoss, firstMigrations(t, 5))
	journeytest.Must(t, err)
	defer file.Close()
	sent, expires := journeytest.Noon.Unix(), journeytest.Noon.Add(24*time.Hour).Unix()
	_, err = file.Write().ExecContext(t.Context(), fmt.Sprintf(`
		INSERT INTO applications (id, draft, state, email, lang, form, answers, consents, sent_at) VALUES
			('A1', 'D1', 'waiting', 'Zoe@example.ca', 'fr', '1', '{"mail":["Zoe@example.ca"]}', '[{"key":"keep","given":true}]', %[1]d),
			('A2', 'D2', 'waiting', 'ann@example.ca', 'fr', '1', '{}', '[]', %[1]d);
		INSERT INTO links (handle, secret, application, made_at, expires_at) VALUES
			('%[6]s', '%[3]s', 'A1', %[1]d, %[2]d), ('%[7]s', '%[3]s', 'A1', %[1]d, %[2]d);
		INSERT INTO mails (id, kind, recipient, lang, subject, text, html, written, due, state, settled) VALUES
			('M1', 'confirm', 'Zoe@example.ca', 'fr', '', '', '', %[1]d, 0, 'delivered', %[1]d),
			('M2', 'confirm', 'Zoe@example.ca', 'fr', '', '', '', %[1]d, 0, 'delivered', %[1]d);
		INSERT INTO drafts (key, ends_at) VALUES ('D1', %[2]d), ('D2', %[2]d);
		INSERT INTO holders (secret, draft) VALUES ('%[4]s', 'D1'), ('%[5]s', 'D2');`,
		sent, expires, token.Digest(newToken[11:]), token.Digest("zoe"), token.Digest("ann"), oldToken[:10], newToken[:10]))
	journeytest.Must(t, err)
	return path
}

// firstMigrations returns the first n migrations.
func firstMigrations(t *testing.T, n int) fs.FS {
	t.Helper()
	names, err := fs.Glob(db.Migrations(), "*.sql")
	journeytest.Must(t, err)
	first := fstest.MapFS{}
	for _, name := range names[:n] {
		script, err := fs.ReadFile(db.Migrations(), name)
		journeytest.Must(t, err)
		first[name] = &fstest.MapFile{Data: script}
	}
	return first
}

// TestAFileOfAnEarlierVersionGoesOnWorking opens one with this program.
func TestAFileOfAnEarlierVersionGoesOnWorking(t *testing.T) {
	t.Parallel()
	tests := map[string]func(t *testing.T, j *journeytest.Journey){
		"its links stand as they did":             earlierLinksStand,
		"the browser that applied confirms":       earlierBrowserConfirms,
		"a choice confirms":                       earlierChoice(member.Accept, confirm.Used),
		"a choice ends it":                        earlierChoice(member.ConfirmDecline, confirm.Withdrawn),
		"there is no code, and none is right":     earlierHasNoCode,
		"what became of its letters is not known": earlierLettersAreUnknown,
		"its letters count":                       earlierLettersCount,
		"an applicant without a letter can ask":   earlierWithoutALetter,
		"the address can be changed":              earlierChangesAddress,
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := earlierFile(t)
			j := journeytest.New(t, func(s *journeytest.Setup) { s.File = dbtest.Open(t, path) })
			journeytest.Must(t, mail.SealEarlier(t.Context(), j.File, j.Ring))
			test(t, j)
		})
	}
}

func earlierLinksStand(t *testing.T, j *journeytest.Journey) {
	j.WantConfirmLink(t, newToken, confirm.Open)
	j.WantConfirmLink(t, oldToken, confirm.Superseded)
	j.WantConfirmLink(t, newToken[:11]+strings.Repeat("A", 26), confirm.Mistyped)
	j.Pass(j.LinkTTL)
	j.WantConfirmLink(t, newToken, confirm.Late)
}

func earlierBrowserConfirms(t *testing.T, j *journeytest.Journey) {
	l := j.ConfirmLink(t, newToken)
	if !j.Owns(t.Context(), "zoe", l) || j.Owns(t.Context(), "ann", l) {
		t.Error("it is not known whose the link is")
	}
	journeytest.Must(t, j.Confirm.Confirm(t.Context(), l, ""))
	j.WantCount(t, "members WHERE email = 'Zoe@example.ca'", 1)
	j.WantCount(t, "consents", 1)
}

// earlierChoice returns a test that makes a choice, which has a link stand so.
func earlierChoice(c member.Choice, want confirm.LinkStatus) func(*testing.T, *journeytest.Journey) {
	return func(t *testing.T, j *journeytest.Journey) {
		j.Choose(t, newToken, c)
		j.Pass(confirm.ConfirmDelay)
		j.ApplyPendingChoices(t)
		j.WantConfirmLink(t, newToken, want)
	}
}

func earlierHasNoCode(t *testing.T, j *journeytest.Journey) {
	j.WantCodeResult(t, "zoe", "CCCCCC", "mistyped 4")
	j.WantCodeResult(t, "zoe", "AAAAAA", "mistyped 3")
	wantLinkCode(t, j, newToken, "AAAAAA", member.Accept, confirm.CodeMistyped, 2)
	wantLinkCode(t, j, newToken, "AAAAAA", member.ConfirmDecline, confirm.CodeMistyped, 1)
	journeytest.Must(t, j.Confirm.RecordChoice(t.Context(), j.ConfirmLink(t, newToken), member.Accept, true))
	j.WantConfirmLink(t, newToken, confirm.Spent) // a scanner follows it, and there is no code
}

func earlierLettersAreUnknown(t *testing.T, j *journeytest.Journey) {
	if c := j.Confirmation(t, "zoe"); c.State != mail.Unknown || !c.NextAllowed.Equal(journeytest.Noon.Add(5*time.Minute)) {
		t.Errorf("the letter is %+v, want it unknown, and another one in five minutes", c)
	}
}

func earlierLettersCount(t *testing.T, j *journeytest.Journey) {
	j.Resend(t, "zoe")
	j.WantConfirmLink(t, newToken, confirm.Superseded)
	j.WantCodeResult(t, "zoe", "AAAAAA", "mistyped 4")
	if next := j.Confirmation(t, "zoe").NextAllowed; !next.Equal(journeytest.Noon.Add(j.Limits.PerAddress.Per + time.Second)) {
		t.Errorf("after three letters another one can be asked for at %v", next)
	}
	code := j.ConfirmCode(t)
	j.MustSubmit(t, j.FinishedAs(t, "zoe@example.ca"))
	j.WantCount(t, "mails WHERE planned > "+fmt.Sprint(j.Time.Unix()), 1)
	j.WantCodeResult(t, "zoe", code, "confirmed 0")
}

func earlierWithoutALetter(t *testing.T, j *journeytest.Journey) {
	j.WantCodeResult(t, "ann", "AAAAAA", "mistyped 5")
	if c := j.Confirmation(t, "ann"); c.State != mail.Queued {
		t.Errorf("the letter is %+v, want it queued", c)
	}
	j.Resend(t, "ann")
	j.ConfirmNewest(t)
	j.WantCount(t, "members WHERE email = 'ann@example.ca'", 1)
}

func earlierChangesAddress(t *testing.T, j *journeytest.Journey) {
	journeytest.Must(t, j.ChangeEmail(t.Context(), "zoe", "right@example.ca", ""))
	j.WantConfirmLink(t, newToken, confirm.Replaced)
	j.ConfirmNewest(t)
	j.WantCount(t, "members WHERE email = 'right@example.ca'", 1)
}
