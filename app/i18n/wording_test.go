package i18n

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// TestTypographyIsCorrect finds French spaces that must be no-break spaces, and
// straight apostrophes and three dots in the place of ’ and ….
func TestTypographyIsCorrect(t *testing.T) {
	wrong := regexp.MustCompile(`« | »| [:;!?]|'|\.\.\.`)
	for _, l := range Languages {
		for key, words := range catalogues[l] {
			if found := wrong.FindString(words); found != "" {
				t.Errorf("%s.json, %q: %q in %q", l, key, found, words)
			}
		}
	}
}

// TestTextsAvoidDiscouragedWords finds words that are in a dictionary but are not
// plain, not Canadian, or not the ones that the rest of the site uses.
func TestTextsAvoidDiscouragedWords(t *testing.T) {
	discouraged := map[Lang]*regexp.Regexp{
		English: regexp.MustCompile(`(?i)\b(e-mails?|click|log ?in|submit|cannot be empty|invalid|organis\w+|utili[sz]e)\b`),
		French:  regexp.MustCompile(`(?i)\b(e-?mails?|mails?|m[eé]ls?|cliquez|soumettre|invalide)\b|·`),
	}
	for _, l := range Languages {
		for place, text := range allTexts(t, l) {
			if found := discouraged[l].FindString(text); found != "" {
				t.Errorf("%s, in %s: %q", place, l, found)
			}
		}
	}
}

// allTexts returns every text of the site in l by its place: the catalogue, the
// form and, in English, the documents.
func allTexts(t *testing.T, l Lang) map[string]string {
	t.Helper()
	all := maps.Clone(catalogues[l])
	delete(all, "receipt.file") // a file name, without accents
	maps.Copy(all, formTexts(t, l))
	if l == English {
		maps.Copy(all, documentTexts(t))
	}
	return all
}

// formTexts returns every text of the form in l by its place.
func formTexts(t *testing.T, l Lang) map[string]string {
	t.Helper()
	data, err := os.ReadFile("../form/membership.json")
	if err != nil {
		t.Fatal(err)
	}
	var form any
	if err := json.Unmarshal(data, &form); err != nil {
		t.Fatal(err)
	}
	found := make(map[string]string)
	collectTexts(found, l, "membership.json", form)
	return found
}

// collectTexts adds the texts in l of a part of the form to found.
func collectTexts(found map[string]string, l Lang, place string, part any) {
	switch part := part.(type) {
	case []any:
		for _, p := range part {
			collectTexts(found, l, place, p)
		}
	case map[string]any:
		if text, ok := part[string(l)].(string); ok {
			found[place+": "+text] = text
			return
		}
		for key, p := range part {
			collectTexts(found, l, place+" "+key, p)
		}
	}
}

// documentTexts returns the README and the other documents by their paths, without
// their code and their link targets.
func documentTexts(t *testing.T) map[string]string {
	t.Helper()
	texts := make(map[string]string)
	for _, pattern := range []string{"../../*.md", "../../docs/*.md", "../../.github/*.md"} {
		names, err := filepath.Glob(pattern)
		if err != nil || len(names) == 0 {
			t.Fatalf("%s: no documents (%v)", pattern, err)
		}
		for _, name := range names {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			texts[name] = string(markdownCode.ReplaceAll(text, []byte(" ")))
		}
	}
	return texts
}

// markdownCode matches the parts of Markdown that are not text: code between
// fences, behind four spaces or between backquotes, and link targets.
var markdownCode = regexp.MustCompile("(?s:```.*?```)|\n(?:\n    .*)+|`[^`]*`|\\]\\([^)]*\\)")
