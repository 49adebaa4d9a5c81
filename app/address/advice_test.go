package address

import "testing"

// TestASuggestionNeedsNoDNS asks for advice without an MXChecker.
func TestASuggestionNeedsNoDNS(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]Advice{
		"zoe@gmial.com": {Suggestion: "zoe@gmail.com"},
		"zoe@gmail.com": {},
		"nobody":        {},
		"":              {},
	} {
		if got := Advise(t.Context(), nil, typed); got != want {
			t.Errorf("the advice about %q is %+v, want %+v", typed, got, want)
		}
	}
}
