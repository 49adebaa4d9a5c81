package join

import "testing"

// TestAdviceNeedsNoDirectory gives what advice there is without the DNS.
func TestAdviceNeedsNoDirectory(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	for typed, want := range map[string]Advice{
		"zoe@gmial.com": {Suggestion: "zoe@gmail.com"},
		"zoe@gmail.com": {},
		"nobody":        {},
		"":              {},
	} {
		if got := b.Advice(t.Context(), typed); got != want {
			t.Errorf("the advice about %q is %+v, want %+v", typed, got, want)
		}
	}
}
