package address

import (
	"strings"
	"testing"
)

// FuzzSuggest checks that every suggestion is a valid address, differs from the typed
// one, keeps its local part and needs no further suggestion.
func FuzzSuggest(f *testing.F) {
	for _, typed := range []string{
		"zoe@gmial.com", "zoe@@yahoo.ca.", "ZOE @GMAIL,com", "zoe@vidéotron.ca", "zoe@例え。jp", "a@ﬀ.ca", "a@ſ..ca",
		"zoe@ｇｍａｉｌ.com", "zoe@K.ca,", "zoe@xn--cole-9oa..ca", " @gmail", "zoe\x00@gmial.com", "zoe@İ.com", "zoe@gmail@.com",
	} {
		f.Add(typed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		suggestion := Suggest(typed)
		if address, err := Canonical(typed); err == nil && IsCommonDomain(address[strings.LastIndexByte(address, '@')+1:]) && suggestion != "" {
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
		if !strings.HasPrefix(strings.TrimSpace(typed), local) {
			t.Errorf("Suggest(%q) = %q has another local part", typed, suggestion)
		}
		if again := Suggest(suggestion); again != "" {
			t.Errorf("Suggest(%q) = %q, for which it suggests %q", typed, suggestion, again)
		}
	})
}
