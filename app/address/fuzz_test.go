package address

import (
	"strings"
	"testing"
)

// FuzzSuggest checks that every suggestion is a valid address, differs from the typed
// one, keeps the local part of a valid one and needs no further suggestion, and that a
// fault is found in what is no address, and only there.
func FuzzSuggest(f *testing.F) {
	for _, typed := range []string{
		"zoe@gmial.com", "zoe@@yahoo.ca.", "ZOE @GMAIL,com", "zoe@vidéotron.ca", "zoe@例え。jp", "a@ﬀ.ca", "a@ſ..ca",
		"zoe@ｇｍａｉｌ.com", "zoe@K.ca,", "zoe@xn--cole-9oa..ca", " @gmail", "zoe\x00@gmial.com", "zoe@İ.com", "zoe@gmail@.com",
		"Zoe <zoe@gmial.com>", "<mailto:zoe@x.ca>;", "zoe＠example.ca", "o’neil@example.ca", "zo\u200be@example.ca", "'`zoe@x.ca`'.",
		"zoe at example.ca", "zoe[at]gmial.com", "zoé@example.ca", "e\u0301\u0301@x.ca", "zoe@x.ca (Zoe)", "ﷺ@x.ca", "mailto:?@x.ca", "'zoe@x.ca’", "zoe@x❤.ca»", "zoe@a–b.ca", "@x.ca <@x.ca>",
	} {
		f.Add(typed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		suggestion := Suggest(typed)
		checkFault(t, typed)
		address, err := Canonical(typed)
		if err == nil && IsCommonDomain(Domain(address)) && suggestion != "" {
			t.Errorf("%q has a common domain, and yet the suggestion %q", typed, suggestion)
		}
		if suggestion == "" {
			return
		}
		if !Valid(suggestion) {
			t.Errorf("Suggest(%q) = %q, which is no address", typed, suggestion)
		}
		if strings.EqualFold(suggestion, typed) {
			t.Errorf("Suggest(%q) = %q, which is what was typed", typed, suggestion)
		}
		local, _, _ := strings.Cut(suggestion, "@")
		if err == nil && !strings.HasPrefix(typed, local+"@") {
			t.Errorf("Suggest(%q) = %q has another local part", typed, suggestion)
		}
		if again := Suggest(suggestion); again != "" {
			t.Errorf("Suggest(%q) = %q, for which it suggests %q", typed, suggestion, again)
		}
	})
}

// checkFault checks that typed has a fault if it is no address, and that the fault
// names a sign of reasonable length if its kind has one.
func checkFault(t *testing.T, typed string) {
	fault := FindFault(typed)
	if (fault.Kind == NoFault) != Valid(typed) {
		t.Errorf("FindFault(%q) = %+v", typed, fault)
	}
	named := fault.Kind == WrongAt || fault.Kind == SignBefore || fault.Kind == LetterBefore || fault.Kind == SignAfter
	if named != (fault.Sign != "") || len(fault.Sign) > 128 || strings.ContainsFunc(fault.Sign, isInvisible) {
		t.Errorf("FindFault(%q) = %+v", typed, fault)
	}
}

// FuzzCanonical checks that the canonical form of an address is an address with the same
// canonical form, which fits into one line of a letter.
func FuzzCanonical(f *testing.F) {
	for _, typed := range []string{"zoe@example.ca", "Zoe+1@Éxample.CA", "zoe@xn--xample-9ua.ca", "zoe@例え.jp", "zoe@[10.0.0.1]", "\"zoe\"@example.ca", "a@b", "zoe@ｅxample.ca", "zoe@example.ca\r\nBcc: x@y.ca"} {
		f.Add(typed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		canonical, err := Canonical(typed)
		if err != nil {
			return
		}
		if again, err := Canonical(canonical); err != nil || again != canonical {
			t.Errorf("Canonical(%q) = %q, whose own canonical form is %q, %v", typed, canonical, again, err)
		}
		if len(canonical) > 254 || strings.ContainsFunc(canonical, func(r rune) bool { return r <= ' ' || r > '~' }) {
			t.Errorf("Canonical(%q) = %q, which does not fit into a letter", typed, canonical)
		}
	})
}
