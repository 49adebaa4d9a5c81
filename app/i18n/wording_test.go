package i18n

import (
	"encoding/json"
	"maps"
	"os"
	"regexp"
	"testing"
)

// TestTypography finds spaces at which a line of French must not end, and
// apostrophes and dots as typewriters had them.
func TestTypography(t *testing.T) {
	wrong := regexp.MustCompile(`« | »| [:;!?]|'|\.\.\.`)
	for _, l := range Languages {
		for key, words := range catalogues[l] {
			if found := wrong.FindString(words); found != "" {
				t.Errorf("%s.json, %q: %q in %q", l, key, found, words)
			}
		}
	}
}

// TestWordsThatWeDoNotUse finds words that a dictionary has and that are not
// plain, not Canadian, or not the ones that the rest of the site uses.
func TestWordsThatWeDoNotUse(t *testing.T) {
	unused := map[Lang]*regexp.Regexp{
		English: regexp.MustCompile(`(?i)\b(e-mails?|click|log ?in|submit|cannot be empty|invalid|organis\w+|utili[sz]e)\b`),
		French:  regexp.MustCompile(`(?i)\b(e-?mails?|mails?|m[eé]ls?|cliquez|soumettre|invalide)\b|·`),
	}
	for _, l := range Languages {
		for place, text := range texts(t, l) {
			if found := unused[l].FindString(text); found != "" {
				t.Errorf("%s, in %s: %q", place, l, found)
			}
		}
	}
}

// texts returns what people read in l, by where it stands.
func texts(t *testing.T, l Lang) map[string]string {
	t.Helper()
	all := maps.Clone(catalogues[l])
	delete(all, "receipt.file") // the name of a file, without accents
	maps.Copy(all, questions(t, l))
	if l == English {
		all["README.md"] = readme(t)
	}
	return all
}

// questions returns all that the form says in l.
func questions(t *testing.T, l Lang) map[string]string {
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
	collect(found, l, "membership.json", form)
	return found
}

// collect puts what a part of the form says in l into found, by its place.
func collect(found map[string]string, l Lang, place string, part any) {
	switch part := part.(type) {
	case []any:
		for _, p := range part {
			collect(found, l, place, p)
		}
	case map[string]any:
		if text, ok := part[string(l)].(string); ok {
			found[place+": "+text] = text
			return
		}
		for key, p := range part {
			collect(found, l, place+" "+key, p)
		}
	}
}

// readme returns the README without its code and its addresses.
func readme(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(code.ReplaceAll(text, []byte(" ")))
}

// code is what stands in Markdown between fences, behind four spaces or between
// backquotes, and where links lead.
var code = regexp.MustCompile("(?s:```.*?```)|\n(?:\n    .*)+|`[^`]*`|\\]\\([^)]*\\)")
