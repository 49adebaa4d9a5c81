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
		expectNone(t, l, discouraged[l], allTexts(t, l))
	}
}

// TestVisibleTextsSoundLikeAHost finds words that a kind person at a reception would not
// say to an applicant. Documents may need them.
func TestVisibleTextsSoundLikeAHost(t *testing.T) {
	cold := map[Lang]*regexp.Regexp{
		English: regexp.MustCompile(`(?i)\b(somebody|anybody|nobody|mail servers?|mailbox(es)?|small letters|only so many|the fault is ours|utc)\b`),
		French: regexp.MustCompile(`(?i:\b(quelqu’un|serveurs? de (messagerie|courriels?)|bo[iî]tes? (aux lettres|de (réception|courriels?|messagerie))|minuscules?|code q r|qr[ -]codes?|` +
			`la faute est|utc)\b)|À votre sujet|Langue dans laquelle`),
	}
	for _, l := range Languages {
		expectNone(t, l, cold[l], visibleTexts(t, l))
	}
}

// TestEachActHasOneVerb finds second verbs, in French, for what a button does and for what
// people do: Continuer, Enregistrer, Modifier, Saisir.
func TestEachActHasOneVerb(t *testing.T) {
	other := regexp.MustCompile(`(?i:\b(poursui|sauvegard|repren(ez|dre|drez)\b|entrez\b|tap(ez|er)\b))|\bChanger\b`)
	expectNone(t, French, other, visibleTexts(t, French))
}

// expectNone fails the test for each text in l in which something unwanted is found.
func expectNone(t *testing.T, l Lang, unwanted *regexp.Regexp, texts map[string]string) {
	t.Helper()
	for place, text := range texts {
		if found := unwanted.FindString(text); found != "" {
			t.Errorf("%s, in %s: %q", place, l, found)
		}
	}
}

// allTexts returns the visible texts in l by their places and, in English, the documents.
func allTexts(t *testing.T, l Lang) map[string]string {
	t.Helper()
	all := visibleTexts(t, l)
	if l == English {
		maps.Copy(all, documentTexts(t))
	}
	return all
}

// visibleTexts returns every text in l that an applicant may read, by its place: the
// catalogue, letters included, and the form.
func visibleTexts(t *testing.T, l Lang) map[string]string {
	t.Helper()
	texts := maps.Clone(catalogues[l])
	delete(texts, "receipt.file") // a file name, without accents
	maps.Copy(texts, formTexts(t, l))
	return texts
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
