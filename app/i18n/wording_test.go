package i18n

import (
	"encoding/json"
	"maps"
	"os"
	"regexp"
	"testing"
)

// TestTypographyIsCorrect finds spaces at which a line of French must not end, and
// apostrophes and dots as typewriters had them.
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

// TestTextsAvoidDiscouragedWords finds words that a dictionary has and that are not
// plain, not Canadian, or not the ones that the rest of the site uses.
func TestTextsAvoidDiscouragedWords(t *testing.T) {
	unused := map[Lang]*regexp.Regexp{
		English: regexp.MustCompile(`(?i)\b(e-mails?|click|log ?in|submit|cannot be empty|invalid|organis\w+|utili[sz]e)\b`),
		French:  regexp.MustCompile(`(?i)\b(e-?mails?|mails?|m[eé]ls?|cliquez|soumettre|invalide)\b|·`),
	}
	for _, l := range Languages {
		for place, text := range allTexts(t, l) {
			if found := unused[l].FindString(text); found != "" {
				t.Errorf("%s, in %s: %q", place, l, found)
			}
		}
	}
}

// allTexts returns what people read in l, by where it stands.
func allTexts(t *testing.T, l Lang) map[string]string {
	t.Helper()
	all := maps.Clone(catalogues[l])
	delete(all, "receipt.file") // the name of a file, without accents
	maps.Copy(all, formTexts(t, l))
	if l == English {
		all["README.md"] = readmeText(t)
	}
	return all
}

// formTexts returns all that the form says in l.
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

// collectTexts puts what a part of the form says in l into found, by its place.
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

// readmeText returns the README without its code and its addresses.
func readmeText(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(markdownCode.ReplaceAll(text, []byte(" ")))
}

// markdownCode is what stands in Markdown between fences, behind four spaces or between
// backquotes, and where links lead.
var markdownCode = regexp.MustCompile("(?s:```.*?```)|\n(?:\n    .*)+|`[^`]*`|\\]\\([^)]*\\)")
