package address

import (
	"strings"
	"testing"
)

// FuzzMeant: whatever is typed, advice is an address, another one, and for the
// same person.
func FuzzMeant(f *testing.F) {
	for _, typed := range []string{
		"zoe@gmial.com", "zoe@@yahoo.ca.", "ZOE @GMAIL,com", "zoe@vidéotron.ca", "zoe@例え。jp", "a@ﬀ.ca", "a@ſ..ca",
		"zoe@ｇｍａｉｌ.com", "zoe@K.ca,", "zoe@xn--cole-9oa..ca", " @gmail", "zoe\x00@gmial.com", "zoe@İ.com", "zoe@gmail@.com",
	} {
		f.Add(typed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		meant := Suggest(typed)
		if was, err := Canonical(typed); err == nil && IsCommonDomain(was[strings.LastIndexByte(was, '@')+1:]) && meant != "" {
			t.Errorf("%q is on the list, and is taken for %q", typed, meant)
		}
		if meant == "" {
			return
		}
		if !Valid(meant) {
			t.Errorf("Meant(%q) = %q, which is no address", typed, meant)
		}
		if strings.EqualFold(meant, typed) {
			t.Errorf("Meant(%q) = %q, which is what was typed", typed, meant)
		}
		local, _, _ := strings.Cut(meant, "@")
		if !strings.HasPrefix(strings.TrimSpace(typed), local) {
			t.Errorf("Meant(%q) = %q has another local part", typed, meant)
		}
		if again := Suggest(meant); again != "" {
			t.Errorf("Meant(%q) = %q, for which it takes %q", typed, meant, again)
		}
	})
}
