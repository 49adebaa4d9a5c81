package mail

import (
	"fmt"
	"html"
	"os"
	"path"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"joinery/app/i18n"
)

var association = Organisation{
	Name:    i18n.Text{i18n.English: `The "Élan" Society <3`, i18n.French: "Société d’Étude « Élan »"},
	Address: "1, rue de l’Église\nMontréal (Québec)",
	Contact: "help@example.org",
}

var (
	written      = time.Date(2026, time.November, 22, 15, 4, 5, 0, time.UTC)
	confirmation = Confirmation{
		Link:    "https://join.example.org/fr/confirm/SECRET?a=1&b=2",
		Expires: written.Add(24 * time.Hour),
		End:     written.Add(7 * 24 * time.Hour),
	}
)

func newLetters(t *testing.T) *Letters {
	t.Helper()
	l, err := NewLetters(os.DirFS("../.."), association)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func newConfirmation(t *testing.T, to string, lang i18n.Lang) Letter {
	t.Helper()
	l, err := newLetters(t).Confirm(to, lang, confirmation, written)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// TestBothPartsSayTheSame expects the same words in the same order in both
// parts of each letter, in each language.
func TestBothPartsSayTheSame(t *testing.T) {
	letters := newLetters(t)
	for _, lang := range i18n.Languages {
		org := association.Name.In(lang)
		confirm, err := letters.Confirm("a@example.org", lang, confirmation, written)
		if err != nil {
			t.Fatal(err)
		}
		welcome, err := letters.Welcome("a@example.org", lang, written)
		if err != nil {
			t.Fatal(err)
		}
		foot := []string{i18n.T(lang, "mail.footer.sender", org), association.Address}
		tests := []struct {
			letter  Letter
			subject string
			words   []string
		}{
			{confirm, i18n.T(lang, "mail.confirm.subject", org), append([]string{
				i18n.T(lang, "mail.confirm.heading"),
				i18n.T(lang, "mail.confirm.why", org),
				i18n.T(lang, "mail.confirm.button"),
				confirmation.Link,
				i18n.T(lang, "mail.confirm.expires", confirmation.Expires),
				i18n.T(lang, "mail.confirm.not_you", confirmation.End),
			}, foot...)},
			{welcome, i18n.T(lang, "mail.welcome.subject", org), append([]string{
				i18n.T(lang, "mail.welcome.heading"),
				i18n.T(lang, "mail.welcome.text", org),
				i18n.T(lang, "mail.welcome.answers", association.Contact),
			}, foot...)},
		}
		for _, tt := range tests {
			t.Run(fmt.Sprint(tt.letter.Kind, " in ", lang), func(t *testing.T) {
				if tt.letter.Subject != tt.subject {
					t.Errorf("subject is %q, want %q", tt.letter.Subject, tt.subject)
				}
				wantInOrder(t, tt.letter.Text, tt.words)
				_, body, _ := strings.Cut(tt.letter.HTML, "<body")
				wantInOrder(t, html.UnescapeString(body), tt.words)
			})
		}
	}
}

func wantInOrder(t *testing.T, text string, words []string) {
	t.Helper()
	rest := text
	for _, w := range words {
		_, after, ok := strings.Cut(rest, w)
		if !ok {
			t.Fatalf("%q is missing, or not in its place, in:\n%s", w, text)
		}
		rest = after
	}
}

func TestHTMLNeedsNothingFromElsewhere(t *testing.T) {
	l := newConfirmation(t, "a@example.org", i18n.French)
	for _, want := range []string{
		`<html lang="fr-CA">`, `<meta name="color-scheme" content="light dark">`,
		`href="` + html.EscapeString(confirmation.Link) + `"`, `l’Église`,
	} {
		if !strings.Contains(l.HTML, want) {
			t.Errorf("no %s in\n%s", want, l.HTML)
		}
	}
	for _, bad := range []string{"<img", "<script", "<link", "@import", "url(", "src=", "<3"} {
		if strings.Contains(l.HTML, bad) {
			t.Errorf("%s in\n%s", bad, l.HTML)
		}
	}
	if n := strings.Count(l.HTML, "<a "); n != 1 {
		t.Errorf("%d links, want one", n)
	}
}

func TestIDsAreNewForEachLetter(t *testing.T) {
	a, b := newConfirmation(t, "a@example.org", i18n.English), newConfirmation(t, "a@example.org", i18n.English)
	if a.ID == b.ID || len(a.ID) < 22 || !isID(a.ID) {
		t.Errorf("IDs %q and %q, want two different ones of 128 bits", a.ID, b.ID)
	}
}

// TestABadTemplateIsFoundAtTheStart breaks each template in turn, also in ways
// that show only when it is used.
func TestABadTemplateIsFoundAtTheStart(t *testing.T) {
	for _, name := range []string{"confirm.html", "confirm.txt", "welcome.html", "welcome.txt", "head.html", "foot.html", "foot.txt"} {
		for _, fault := range []string{"{{if}}", "{{.Shoes}}", `{{template "views/mail/nowhere"}}`} {
			file := "views/mail/" + name
			views := copyOfViews(t)
			views[file] = &fstest.MapFile{Data: append([]byte(fault), views[file].Data...)}
			if _, err := NewLetters(views, association); err == nil {
				t.Errorf("NewLetters takes %s with %s", file, fault)
			}
			delete(views, file)
			if _, err := NewLetters(views, association); err == nil {
				t.Errorf("NewLetters does without %s", file)
			}
		}
	}
}

func copyOfViews(t *testing.T) fstest.MapFS {
	t.Helper()
	files, err := os.ReadDir("../../views/mail")
	if err != nil {
		t.Fatal(err)
	}
	views := make(fstest.MapFS)
	for _, f := range files {
		data, err := os.ReadFile("../../views/mail/" + f.Name())
		if err != nil {
			t.Fatal(err)
		}
		views[path.Join("views/mail", f.Name())] = &fstest.MapFile{Data: data}
	}
	return views
}
