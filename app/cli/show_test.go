package cli

import (
	"encoding/json"
	"path/filepath"
	"testing"
	"time"

	"joinery/app/access"
	"joinery/app/dbtest"
	"joinery/app/draft"
	"joinery/app/form"
)

// draftOf gives a site a draft with an address and answers to two sections.
func (s consentSite) draftOf(t *testing.T, email string) {
	t.Helper()
	file := dbtest.Open(t, filepath.Join(s.data, "joinery.db"))
	drafts := dbtest.Drafts(t, filepath.Join(s.data, "drafts.db"), time.Hour, time.Now)
	key, err := access.NewStore(file, dbtest.Ring(t, file)).Begin(t.Context(),
		access.Beginning{Draft: "DRAFT", Session: "SESSION", Email: email, ExpiresAt: time.Now().Add(time.Hour), At: time.Now()}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for section, answers := range map[string]form.Answers{"role": {"roles": {"patient"}}, "about": {"first_name": {"Łucja"}, "email": {email}, "region": {"qc"}}} {
		_, err := drafts.Save(t.Context(), draft.ID{Key: "DRAFT", Seal: key}, draft.Save{Section: section, Content: draft.Section{Answers: answers, Form: "1"}, At: time.Now(), Begin: true})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestWhatIsHeldOfAPersonIsShownInShort(t *testing.T) {
	t.Parallel()
	s := newConsentSite(t)
	s.draftOf(t, "zoe@example.ca")
	s.mustRun(t, "show ZOE@example.ca",
		`member B +Zoe@example.ca`, `  confirmed +1969-12-31 19:00 +`, `  answers of +1969-12-31 19:00 +`, `  former answers +0 +`, `  language +en +`,
		`  consent_news +yes +2026-11-22 12:00`, `draft +about, role +saved 20\d\d-.*`)
	s.mustRun(t, "show nobody@example.ca", `Nothing is held\.`)
	s.mustRun(t, "show tom@example.ca", `consents of members that have left +1 +`)
	out := s.mustRun(t, "show zoe@example.ca --json", `(?s)\{.*\}`)
	var o overview
	err := json.Unmarshal([]byte(out), &o)
	if err != nil || len(o.Members) != 1 || o.Members[0].ID != "B" || len(o.Drafts) != 1 || !o.Drafts[0].Own {
		t.Errorf("as JSON it is\n%s", out)
	}
}
