package cli

import (
	"context"
	"database/sql"
	"encoding/json"
	"log/slog"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"joinery/app/consent"
	"joinery/app/dbtest"
)

// A consentSite is the database of a site with some members and their consents.
type consentSite struct{ data string }

// newConsentSite returns a site with the members Zoe, and two who share a mailbox. Each has
// agreed to news, and Tom, who has left, did too.
func newConsentSite(t *testing.T) consentSite {
	t.Helper()
	s := consentSite{t.TempDir()}
	file := dbtest.Open(t, filepath.Join(s.data, "joinery.db"))
	defer file.Close()
	ring := dbtest.Ring(t, file)
	err := file.InTx(t.Context(), func(tx *sql.Tx) error {
		for i, email := range []string{"Tom@example.ca", "Zoe@example.ca", "both@example.ca", "Both@example.ca"} {
			id := string(rune('A' + i))
			c := consent.Consent{Key: "consent_news", Version: "2", Purpose: "News", Wording: "I agree to news.", Lang: "en", Given: true, At: time.Date(2026, 11, 22, 17, 0, 0, 0, time.UTC)}
			if err := consent.Append(t.Context(), tx, ring, id, email, "", c); err != nil {
				return err
			}
			if _, err := tx.Exec(`INSERT INTO members (id, email, lang, form, answers, confirmed_at, updated_at) SELECT $1, $2, 'en', '1', '{}', 1, 1 WHERE $1 <> 'A'`, id, email); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// run runs a command at the site. Each + in the line stands for a blank in an argument.
func (s consentSite) run(t *testing.T, line string) (out string, err error) {
	t.Helper()
	env := map[string]string{"DATA": s.data, "MASTER_KEY": dbtest.MasterKey}
	args := strings.Split(line, " ")
	for i := range args {
		args[i] = strings.ReplaceAll(args[i], "+", " ")
	}
	var b strings.Builder
	err = Run(t.Context(), templates, args, func(key string) string { return env[key] }, &b, slog.New(slog.DiscardHandler))
	return b.String(), err
}

// mustRun wants a command to print texts that match, one in each line.
func (s consentSite) mustRun(t *testing.T, line string, want ...string) string {
	t.Helper()
	out, err := s.run(t, line)
	if err != nil {
		t.Fatalf("joinery %s ends with %v", line, err)
	}
	if match, err := regexp.MatchString(`^`+strings.Join(want, `\n`)+`\n$`, out); err != nil || !match {
		t.Errorf("joinery %s prints\n%s(%v) want\n%s", line, out, err, strings.Join(want, "\n"))
	}
	return out
}

const (
	header  = `row  time +member  address +consent +version  language  answer  how`
	wording = `consent_news, version 2, en: I agree to news\.`
)

func TestTheHistoryOfConsentsIsPrinted(t *testing.T) {
	t.Parallel()
	s := newConsentSite(t)
	s.mustRun(t, "consents", header,
		`1    2026-11-22 12:00  A +\(has left\) +consent_news  2 +en +yes +in the form`,
		`2    2026-11-22 12:00  B +Zoe@example.ca +consent_news  2 +en +yes +in the form`,
		`3 .*`, `4 .*`, ``, wording)
	s.mustRun(t, "consents zoe@EXAMPLE.ca", header, `2 .* B .*`, ``, wording)
	s.mustRun(t, "consents tom@example.ca", header, `1 .* A .*`, ``, wording)
	s.mustRun(t, "consents nobody@example.ca", `There is no consent\.`)
	s.mustRun(t, "consents nobody@example.ca --json", `\[\]`)
	var all []map[string]any
	if err := json.Unmarshal([]byte(s.mustRun(t, "consents --json", `\[`, `.*`, `.*`, `.*`, `.*`, `\]`)), &all); err != nil {
		t.Fatal(err)
	}
	if zoe := all[1]; zoe["row"] != 2.0 || zoe["email"] != "Zoe@example.ca" || zoe["given"] != true || zoe["wording"] != "I agree to news." || zoe["at"] != "2026-11-22T17:00:00Z" || zoe["how"] != "" {
		t.Errorf("as JSON it is %v", zoe)
	}
}

func TestAWithdrawalIsRecordedAndTheChainHolds(t *testing.T) {
	t.Parallel()
	s := newConsentSite(t)
	s.mustRun(t, "consents withdraw ZOE@example.ca consent_news --how by+phone", `consent_news is withdrawn for the member B\.`)
	s.mustRun(t, "consents withdraw ZOE@example.ca consent_news --how by+phone", `consent_news was not given, or is withdrawn already, for the member B\. Nothing is changed\.`)
	s.mustRun(t, "consents withdraw both@example.ca consent_news --member D --how by+phone", `consent_news is withdrawn for the member D\.`)
	s.mustRun(t, "consents Zoe@example.ca", header, `2 .* yes +in the form`, `5 .* no +by phone`, ``, wording)
	s.mustRun(t, "consents verify", `The chain of consents holds: 6 rows, of which 0 are emptied\.`, `head 6:[0-9a-f]{64}`)
	out, err := s.run(t, "members --format json")
	if err != nil || strings.Count(out, `"given":false`) != 2 || strings.Count(out, `"given":true`) != 1 {
		t.Errorf("the members are\n%s%v", out, err)
	}
	for line, want := range map[string]string{
		"consents withdraw tom@example.ca consent_news --how told":             `no member has this address`,
		"consents withdraw both@example.ca consent_news --how told":            `2 members share this address: add --member with one of the IDs C, D`,
		"consents withdraw both@example.ca consent_news --how told --member B": `no member with this address has the ID "B"; their IDs are C, D`,
		"consents withdraw zoe@example.ca consent_privacy --how told":          `consent_privacy cannot be withdrawn alone: without it nobody is a member`,
		"consents withdraw zoe@example.ca consent_directory --how told":        `the member B was never asked for consent_directory`,
		"consents withdraw zoe@example.ca party --how told":                    `the form has no consent "party"; these can be withdrawn: consent_news, consent_directory`,
		"consents verify --head 9:" + strings.Repeat("0", 64):                  `the chain of consents does not hold: row 9 is missing`,
		"consents verify --json --head 6:" + strings.Repeat("0", 64):           `the chain of consents does not hold: row 6 does not have the hash of the known head`,
	} {
		if out, err := s.run(t, line); err == nil || err.Error() != want || out != "" {
			t.Errorf("joinery %s prints %q and ends with %v, want %s", line, out, err, want)
		}
	}
}

func TestTheHeadThatVerifyPrintsIsTheOneItTakes(t *testing.T) {
	t.Parallel()
	s := newConsentSite(t)
	_, head, _ := strings.Cut(s.mustRun(t, "consents verify", `.*`, `head .*`), "head ")
	s.mustRun(t, "consents verify --json --head "+strings.TrimSpace(head), `\{"emptied":0,"head":"4:[0-9a-f]{64}","rows":4\}`)
}

func TestAllConsentsArePrintedWithoutTheMasterKey(t *testing.T) {
	s := newConsentSite(t)
	env := map[string]string{"DATA": s.data}
	wantWords(t, env, "consents", "Zoe@example.ca", "I agree to news.")
	if _, err := ranOn(t, env, "consents", "zoe@example.ca"); err == nil {
		t.Error("those of an address are printed without it")
	}
}

// TestManyConsentsAreWrittenAsTheyAreRead so that the table is not kept in memory.
func TestManyConsentsAreWrittenAsTheyAreRead(t *testing.T) {
	var out strings.Builder
	each := func(_ context.Context, do func(consent.Record) error) error {
		for row := range int64(2500) {
			if err := do(consent.Record{Row: row, Consent: consent.Consent{Key: "consent_news", Version: "2", Lang: "en", Wording: "I agree."}}); err != nil {
				return err
			}
		}
		if n := strings.Count(out.String(), "\n"); n < 1999 {
			t.Errorf("before the last of 2500 rows %d are written", n)
		}
		return nil
	}
	if err := writeConsents(t.Context(), &out, each, time.UTC); err != nil || strings.Count(out.String(), "I agree.") != 1 {
		t.Errorf("writeConsents: %v, and the wording stands %d times", err, strings.Count(out.String(), "I agree."))
	}
}

// TestTheHeadOfTheChainIsPrintedByCheck and taken by verify as it was printed. A chain
// without rows has none.
func TestTheHeadOfTheChainIsPrintedByCheck(t *testing.T) {
	t.Parallel()
	s := newConsentSite(t)
	env := map[string]string{"DATA": s.data, "MASTER_KEY": dbtest.MasterKey, "MX_CHECK": "0"}
	_, head, _ := strings.Cut(wantWords(t, env, "check", "ok: the chain of consents holds, head 4:"), "holds, head ")
	head, _, _ = strings.Cut(head, ": note it")
	s.mustRun(t, "consents verify --head head+"+head, `The chain of consents holds: 4 rows, of which 0 are emptied\.`, `head `+head)

	empty := t.TempDir()
	dbtest.Open(t, filepath.Join(empty, "joinery.db")).Close()
	if out, err := ranOn(t, map[string]string{"DATA": empty}, "consents", "verify"); err != nil || strings.Contains(out, "head 0") {
		t.Errorf("verify says of an empty chain %q (%v)", out, err)
	}
	if out, err := ranOn(t, map[string]string{"DATA": empty, "MX_CHECK": "0"}, "check"); err != nil || strings.Contains(out, "chain") {
		t.Errorf("check says of an empty chain %q (%v)", out, err)
	}
}
