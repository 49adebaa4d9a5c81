package address

import (
	"strings"
	"testing"
	"time"
)

func TestSuggestWithoutWhatIsNotPartOfTheAddress(t *testing.T) {
	tests := []struct {
		name, typed string
		want        string // "": no advice
	}{
		{"name", "Zoe Roy <zoe@example.ca>", "zoe@example.ca"},
		{"name in quotation marks", `"Roy, Zoé" <zoe@example.ca>`, "zoe@example.ca"},
		{"name and a common slip", "Zoe Roy <zoe@gmial.com>", "zoe@gmail.com"},
		{"the address as a name", "zoe@example.ca <zoe@example.ca>", "zoe@example.ca"},
		{"the address as a name of a link", "zoe@example.ca<mailto:Zoe@example.ca>", "Zoe@example.ca"},
		{"another address as a name", "ann@example.ca <zoe@example.ca>", ""},
		{"name in front of parentheses", "Zoe Roy (zoe@example.ca)", "zoe@example.ca"},
		{"name in parentheses", "zoe@example.ca (Zoé Roy)", "zoe@example.ca"},
		{"name alone", "Zoe <zoe>", ""},
		{"several brackets", "<zoe@example.ca> <ann@example.ca>", ""},

		{"angle brackets", "<zoe@example.ca>", "zoe@example.ca"},
		{"half of the angle brackets", "zoe@example.ca>", "zoe@example.ca"},
		{"parentheses", "(zoe@example.ca)", "zoe@example.ca"},
		{"square brackets", "[zoe@example.ca]", "zoe@example.ca"},
		{"braces", "{zoe@example.ca}", "zoe@example.ca"},
		{"quotation marks", `"zoe@example.ca"`, "zoe@example.ca"},
		{"typographic quotation marks", "“zoe@example.ca”", "zoe@example.ca"},
		{"French quotation marks", "«\u00a0zoe@example.ca\u00a0»", "zoe@example.ca"},
		{"apostrophes", "'zoe@example.ca'", "zoe@example.ca"},
		{"typographic apostrophes", "‘zoe@example.ca’", "zoe@example.ca"},
		{"apostrophes and a dot", "'zoe@example.ca'.", "zoe@example.ca"},
		{"apostrophe behind", "zoe@example.ca'", "zoe@example.ca"},
		{"sign of the local part before", "*zoe@example.ca*", "zoe@example.ca"},
		{"half of the typographic quotation marks", "zoe@example.ca”", "zoe@example.ca"},
		{"half of the French quotation marks", "zoe@example.ca\u00a0»", "zoe@example.ca"},
		{"semicolon", "zoe@example.ca;", "zoe@example.ca"},
		{"comma and a blank", "zoe@example.ca, ", "zoe@example.ca"},
		{"dot", "zoe@example.ca.", "zoe@example.ca"},
		{"exclamation mark", "zoe@example.ca!", "zoe@example.ca"},

		{"mailto", "mailto:zoe@example.ca", "zoe@example.ca"},
		{"mailto in capitals", "MAILTO:zoe@example.ca", "zoe@example.ca"},
		{"mailto with a subject", "mailto:zoe@example.ca?subject=Hello", "zoe@example.ca"},
		{"mailto in brackets", "<mailto:zoe@example.ca>", "zoe@example.ca"},
		{"label", "Email: zoe@example.ca", "zoe@example.ca"},
		{"French label", "Courriel : zoe@example.ca", "zoe@example.ca"},
		{"colon for a dot", "zoe:roy@example.ca", ""},

		{"at sign of full width", "zoe＠example.ca", "zoe@example.ca"},
		{"small at sign", "zoe﹫example.ca", "zoe@example.ca"},
		{"full width", "ｚｏｅ＠ｅｘａｍｐｌｅ．ｃａ", "zoe@example.ca"},
		{"full width in the local part", "ｚoe@example.ca", "zoe@example.ca"},
		{"typographic apostrophe", "o’neil@example.ca", "o'neil@example.ca"},
		{"acute accent for an apostrophe", "o´neil@example.ca", "o'neil@example.ca"},
		{"typographic hyphen", "anne‑marie@example.ca", "anne-marie@example.ca"},

		{"ideographic full stop behind", "zoe@example.ca。", "zoe@example.ca"},
		{"ideographic full stop beside an at sign of full width", "zoe＠example。ca", "zoe@example.ca"},
		{"Arabic comma behind", "zoe@example.ca،", "zoe@example.ca"},

		{"dash for a hyphen in the domain", "zoe@my–clinic.ca", "zoe@my-clinic.ca"},
		{"right and with a sign in the domain", "zoe@i❤.ca", ""},
		{"zero width space", "zo\u200be@example.ca", "zoe@example.ca"},
		{"byte order mark", "\ufeffzoe@example.ca", "zoe@example.ca"},
		{"soft hyphen", "zo\u00ade@example.ca", "zoe@example.ca"},
		{"mark of direction behind the at sign", "zoe@\u200eexample.ca", "zoe@example.ca"},
		{"embedding", "\u202azoe\u202c@example.ca", "zoe@example.ca"},
		{"isolate", "\u2068zoe\u2069@example.ca", "zoe@example.ca"},
		{"word joiner", "zo\u2060e@example.ca", "zoe@example.ca"},
		{"variation selector", "zoe\ufe0f@example.ca", "zoe@example.ca"},
		{"NUL", "zo\x00e@example.ca", "zoe@example.ca"},

		{"at spelled out", "zoe at example.ca", "zoe@example.ca"},
		{"at in parentheses", "zoe (at) example.ca", "zoe@example.ca"},
		{"at in square brackets", "zoe[at]example.ca", "zoe@example.ca"},
		{"at in French", "zoe arobase exemple.ca", "zoe@exemple.ca"},
		{"at and dot spelled out", "zoe at example dot ca", "zoe@example.ca"},
		{"at and dot in parentheses", "zoe (at) example (dot) ca", "zoe@example.ca"},
		{"dot in French", "zoe arobase exemple point ca", "zoe@exemple.ca"},
		{"at before no domain", "zoe at home", ""},
		{"at in a sentence", "I am at example.ca", ""},

		{"accent", "zoé@example.ca", ""},
		{"accent of its own", "zoe\u0301@example.ca", ""},
		{"accent and a name", "Zoé <zoé@example.ca>", ""},
		{"letter of another alphabet", "zоe@example.ca", ""}, // Cyrillic о
		{"blank in the local part", "zoe roy@example.ca", ""},
		{"two words and a bracket", "zoe roy@example.ca>", ""},
		{"list", "zoe@example.ca; ann@example.ca", ""},
		{"label and header", "mailto:zoe@example.ca\r\nBcc: ann@example.ca", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Suggest(tt.typed); got != tt.want {
				t.Errorf("Suggest(%q) = %q, want %q", tt.typed, got, tt.want)
			}
		})
	}
}

func TestSuggestIsQuickForAnyInput(t *testing.T) {
	begun := time.Now()
	for _, part := range []string{"<", "'", "`'", "(", "a at ", "mailto:", "@", "a@<", "\u0301", "ﷺ", "\u200b", ".", " ", "\xff"} {
		for _, n := range []int{100, maxTyped / len(part), 1 << 20} {
			for _, typed := range []string{strings.Repeat(part, n), strings.Repeat(part, n) + "zoe@x.ca", "zoe@x.ca" + strings.Repeat(part, n)} {
				if got := Suggest(typed); got != "" && !Valid(got) {
					t.Errorf("the suggestion is %q", got)
				}
			}
		}
	}
	if took := time.Since(begun); took > 5*time.Second {
		t.Errorf("it takes %v", took)
	}
}
