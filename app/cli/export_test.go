package cli

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"joinery/app/dbtest"
	"joinery/app/person"
)

// newAccountSite returns a site that holds a member, and a draft of the same address.
func newAccountSite(t *testing.T) consentSite {
	t.Helper()
	s := newConsentSite(t)
	s.draftOf(t, "zoe@example.ca")
	file := dbtest.Open(t, filepath.Join(s.data, "joinery.db"))
	_, err := file.Write().Exec(`UPDATE members SET answers = '{"first_name": ["Zoë <script>"], "region": ["qc"], "shoe_size": ["40"], "roles": ["patient", "gone"]}' WHERE id = 'B'`)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestAnExportHasAllThatIsHeldWithWordsBesideCodes(t *testing.T) {
	t.Parallel()
	s := newAccountSite(t)
	out := s.mustRun(t, "export ZOE@example.ca --lang fr", `(?s)\{.*\}`)
	var a person.Account
	if err := json.Unmarshal([]byte(out), &a); err != nil {
		t.Fatal(err)
	}
	if len(a.Members) != 1 || len(a.Drafts) != 1 || len(a.Consent) != 1 || a.Consent[0].Wording != "I agree to news." {
		t.Fatalf("it prints\n%s", out)
	}
	wantAnswers(t, a.Members[0].Answers, "Prénom: Zoë <script> (Zoë <script>)", "Lieu de résidence: qc (Québec)", "Votre rôle: patient gone (Patiente ou patient gone)", "shoe_size: 40 (40)")
	wantAnswers(t, a.Drafts[0].Answers, "Prénom: Łucja (Łucja)", "Adresse courriel: zoe@example.ca (zoe@example.ca)", "Lieu de résidence: qc (Québec)", "Votre rôle: patient (Patiente ou patient)")
}

// wantAnswers wants answers, each as question: values (words).
func wantAnswers(t *testing.T, got []person.Answer, want ...string) {
	t.Helper()
	var lines []string
	for _, a := range got {
		lines = append(lines, a.Question+": "+strings.Join(a.Values, " ")+" ("+strings.Join(a.Words, " ")+")")
	}
	if strings.Join(lines, "\n") != strings.Join(want, "\n") {
		t.Errorf("the answers are\n%s\nwant\n%s", strings.Join(lines, "\n"), strings.Join(want, "\n"))
	}
}

func TestAnExportToPrintIsOnePageInEitherLanguage(t *testing.T) {
	t.Parallel()
	s := newAccountSite(t)
	for lang, words := range map[string][]string{
		"en": {`<html lang="en-CA">`, "What we hold about you", "Member since", "You said yes on", "Quebec"},
		"fr": {`<html lang="fr-CA">`, "Ce que nous détenons à votre sujet", "Membre depuis le", "Vous avez dit oui le", "Patiente ou patient", "Québec"},
	} {
		page := s.mustRun(t, "export zoe@example.ca --printable --lang "+lang, `(?s)<!DOCTYPE html>.*</html>`)
		for _, want := range append(words, "Zoe@example.ca", "Zoë &lt;script&gt;", "Łucja", `<dt lang="en-CA">I agree to news.</dt>`) {
			if !strings.Contains(page, want) {
				t.Errorf("in %s there is no %q in\n%s", lang, want, page)
			}
		}
		for _, never := range []string{"<script", "http:", "https:", "src=", "url(", "%!"} {
			if strings.Contains(page, never) {
				t.Errorf("in %s the page has %q", lang, never)
			}
		}
	}
}

// TestAnExportTellsOfNoOtherWhoSharesTheAddress unless that is asked for.
func TestAnExportTellsOfNoOtherWhoSharesTheAddress(t *testing.T) {
	t.Parallel()
	s := newConsentSite(t)
	s.draftOf(t, "both@example.ca")
	if out, err := s.run(t, "export both@example.ca"); err == nil || out != "" || !strings.Contains(err.Error(), "2 members share this address") {
		t.Errorf("it prints %q and ends with %v", out, err)
	}
	if out := s.mustRun(t, "export both@example.ca --member D", `(?s)\{.*\}`); strings.Contains(out, `"C"`) || strings.Contains(out, "Łucja") || !strings.Contains(out, `"D"`) {
		t.Errorf("of one of them it prints\n%s", out)
	}
	if out := s.mustRun(t, "export both@example.ca --all", `(?s)\{.*\}`); !strings.Contains(out, `"C"`) || !strings.Contains(out, "Łucja") || !strings.Contains(out, `"D"`) {
		t.Errorf("of all it prints\n%s", out)
	}
}
