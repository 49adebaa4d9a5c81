package token

import (
	"slices"
	"strings"
	"testing"
)

// waysOfTyping are texts in which a code of six characters, such as CT973W, is meant.
var waysOfTyping = map[string]func(code string) string{
	"as it is":                       func(code string) string { return code },
	"in small letters":               strings.ToLower,
	"in two halves":                  func(code string) string { return code[:3] + " " + code[3:] },
	"in two halves, small, no-break": func(code string) string { return strings.ToLower(code[:3] + "\u00a0" + code[3:]) },
	"with narrow and no-break blanks": func(code string) string {
		return "\u202f" + code[:3] + "\u2009" + code[3:] + "\u00a0"
	},
	"with zero-width characters":  func(code string) string { return "\ufeff" + code[:2] + "\u200b" + code[2:] + "\u200d\u2060" },
	"with a soft hyphen":          func(code string) string { return code[:3] + "\u00ad" + code[3:] },
	"with a hyphen and full stop": func(code string) string { return code[:3] + "-" + code[3:] + "." },
	"with a no-break hyphen":      func(code string) string { return code[:3] + "\u2011" + code[3:] },
	"with a dash":                 func(code string) string { return code[:3] + " – " + code[3:] },
	"letter by letter":            func(code string) string { return strings.Join(strings.Split(code, ""), " ") },
	"in quotes":                   func(code string) string { return "“" + code + "”" },
	"in French quotes":            func(code string) string { return "« " + code + " »" },
	"in stars":                    func(code string) string { return "*" + code + "*" },
	"on two lines":                func(code string) string { return code[:3] + "\r\n" + code[3:] + "\r\n" },
	"twice":                       func(code string) string { return code + " " + code },
	"with its label":              func(code string) string { return "Your code: " + code },
	"with its French label":       func(code string) string { return "Votre code\u00a0: " + code[:3] + " " + code[3:] },
	"with half of its label":      func(code string) string { return "code " + code },
	"glued to its label":          func(code string) string { return "Your code:" + code },
	"glued to the word":           func(code string) string { return "code" + strings.ToLower(code) },
	"with its label on a line":    func(code string) string { return "Your code:\n" + code + "\n" },
	"labelled, letter by letter":  func(code string) string { return "Code: " + strings.Join(strings.Split(code, ""), "-") },
	"in full-width letters":       fullWidth,
	"in a sentence": func(code string) string {
		return "Your code: " + code + " Then type this code on the page that you saw after you sent your application."
	},
	"in a French sentence": func(code string) string {
		return "Saisissez ce code sur la page que vous avez vue après l’envoi. Votre code : " + code + ". Le lien et le code fonctionnent jusqu’à 16 h 34."
	},
	"before its label": func(code string) string { return code + " is your code" },
}

// fullWidth returns a code as keyboards for Chinese and Japanese type it.
func fullWidth(code string) string {
	return strings.Map(func(r rune) rune { return r - '!' + '！' }, code)
}

func TestACodeIsUnderstoodHoweverItIsTyped(t *testing.T) {
	for name, typed := range waysOfTyping {
		for _, code := range []string{"CT973W", "TYPETH", "AAAAAA", "DECADE", "CDEDEC", "334467"} {
			t.Run(name+" "+code, func(t *testing.T) {
				if got := Codes(typed(code), len(code)); !slices.Contains(got, code) {
					t.Errorf("Codes(%q) = %q, want %q among them", typed(code), got, code)
				}
			})
		}
	}
}

func TestALabelledCodeIsTheLikeliest(t *testing.T) {
	const typed = "THE PAGE THE TYPE THE NET: your code is here. Code: CT9 73W. MAKE ME"
	if got := Codes(typed, 6); len(got) == 0 || got[0] != "CT973W" {
		t.Errorf("Codes(%q) = %q, want CT973W first", typed, got)
	}
}

func TestWhatCannotBeACodeHasNoReading(t *testing.T) {
	for _, typed := range []string{
		"", " ", "\u200b", "...", "CT973", "CT973WA", "CT9 73", "CT9 73WA", "CT973O", "Your code:", "Votre code :", "code CT9", "Code: CT97", "code",
		"\x00\xff", "CT97É3W", "<script>", "０", "http://example.org/en/confirm", strings.Repeat("A", 10000), strings.Repeat("CODE", 10000),
	} {
		if got := Codes(typed, 6); len(got) != 0 {
			t.Errorf("Codes(%.40q) = %q, want none", typed, got)
		}
	}
}

func TestATextHasFewReadings(t *testing.T) {
	for _, typed := range []string{strings.Repeat("A C D E ", 8000), "AAAAAA CCCCCC DDDDDD EEEEEE FFFFFF", strings.Repeat("CT973W ", 9000)} {
		if got := Codes(typed, 6); len(got) > 4 {
			t.Errorf("Codes(%.40q) = %q, want four at most", typed, got)
		}
	}
}

// FuzzCodes checks that every reading can be a code, that readings are few and differ,
// and that a code is understood behind any text once it has its label.
func FuzzCodes(f *testing.F) {
	for _, typed := range waysOfTyping {
		f.Add(typed("CT973W"))
	}
	f.Add("ª\u0301ﬀ\xff code")
	f.Fuzz(func(t *testing.T, typed string) {
		got := Codes(typed, 6)
		for i, code := range got {
			if len(code) != 6 || strings.Trim(code, CodeAlphabet) != "" || slices.Contains(got[:i], code) || i >= maxReadings {
				t.Errorf("Codes(%q) = %q", typed, got)
			}
		}
		const more = ". Code: CT9 73W."
		if got := Codes(strings.ReplaceAll(strings.ToLower(typed), "code", "")+more, 6); !slices.Contains(got, "CT973W") {
			t.Errorf("Codes(%q) = %q, want CT973W among them", typed+more, got)
		}
	})
}

func TestACodeAloneHasItsLength(t *testing.T) {
	for typed, want := range map[string]bool{
		"CT973WAAA": true, "ct9 73w aaa": true, "Your code: CT9-73W-AAA.": true, "Votre code\u00a0: CT973WAAA": true, "C T 9 7 3 W A A A": true,
		"": false, "code": false, "CT973W": false, "CT9 73W": false, "CT9 73W AAA AAA": false, "The CT973W": false, "CT97 3WAAA": false, "CT9 73W AAO": false,
	} {
		if got := IsCode(typed, MemberLength); got != want {
			t.Errorf("IsCode(%q) = %t, want %t", typed, got, want)
		}
	}
}
