package confirm_test

import (
	"testing"

	"joinery/app/confirm"
	"joinery/app/journeytest"
)

// TestWhatStandsBehindALinkDoesNoHarm but what is missing from it does.
func TestWhatStandsBehindALinkDoesNoHarm(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	j.Submitted(t)
	const size = confirm.SelectorSize
	token := j.ConfirmToken(t)
	tests := []struct {
		name, token string
		want        confirm.LinkStatus
	}{
		{"as it is", token, confirm.Open},
		{"a full stop", token + ".", confirm.Open},
		{"a bracket and a comma", token + ">),", confirm.Open},
		{"a slash", token + "/", confirm.Open},
		{"another word", token + " zoe", confirm.Open},
		{"an encoded character", token + "%20", confirm.Open},
		{"one letter more", token + "A", confirm.Mistyped},
		{"one letter less", token[:len(token)-1], confirm.Mistyped},
		{"cut in the middle", token[:len(token)/2], confirm.Mistyped},
		{"the selector alone", token[:size], confirm.Mistyped},
		{"no verifier", token[:size+1], confirm.Mistyped},
		{"no selector", token[size:], confirm.Mistyped},
		{"another verifier", token[:size+1] + "AAAAAAAAAAAAAAAAAAAAAAAAAA", confirm.Mistyped},
		{"another selector", "AAAAAAAAAA" + token[size:], confirm.Mistyped},
		{"a hyphen", "-", confirm.Mistyped},
		{"quotes", `' OR 1=1 --`, confirm.Mistyped},
		{"no letters at all", "\x00\xff", confirm.Mistyped},
		{"nothing", "", confirm.Mistyped},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { j.WantConfirmLink(t, tt.token, tt.want) })
	}
}
