//go:build e2e

package i18n

import (
	"maps"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// dictionaries are the names of the dictionaries of hunspell.
var dictionaries = map[Lang]string{English: "en_CA", French: "fr"}

// TestEveryWordIsInADictionary checks the spelling of the catalogues, of the
// questions and, in English, of the documents. Names and terms that no dictionary
// has stand in testdata, one a line.
func TestEveryWordIsInADictionary(t *testing.T) {
	for _, l := range Languages {
		places := make(map[string][]string) // by word
		for place, text := range allTexts(t, l) {
			for _, word := range words(text) {
				places[word] = append(places[word], place)
			}
		}
		if len(places) < 900 {
			t.Errorf("found only %d words in %s", len(places), l)
		}
		known := knownNames(t, l)
		for _, word := range misspelled(t, l, slices.Sorted(maps.Keys(places))) {
			name := word
			if _, ok := known[name]; !ok {
				name = elision.ReplaceAllString(word, "")
			}
			if _, ok := known[name]; !ok {
				t.Errorf("%q is not in %s; it stands in %s", word, dictionaries[l], places[word])
				continue
			}
			known[name] = true
		}
		for name, used := range known {
			if !used {
				t.Errorf("testdata/%s.txt: nothing needs %q: remove it", l, name)
			}
		}
	}
}

// elision matches what French puts before a name that begins with a vowel.
var elision = regexp.MustCompile(`^([dlnDLN]|[qQ]u)'`)

// TestSpellingFindsMistakes shows that both dictionaries are used, with accents
// and apostrophes.
func TestSpellingFindsMistakes(t *testing.T) {
	tests := []struct {
		lang  Lang
		text  string
		wrong []string
	}{
		{English, "Your colour, your centre, your members’ names: it doesn’t matter.", nil},
		{English, "Your color, your center", []string{"center", "color"}},
		{English, "Recieve %s for <b>{org}</b> at name@example.ca", []string{"Recieve"}},
		{French, "Aujourd’hui, jusqu’au « cœur » de l’été : êtes-vous là?", nil},
		{French, "Une reponse par couriel", []string{"couriel", "reponse"}},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			if got := misspelled(t, tt.lang, words(tt.text)); !slices.Equal(got, tt.wrong) {
				t.Errorf("misspelled are %q, want %q", got, tt.wrong)
			}
		})
	}
}

var (
	notProse = regexp.MustCompile(`%(\[\d\])?[a-z]|\{\w+\}|<[^>]*>|\S+@\S+|https?://\S+|\b[a-z-]+\.(org|ca|com)\b|\S+\.md\b`)
	word     = regexp.MustCompile(`\pL[\pL\pM]*(?:['-]\pL[\pL\pM]*)*`)
)

// words returns the words of text, with straight apostrophes as in dictionaries.
func words(text string) []string {
	return word.FindAllString(strings.ReplaceAll(notProse.ReplaceAllString(text, " "), "’", "'"), -1)
}

// misspelled returns the words that the dictionary of l does not have, sorted and
// each once.
func misspelled(t *testing.T, l Lang, words []string) []string {
	t.Helper()
	check := exec.CommandContext(t.Context(), "hunspell", "-d", dictionaries[l], "-i", "utf-8", "-l")
	check.Env = append(os.Environ(), "HOME="+t.TempDir(), "LC_ALL=C.UTF-8") // without the personal dictionary of the user
	check.Stdin = strings.NewReader(strings.Join(words, "\n"))
	found, err := check.Output()
	if err != nil {
		t.Fatalf("this test needs hunspell with its dictionaries: install them, for example with apt-get install hunspell hunspell-en-ca hunspell-fr: %v", err)
	}
	return slices.Compact(slices.Sorted(strings.FieldsSeq(string(found))))
}

// knownNames returns the words of testdata for l, each mapped to false: not used
// yet.
func knownNames(t *testing.T, l Lang) map[string]bool {
	t.Helper()
	list, err := os.ReadFile("testdata/" + string(l) + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Fields(string(list))
	if !slices.IsSorted(lines) {
		t.Errorf("testdata/%s.txt is not sorted", l)
	}
	known := make(map[string]bool)
	for _, line := range lines {
		known[line] = false
	}
	return known
}
