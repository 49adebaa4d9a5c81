package i18n

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

func TestCataloguesHaveTheSameKeys(t *testing.T) {
	want := slices.Sorted(maps.Keys(catalogues[English]))
	for _, l := range Languages {
		for _, key := range want {
			if strings.TrimSpace(catalogues[l][key]) == "" {
				t.Errorf("%s.json has nothing under %q", l, key)
			}
		}
		for key := range catalogues[l] {
			if _, ok := catalogues[English][key]; !ok {
				t.Errorf("%s.json has %q, en.json does not", l, key)
			}
		}
	}
}

var verb = regexp.MustCompile(`%(?:\[(\d+)\])?([-+# 0]*[\d.]*)(.)`)

// verbs returns the verbs of a text by the number of their argument.
func verbs(text string) map[int]string {
	found, next := make(map[int]string), 1
	for _, m := range verb.FindAllStringSubmatch(text, -1) {
		if m[3] == "%" {
			continue
		}
		if m[1] != "" {
			next, _ = strconv.Atoi(m[1])
		}
		found[next] = m[2] + m[3]
		next++
	}
	return found
}

func TestVerbs(t *testing.T) {
	tests := []struct {
		text string
		want map[int]string
	}{
		{"nothing", map[int]string{}},
		{"100 %% sure", map[int]string{}},
		{"%s of %d", map[int]string{1: "s", 2: "d"}},
		{"%[2]d of %[1]s", map[int]string{1: "s", 2: "d"}},
		{"%[1]d of %[1]d", map[int]string{1: "d"}},
		{"%[2]d, %02d", map[int]string{2: "d", 3: "02d"}},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			if got := verbs(tt.text); !maps.Equal(got, tt.want) {
				t.Errorf("verbs = %v, want %v", got, tt.want)
			}
		})
	}
}

func TestCataloguesHaveTheSameVerbs(t *testing.T) {
	for key, text := range catalogues[English] {
		want := verbs(text)
		for _, l := range Languages {
			if got := verbs(catalogues[l][key]); !maps.Equal(got, want) {
				t.Errorf("%s.json has under %q the verbs %v, en.json has %v", l, key, got, want)
			}
		}
		for number, v := range want {
			if v != "s" && v != "d" {
				t.Errorf("%q has the verb %%%s: only %%s and %%d are plain to translators", key, v)
			}
			if _, ok := want[number-1]; !ok && number > 1 {
				t.Errorf("%q leaves argument %d out", key, number-1)
			}
		}
	}
}

func TestPluralsComeInPairs(t *testing.T) {
	texts := catalogues[English]
	for key := range texts {
		for form, other := range map[string]string{".one": ".other", ".other": ".one"} {
			stem, ok := strings.CutSuffix(key, form)
			if _, both := texts[stem+other]; ok && !both {
				t.Errorf("there is %q without %q", key, stem+other)
			}
			if _, alone := texts[stem]; ok && alone {
				t.Errorf("there is %q beside %q", stem, key)
			}
			if ok && verbs(texts[key])[1] != "d" {
				t.Errorf("the first argument of %q is not the number", key)
			}
			if ok && !maps.Equal(verbs(texts[key]), verbs(texts[stem+other])) {
				t.Errorf("%q and %q have different verbs", key, stem+other)
			}
		}
	}
}

// formatMistake returns what T would write wrongly of a text, or "".
func formatMistake(text string) string {
	numbered, found := strings.Contains(text, "%["), verb.FindAllStringSubmatch(text, -1)
	for _, m := range found {
		if numbered && m[1] == "" && m[3] != "%" {
			return "only some verbs have a number"
		}
	}
	if len(verbs(text)) == 0 {
		if strings.Contains(text, "%%") {
			return "T returns a text without verbs as it is: one % is enough"
		}
		return ""
	}
	if strings.Contains(verb.ReplaceAllString(text, ""), "%") {
		return "a % that is no verb must be written %%"
	}
	return ""
}

func TestFormatMistake(t *testing.T) {
	tests := []struct {
		text  string
		clear bool
	}{
		{"nothing", true},
		{"100 %", true},
		{"100 %%", false},
		{"%d of 100 %%", true},
		{"%d of 100%", false},
		{"%[2]s and %[1]s", true},
		{"%[2]s and %s", false},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			if got := formatMistake(tt.text); (got == "") != tt.clear {
				t.Errorf("muddle = %q, want it clear: %v", got, tt.clear)
			}
		})
	}
}

// endingMark returns the punctuation mark at the end of a text, before closing
// quotation marks and brackets, or "".
func endingMark(text string) string {
	text = strings.TrimRight(text, "”»)\u00a0")
	return strings.TrimRightFunc(text[max(0, len(text)-1):], func(r rune) bool { return !strings.ContainsRune(".:!?", r) })
}

func TestCataloguesHaveClearVerbsAndEqualEndings(t *testing.T) {
	for _, l := range Languages {
		for key, text := range catalogues[l] {
			if wrong := formatMistake(text); wrong != "" {
				t.Errorf("%s.json, %q: %s", l, key, wrong)
			}
			if got, want := endingMark(text), endingMark(catalogues[English][key]); got != want {
				t.Errorf("%s.json ends %q with %q, en.json with %q", l, key, got, want)
			}
		}
	}
}

func TestT(t *testing.T) {
	catalogues = map[Lang]map[string]string{
		English: {"plain": "100%", "two": "%s and %s", "many": "%d", "n.one": "%d thing of %s", "n.other": "%d things of %s"},
		French:  {"plain": "100 %", "two": "%[2]s et %[1]s", "end": "le %s.", "many": "%d", "n.one": "%d chose de %s", "n.other": "%d choses de %s"},
	}
	t.Cleanup(func() { catalogues = loadCatalogues() })
	name := Text{English: "Hub", French: "Pôle"}
	tests := []struct {
		name, got, want string
	}{
		{"a text", T(English, "plain"), "100%"},
		{"arguments", T(English, "two", "a", 1), "a and %!s(int=1)"},
		{"arguments in another order", T(French, "two", "a", "b"), "b et a"},
		{"a Text in the language", T(French, "two", name, "b"), "b et Pôle"},
		{"a Message in the language", T(French, "two", Message{Key: "two", Args: []any{"x", name}}, "b"), "b et Pôle et x"},
		{"an abbreviation at the end of a sentence", T(French, "end", "30 déc."), "le 30 déc."},
		{"an abbreviation within a sentence", T(English, "two", "3:04 p.m.", "b"), "3:04 p.m. and b"},
		{"an unknown key", T(English, "nothing"), "nothing"},
		{"an unknown key with arguments", T(English, "nothing", 1, "a"), "nothing"},
		{"an unknown language", T("de", "plain"), "plain"},
		{"a Message", Message{Key: "many", Args: []any{3}}.In(French), "3"},
		{"none of something in English", N(English, "n", 0, name), "0 things of Hub"},
		{"one of something in English", N(English, "n", 1, name), "1 thing of Hub"},
		{"two of something in English", N(English, "n", 2, name), "2 things of Hub"},
		{"none of something in French", N(French, "n", 0, name), "0 chose de Pôle"},
		{"one of something in French", N(French, "n", 1, name), "1 chose de Pôle"},
		{"two of something in French", N(French, "n", 2, name), "2 choses de Pôle"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if tt.got != tt.want {
				t.Errorf("got %q, want %q", tt.got, tt.want)
			}
		})
	}
}
