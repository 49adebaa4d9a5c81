package address

import (
	"strings"
	"testing"
	"time"
)

func TestCanonical(t *testing.T) {
	tests := []struct {
		name, typed string
		want        string // "": refused
	}{
		{"plain", "zoe@example.ca", "zoe@example.ca"},
		{"domain in capitals", "Zoe.Roy@EXAMPLE.CA", "Zoe.Roy@example.ca"},
		{"local part keeps its capitals", "ZOE@example.ca", "ZOE@example.ca"},
		{"plus and other signs", "o'neil+joinery_1/x=y@mail.example.co.uk", "o'neil+joinery_1/x=y@mail.example.co.uk"},
		{"short", "a@b.ca", "a@b.ca"},
		{"digits in the domain", "a@163.com", "a@163.com"},
		{"international domain", "zoe@école.ca", "zoe@xn--cole-9oa.ca"},
		{"international domain in capitals", "zoe@ÉCOLE.CA", "zoe@xn--cole-9oa.ca"},
		{"international domain already in ASCII", "zoe@XN--COLE-9OA.ca", "zoe@xn--cole-9oa.ca"},
		{"international top-level domain", "zoe@пример.рф", "zoe@xn--e1afmkfd.xn--p1ai"},
		{"ideographic full stop", "zoe@例え。jp", "zoe@xn--r8jz45g.jp"},
		{"local part of 64", strings.Repeat("a", 64) + "@example.ca", strings.Repeat("a", 64) + "@example.ca"},
		{"label of 63", "a@" + strings.Repeat("b", 63) + ".ca", "a@" + strings.Repeat("b", 63) + ".ca"},
		{"254 in all", strings.Repeat("a", 61) + "@" + strings.Repeat("bbbbbbbbb.", 19) + "ca", strings.Repeat("a", 61) + "@" + strings.Repeat("bbbbbbbbb.", 19) + "ca"},

		{"nothing", "", ""},
		{"no at sign", "zoe.example.ca", ""},
		{"no local part", "@example.ca", ""},
		{"no domain", "zoe@", ""},
		{"two at signs", "zoe@home@example.ca", ""},
		{"domain without a dot", "zoe@example", ""},
		{"comma for a dot", "zoe@example,ca", ""},
		{"dot at the end", "zoe@example.ca.", ""},
		{"dot at the start of the domain", "zoe@.ca", ""},
		{"two dots in the domain", "zoe@example..ca", ""},
		{"dot at the start", ".zoe@example.ca", ""},
		{"dot before the at sign", "zoe.@example.ca", ""},
		{"two dots in the local part", "zoe..roy@example.ca", ""},
		{"top-level domain of one letter", "zoe@example.c", ""},
		{"number for a top-level domain", "zoe@example.123", ""},
		{"IP address", "zoe@192.0.2.1", ""},
		{"IP literal", "zoe@[192.0.2.1]", ""},
		{"hyphen at the end of a label", "zoe@example-.ca", ""},
		{"underscore in the domain", "zoe@my_school.ca", ""},
		{"broken punycode", "zoe@xn--zzzzzz99.ca", ""},
		{"blank inside", "zoe roy@example.ca", ""},
		{"blank around the at sign", "zoe @example.ca", ""},
		{"blank behind", "zoe@example.ca ", ""},
		{"display name", "Zoe <zoe@example.ca>", ""},
		{"angle brackets", "<zoe@example.ca>", ""},
		{"comment", "zoe@example.ca (Zoe)", ""},
		{"list", "zoe@example.ca, ann@example.ca", ""},
		{"list with semicolon", "zoe@example.ca;ann@example.ca", ""},
		{"group", "all: zoe@example.ca;", ""},
		{"mailto", "mailto:zoe@example.ca", ""},
		{"quoted local part", `"zoe"@example.ca`, ""},
		{"quoted blank", `"zoe roy"@example.ca`, ""},
		{"quoted at sign", `"zoe@home"@example.ca`, ""},
		{"escape in the local part", `zoe\@home@example.ca`, ""},
		{"header injection", "zoe@example.ca\r\nBcc: ann@example.ca", ""},
		{"header injection by line feed", "zoe@example.ca\nBcc: ann@example.ca", ""},
		{"folded header", "zoe@example.ca\r\n ", ""},
		{"NUL", "zoe\x00@example.ca", ""},
		{"tab", "zoe\t@example.ca", ""},
		{"escape character", "zoe\x1b@example.ca", ""},
		{"delete character", "zoe\x7f@example.ca", ""},
		{"control in the domain", "zoe@exam\x01ple.ca", ""},
		{"no UTF-8", "zo\xe9@example.ca", ""},
		{"accent in the local part", "zoé@example.ca", ""},
		{"letter that looks like another", "zоe@example.ca", ""}, // Cyrillic о
		{"invisible joiner in the domain", "zoe@exam\u200dple.ca", ""},
		{"bidi override", "zoe\u202e@example.ca", ""},
		{"local part of 65", strings.Repeat("a", 65) + "@example.ca", ""},
		{"label of 64", "a@" + strings.Repeat("b", 64) + ".ca", ""},
		{"longer than 254", strings.Repeat("a", 62) + "@" + strings.Repeat("bbbbbbbbb.", 19) + "ca", ""},
		{"domain longer than the DNS takes", "a@" + strings.Repeat("bbbbbbbbb.", 26) + "ca", ""},
		{"longer than 254 in ASCII only", "a@" + strings.Repeat("éà.", 30) + "ca", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Canonical(tt.typed)
			if got != tt.want || (err == nil) != (tt.want != "") || Valid(tt.typed) != (tt.want != "") {
				t.Fatalf("Canonical(%q) = %q, %v; want %q", tt.typed, got, err, tt.want)
			}
			if again, err := Canonical(got); tt.want != "" && again != got {
				t.Errorf("Canonical(%q) = %q, %v; want it unchanged", got, again, err)
			}
		})
	}
}

// Punycode takes seconds for a domain of many different signs.
func TestATextMuchTooLongIsRefusedAtOnce(t *testing.T) {
	var domain strings.Builder
	for r := range rune(20_000) {
		domain.WriteRune('\u4e00' + r)
	}
	begun := time.Now()
	if Valid("a@"+domain.String()+".ca") || FindFault("a@"+domain.String()+".ca").Kind != OtherFault {
		t.Error("a domain of 20,000 signs is accepted")
	}
	if took := time.Since(begun); took > 100*time.Millisecond {
		t.Errorf("it took %v", took)
	}
}
