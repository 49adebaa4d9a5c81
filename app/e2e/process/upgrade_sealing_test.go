//go:build e2e

package process

import (
	"net/url"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestUpgradeSeals opens data of a version that sealed nothing. Drafts, cookies and links
// go on working, and the addresses of drafts are not in the file any more.
func TestUpgradeSeals(t *testing.T) {
	t.Parallel()
	for _, store := range []string{"sqlite", "redis"} {
		t.Run(store, func(t *testing.T) {
			t.Parallel()
			o := unpackFrom(t, beforeSealing, store)
			if files := o.databaseFiles(t); !strings.Contains(files, "Anneliese.Brandt@example.ca") {
				t.Fatal("this test does not see what is in the database")
			}
			o.wantClearSections(t, 2)
			site := startSiteAt(t, o.settings, o.start())
			if files := strings.ToLower(o.databaseFiles(t)); strings.Contains(files, "anneliese") || strings.Contains(files, "brandt@") {
				t.Error("the database has the address of a person with a draft in clear")
			}
			for _, column := range []string{"answered_email", "contact_email"} {
				o.checkTable(t, "joinery.db", "draft_access WHERE "+column+" LIKE '%@%'", 0)
			}
			o.checkTable(t, "joinery.db", "grants WHERE recipient LIKE '%@%'", 0)
			for _, c := range unsealedDrafts {
				newJourney(t, site, o.facts, c.name).take(c.steps)
			}
			o.wantClearSections(t, 0) // every draft was saved
		})
	}
}

// unsealedDrafts are the cases of people whose drafts were not sealed before the upgrade.
var unsealedDrafts = []scenario{
	{"unasked", []step{
		{by: "first", open: "/en/apply", at: "/en/apply/role"},
		{by: "first", open: "/en/apply/about", form: url.Values{"first_name": {"Anneliese"}, "email": {"Anneliese.Brandt@example.ca"}}},
		{by: "first", open: "/en/apply/about", submit: "/en/apply/about", with: url.Values{"last_name": {"Brandt-Roy"}}, at: "/en/apply/role"},
		{by: "first", open: "/en/apply/about", form: url.Values{"first_name": {"Anneliese"}, "last_name": {"Brandt-Roy"}}},
	}},
	{"proven", []step{
		{by: "first", open: "/en/apply", at: "/en/apply/closed", see: []string{en("closed.title")}},
		{by: "second", open: "/en/apply", at: "/en/apply/role"},
		{by: "stranger", open: "<links.used>", see: []string{en("resume.used.title"), "pa•••ak@example.ca"}},
		{by: "stranger", open: "<links.fresh>", submit: "<links.fresh>", at: "/en/apply/role"},
		{by: "second", open: "/en/apply/about", form: url.Values{"first_name": {"Paulina"}}}, // it had proven the mailbox: nothing closes it
		{by: "second", open: "/en/apply/about", submit: "/en/apply/about", with: url.Values{"first_name": {"Pauline"}}, at: "/en/apply/role"},
		{by: "stranger", open: "/en/apply/about", form: url.Values{"first_name": {"Pauline"}}},
		{by: "lost", open: "/en/resume", submit: "/en/resume", with: url.Values{"address": {"PAULINA.dvorak@example.ca"}}, at: "/en/resume"},
		{letter: "paulina.dvorak@example.ca", see: []string{en("mail.resume.heading")}, as: "asked"},
		{by: "lost", open: "<links.asked>", submit: "<links.asked>", at: "/en/apply/role"},
		{by: "lost", open: "/en/apply/about", form: url.Values{"first_name": {"Pauline"}}},
	}},
}

// databaseFiles returns what is in joinery.db and its journal. Another process reads them:
// for this one to close them would release the locks that it has on them.
func (o oldSite) databaseFiles(t *testing.T) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(o.settings["DATA"], "joinery.db*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("there is no database (%v)", err)
	}
	content, err := exec.Command("cat", files...).Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// wantClearSections wants so many sections of drafts in clear.
func (o oldSite) wantClearSections(t *testing.T, want int) {
	t.Helper()
	if o.redis == nil {
		o.checkTable(t, "drafts.db", "sections WHERE hex(content) LIKE '7B%'", want)
		return
	}
	if n := strings.Count(o.redis.Dump(t), `{"answers"`); n != want {
		t.Errorf("Redis has %d sections in clear, want %d", n, want)
	}
}
