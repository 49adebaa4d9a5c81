//go:build e2e

package process

import (
	"bytes"
	"database/sql"
	"encoding/csv"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"joinery/app/cli"
	"joinery/app/config"
	"joinery/app/e2e/harness"
)

// TestUpgrade opens data of a former version with the present program. Nothing is
// lost: drafts, applications, members and letters that wait, the cookies of
// browsers, the links and codes of old letters, and what was counted.
func TestUpgrade(t *testing.T) {
	t.Parallel()
	for _, store := range []string{"sqlite", "redis"} {
		t.Run(store, func(t *testing.T) {
			t.Parallel()
			t.Run("nothing is lost", func(t *testing.T) { t.Parallel(); testUpgrade(t, unpack(t, store)) })
			t.Run("reminders", func(t *testing.T) { t.Parallel(); testOldReminders(t, unpack(t, store)) })
			t.Run("cancelled letters", func(t *testing.T) { t.Parallel(); testOldLettersCancelled(t, unpack(t, store)) })
		})
	}
}

func testUpgrade(t *testing.T, o oldSite) {
	o.checkRefusal(t)
	o.migrate(t)
	o.checkCommands(t)
	o.checkRows(t)
	t.Run("cases", func(t *testing.T) {
		site := startSiteAt(t, o.settings, o.start())
		o.checkSealed(t)
		o.checkDrafts(t)
		for _, c := range slices.Concat(oldDrafts, oldApplications) {
			t.Run(c.name, func(t *testing.T) { newJourney(t, site, o.facts, c.name).take(c.steps) })
		}
		site.newApplicant().ApplyAs("Tomasz.Wojcik@example.ca")
		newJourney(t, site, o.facts, "member applies again").take([]step{{letter: "tomasz.wojcik@example.ca", see: []string{fr("mail.member.heading")}}})
	})
	o.checkMembers(t)
	o.checkConsents(t)
}

// checkRefusal wants a command that reads to leave the file as it is.
func (o oldSite) checkRefusal(t *testing.T) {
	t.Helper()
	err := cli.Run(t.Context(), harness.Files, []string{"members"}, o.settings.Getenv, io.Discard, slog.New(slog.DiscardHandler))
	if err == nil || !strings.Contains(err.Error(), "start the site of this version once") {
		t.Errorf("joinery members ends with %v, want it to say what to do", err)
	}
}

// migrate does what a start does to the files, and nothing else.
func (o oldSite) migrate(t *testing.T) {
	t.Helper()
	cfg, err := config.Load(o.settings.Getenv)
	if err != nil {
		t.Fatal(err)
	}
	parts, err := cli.Open(t.Context(), cfg, harness.Files, o.start, slog.New(slog.DiscardHandler))
	if err == nil {
		err = parts.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
}

// checkCommands checks what the commands print.
func (o oldSite) checkCommands(t *testing.T) {
	t.Helper()
	tests := map[string]string{
		"members --format json --lang en":  o.Members.JSONEn,
		"members --values codes --lang fr": withTimesOfToday(t, o.Members.CSVFr),
		"scanners":                         o.Openings,
	}
	for command, want := range tests {
		var out bytes.Buffer
		err := cli.Run(t.Context(), harness.Files, strings.Fields(command), o.settings.Getenv, &out, slog.New(slog.DiscardHandler))
		if err != nil || withoutSharing(t, out.String()) != want {
			t.Errorf("joinery %s prints\n%s(%v) want\n%s", command, out.String(), err, want)
		}
	}
}

// withTimesOfToday returns a CSV of a former version, whose times had seconds and UTC in
// their headings, with times as they are now in the zone UTC.
func withTimesOfToday(t *testing.T, formerly string) string {
	t.Helper()
	seconds := regexp.MustCompile(`(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\dZ`)
	text := strings.NewReplacer(" (UTC)", "", ", UTC)", ")").Replace(seconds.ReplaceAllString(formerly, "$1 $2"))
	var twice []int // the columns of the address and the language, which had another one
	return eachRow(t, text, func(row []string) []string {
		if twice == nil {
			twice = []int{slices.Index(row, "Adresse courriel"), slices.Index(row, "Langue dans laquelle vous voulez recevoir nos messages")}
			slices.Sort(twice)
		}
		return slices.Delete(slices.Delete(row, twice[1], twice[1]+1), twice[0], twice[0]+1)
	})
}

// withoutSharing returns what joinery members prints without what a former version did
// not print: in JSON and in CSV, how many members have an address, and in CSV the ID.
func withoutSharing(t *testing.T, printed string) string {
	t.Helper()
	if !strings.HasPrefix(printed, "\ufeff") {
		return strings.ReplaceAll(printed, `"members_with_this_address":1,`, "")
	}
	return eachRow(t, printed, func(row []string) []string { return slices.Delete(row, 4, 6) })
}

// eachRow returns a CSV with each of its rows changed, quoted as the program quotes.
func eachRow(t *testing.T, printed string, change func([]string) []string) string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(printed, "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	w.UseCRLF = true
	for _, row := range rows {
		if err := w.Write(change(row)); err != nil {
			t.Fatal(err)
		}
	}
	w.Flush()
	return "\ufeff" + out.String()
}

// checkSealed checks that nothing can be read of the applications that wait.
func (o oldSite) checkSealed(t *testing.T) {
	t.Helper()
	o.checkTable(t, "joinery.db", "applications WHERE state = 'waiting' AND (email_digest = '' OR content GLOB '*[@{]*')", 0)
	o.checkTable(t, "joinery.db", "applications WHERE (state = 'waiting') <> (content <> '')", 0)
}

// checkConsents checks that the consents are a chain, those of former versions first.
func (o oldSite) checkConsents(t *testing.T) {
	t.Helper()
	var out bytes.Buffer
	err := cli.Run(t.Context(), harness.Files, []string{"consents", "verify"}, o.settings.Getenv, &out, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Errorf("joinery consents verify ends with %v", err)
	}
}

// renamedTables are the tables that have another name since.
var renamedTables = map[string]string{
	"drafts": "draft_access", "holders": "sessions", "ways": "grants", "misses": "attempts", "openings": "link_opens",
}

// checkRows checks that no table of joinery.db has lost a row.
func (o oldSite) checkRows(t *testing.T) {
	t.Helper()
	for table, want := range o.Rows {
		if name, ok := renamedTables[table]; ok {
			table = name
		}
		if table == "attempts" {
			want = 0 // they live ten minutes, and were of devices that are told apart in another way now
		}
		o.checkTable(t, "joinery.db", table, want)
	}
}

// checkDrafts does the same with the drafts, when their store is open.
func (o oldSite) checkDrafts(t *testing.T) {
	t.Helper()
	if o.redis != nil {
		sections := len(regexp.MustCompile(`(?m)^\S+ s:`).FindAllString(o.redis.Dump(t), -1))
		if keys := o.redis.Ask(t, "DBSIZE"); keys != fmt.Sprint(o.Drafts["keys"]) || sections != o.Drafts["sections"] {
			t.Errorf("Redis has %s keys with %d sections, want %v", keys, sections, o.Drafts)
		}
		return
	}
	for table, want := range o.Drafts {
		o.checkTable(t, "drafts.db", table, want)
	}
	o.checkTable(t, "drafts.db", "sections WHERE autosave_page <> ''", 1) // which no page shows
}

// checkTable checks how many rows a table has, but for the one of migrations.
func (o oldSite) checkTable(t *testing.T, file, table string, want int) {
	t.Helper()
	if table == "migrations" {
		return
	}
	opened, err := sql.Open("sqlite3", filepath.Join(o.settings["DATA"], file))
	if err != nil {
		t.Fatal(err)
	}
	defer opened.Close()
	var n int
	if err := opened.QueryRow(`SELECT count(*) FROM ` + table).Scan(&n); err != nil || n != want {
		t.Errorf("%s has %d %s (%v), want %d", file, n, table, err, want)
	}
}

// checkMembers checks the members after all cases.
func (o oldSite) checkMembers(t *testing.T) {
	t.Helper()
	want := []string{
		"etienne.gagnon", "helene.cote", "ingrid.solheim", "joan.whitfield", "kwame.boateng", "oona.fairweather", "priya.raman",
		"samuel.osei", "solange.perreault", "tomasz.wojcik",
	}
	var got []string
	for _, m := range harness.Members(t, o.settings) {
		got = append(got, strings.ToLower(strings.TrimSuffix(m.Email, "@example.ca")))
	}
	if slices.Sort(got); !slices.Equal(got, want) {
		t.Errorf("the members are %q, want %q", got, want)
	}
}
