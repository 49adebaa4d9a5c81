package cli

import (
	"database/sql"
	"maps"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"joinery/app/config"
	"joinery/app/dbtest"
	"joinery/app/i18n"
	"joinery/app/journeytest"
	"joinery/app/web"
)

// TestTheNoticeKnowsTheSettings changes each setting that the privacy notice tells of.
func TestTheNoticeKnowsTheSettings(t *testing.T) {
	t.Parallel()
	env := map[string]string{
		"REMIND_BEFORE": "90m", "CONSENT_KEEP": "48h", "SMTP_URL": "smtp://joinery:secret@mail.example.org:587", "DRAFTS_PER_NETWORK": "0", "DRAFTS_TOTAL": "0",
		"ORG_NAME_EN": "Hub", "ORG_NAME_FR": "Carrefour", "ORG_ADDRESS": "1 Quay Road", "ORG_CONTACT": "help@example.org", "MAIL_FROM": "join@example.org",
		"BASE_URL": "https://join.example.org",
	}
	cfg, err := config.Load(func(key string) string { return env[key] })
	journeytest.Must(t, err)
	if got, want := notice(cfg), (web.Notice{RemindBefore: 90 * time.Minute, ConsentKeep: 48 * time.Hour, MailHost: "mail.example.org"}); got != want {
		t.Errorf("the notice is told %+v, want %+v", got, want)
	}
	cfg, err = config.Load(func(string) string { return "" })
	journeytest.Must(t, err)
	if got := notice(cfg); got.MailHost != "" || !got.CountsBegun || got.RemindBefore != 72*time.Hour {
		t.Errorf("without settings the notice is told %+v", got)
	}
}

func TestTheNoticeNamesNoMailServerNearby(t *testing.T) {
	t.Parallel()
	for server, want := range map[string]string{
		"smtp://localhost:25": "", "smtp://127.0.0.1": "", "smtp://[2001:db8::1]:25": "", "smtp://mailserver:587": "", "smtps://mail.example.org": "mail.example.org",
	} {
		if got := mailHost(config.Config{SMTPURL: config.Secret(server)}); got != want {
			t.Errorf("with %s the notice names %q, want %q", server, got, want)
		}
	}
}

// told says which words of the privacy notice tell of each table; "": it holds nothing of a
// person.
var told = map[string]string{
	"address_changes":  "privacy.howlong.address",
	"applications":     "privacy.howlong.application",
	"attempts":         "privacy.kept.codes",
	"begun_drafts":     "privacy.kept.begun",
	"consents":         "privacy.howlong.consents",
	"discarded_drafts": "", // keys of drafts, for a minute
	"draft_access":     "privacy.kept.link",
	"former_answers":   "privacy.howlong.member",
	"former_members":   "privacy.howlong.consents",
	"forms":            "",
	"grants":           "privacy.kept.link",
	"keys":             "",
	"link_opens":       "", // numbers, by day and provider
	"links":            "privacy.kept.ended",
	"mails":            "privacy.kept.messages",
	"members":          "privacy.howlong.member",
	"proven_sessions":  "privacy.kept.proven",
	"sessions":         "privacy.cookie.draft",
	"unsealed_mails":   "privacy.kept.messages",
	// In drafts.db:
	"drafts":   "privacy.howlong.draft",
	"sections": "privacy.kept.answers",
	// Of SQLite, of migrations, of the readiness of a file:
	"migrations": "", "readiness": "", "sqlite_sequence": "", "sqlite_stat1": "",
}

// TestTheNoticeTellsOfEachTable wants whoever adds a table to say where the privacy notice
// tells of it.
func TestTheNoticeTellsOfEachTable(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	members, drafts := filepath.Join(folder, "joinery.db"), filepath.Join(folder, "drafts.db")
	dbtest.Open(t, members)
	dbtest.Drafts(t, drafts, time.Hour, time.Now)
	for _, path := range []string{members, drafts} {
		for _, table := range tables(t, path) {
			key, known := told[table]
			if !known {
				t.Errorf("say in this test where the privacy notice tells of the table %s", table)
			}
			if key != "" && i18n.T(i18n.English, key) == key {
				t.Errorf("the words %s, for the table %s, are not in the catalogue", key, table)
			}
		}
	}
	if keys := slices.Collect(maps.Values(told)); !slices.Contains(keys, "privacy.kept.answers") {
		t.Error("the notice does not tell of answers")
	}
}

// tables returns the names of the tables in a file.
func tables(t *testing.T, path string) (names []string) {
	t.Helper()
	file, err := sql.Open("sqlite3", path)
	journeytest.Must(t, err)
	defer file.Close()
	rows, err := file.QueryContext(t.Context(), `SELECT name FROM sqlite_master WHERE type = 'table'`)
	journeytest.Must(t, err)
	defer rows.Close()
	for rows.Next() {
		var name string
		journeytest.Must(t, rows.Scan(&name))
		names = append(names, name)
	}
	journeytest.Must(t, rows.Err())
	return names
}
