package mail

import (
	"html"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"joinery/app/i18n"
)

// TestABadTemplateIsFoundAtTheStart breaks each template in turn, also in ways
// that show only when it is used.
func TestABadTemplateIsFoundAtTheStart(t *testing.T) {
	for file := range copyOfViews(t) {
		for _, fault := range []string{"{{if}}", "{{.Shoes}}", `{{template "views/mail/nowhere"}}`} {
			views := copyOfViews(t)
			views[file] = &fstest.MapFile{Data: append([]byte(fault), views[file].Data...)}
			if _, err := NewLetters(views, association, time.Now); err == nil {
				t.Errorf("NewLetters takes %s with %s", file, fault)
			}
			delete(views, file)
			if _, err := NewLetters(views, association, time.Now); err == nil {
				t.Errorf("NewLetters does without %s", file)
			}
		}
	}
}

// TestNoPartOfATemplateIsLeftOutAtTheStart breaks each template behind each of
// its actions, so also within what only some letters have.
func TestNoPartOfATemplateIsLeftOutAtTheStart(t *testing.T) {
	for file := range copyOfViews(t) {
		views := copyOfViews(t)
		parts := strings.SplitAfter(string(views[file].Data), "}}")
		for i := range parts[1:] {
			broken := slices.Insert(slices.Clone(parts), i+1, "{{.Shoes}}")
			views[file] = &fstest.MapFile{Data: []byte(strings.Join(broken, ""))}
			if _, err := NewLetters(views, association, time.Now); err == nil {
				t.Errorf("NewLetters takes %s with a fault after %s", file, parts[i])
			}
		}
	}
}

func TestHTMLNeedsNothingFromElsewhere(t *testing.T) {
	links := map[string][]string{
		"confirm":                      {confirmation.Link, confirmation.Link},
		"confirm to a member":          {confirmation.Link, confirmation.Link},
		"resume one draft":             {drafts[0].Link, drafts[0].Link},
		"resume one of several drafts": {drafts[0].Link, drafts[0].Link, drafts[1].Link, drafts[1].Link, drafts[2].Link, drafts[2].Link},
		"updated":                      {restoring.Link, restoring.Link},
		"new address":                  {asking.Link, asking.Link},
		"reminder":                     {reminding.Continue, reminding.Delete, reminding.Continue},
		"welcome":                      {association.Places.News.In(i18n.French)},
		"welcome without a name":       {association.Places.News.In(i18n.French)},
	}
	for _, tt := range all(t, i18n.French) {
		var got []string
		for _, m := range link.FindAllStringSubmatch(strings.ReplaceAll(tt.letter.HTML, piece, ""), -1) {
			got = append(got, html.UnescapeString(m[1]))
		}
		if n := strings.Count(tt.letter.HTML, "<a "); n != len(got) || !slices.Equal(got, links[tt.name]) {
			t.Errorf("%s has %d links, %q, want %q", tt.name, n, got, links[tt.name])
		}
		for _, want := range []string{`<html lang="fr-CA">`, `<meta name="color-scheme" content="light dark">`, `l’Église`} {
			if !strings.Contains(tt.letter.HTML, want) {
				t.Errorf("%s: no %s in\n%s", tt.name, want, tt.letter.HTML)
			}
		}
		withoutLogo := strings.Replace(tt.letter.HTML, `<img src="cid:logo@letter" width="120" height="40" border="0" alt="">`, "", 1)
		for _, bad := range []string{"<img", "<script", "<link", "@import", "url(", "src=", "<3", "a=1&b"} {
			if strings.Contains(withoutLogo, bad) {
				t.Errorf("%s: %s in\n%s", tt.name, bad, tt.letter.HTML)
			}
		}
	}
}

// TestLinksAndCodesStandAlone in the text, where programs find links, and
// people codes.
func TestLinksAndCodesStandAlone(t *testing.T) {
	for _, lang := range i18n.Languages {
		for _, tt := range all(t, lang) {
			for line := range strings.Lines(tt.letter.Text) {
				for _, alone := range []string{"https://", confirmation.Code} {
					if strings.Contains(line, alone) && len(strings.Fields(line)) != 1 {
						t.Errorf("%s in %s: more than one word in %q", tt.name, lang, line)
					}
				}
			}
		}
	}
}

// TestTheCodeIsCopiedAsOneWord although it is shown in two groups.
func TestTheCodeIsCopiedAsOneWord(t *testing.T) {
	groups := regexp.MustCompile(`<td[^>]*letter-spacing[^>]*><span[^>]*>K7R</span><span[^>]*padding-left[^>]*>MPX</span></td>`)
	for _, lang := range i18n.Languages {
		for _, l := range []Letter{newConfirmation(t, "a@example.org", lang), askMember(t, lang)} {
			if !groups.MatchString(l.HTML) {
				t.Errorf("the code does not stand in two groups with nothing between them:\n%s", l.HTML)
			}
		}
	}
}

// TestThePreviewIsTheCode makes sure that lists of messages show the code, and
// that nothing is hidden which the text does not say.
func TestThePreviewIsTheCode(t *testing.T) {
	for _, lang := range i18n.Languages {
		for _, tt := range all(t, lang) {
			want := ""
			if strings.HasPrefix(tt.name, "confirm") {
				want = i18n.T(lang, "mail.code.label") + " " + confirmation.Code
			}
			got := ""
			if hidden := preview.FindStringSubmatch(tt.letter.HTML); hidden != nil {
				got = hidden[1]
			}
			if got != want {
				t.Errorf("%s in %s begins with %q, want %q", tt.name, lang, got, want)
			}
			if !strings.Contains(words(tt.letter.Text), words(want)) || strings.Count(tt.letter.HTML, "display:none") > 1 {
				t.Errorf("%s in %s hides what its text does not say", tt.name, lang)
			}
		}
	}
}

// TestAButtonHasTheColourOfTheOrganization in every mail program: some take that
// of the cell, others that of the link.
func TestAButtonHasTheColourOfTheOrganization(t *testing.T) {
	l := newConfirmation(t, "a@example.org", i18n.French)
	cell := regexp.MustCompile(`<td bgcolor="#1d3f8a" style="[^"]*background-color:#1d3f8a;`)
	link := regexp.MustCompile(`<a href="[^"]*" style="[^"]*background-color:#1d3f8a;color:#ffffff;`)
	if !cell.MatchString(l.HTML) || !link.MatchString(l.HTML) {
		t.Errorf("the button is not #1d3f8a:\n%s", l.HTML)
	}
}

// TestLettersAreSmall enough for the slowest network, and for mail programs
// that cut long ones off.
func TestLettersAreSmall(t *testing.T) {
	const most = 12 << 10
	for _, lang := range i18n.Languages {
		for _, tt := range all(t, lang) {
			if n := len(tt.letter.HTML); n > most {
				t.Errorf("%s in %s has %d bytes of HTML, want at most %d", tt.name, lang, n, most)
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
