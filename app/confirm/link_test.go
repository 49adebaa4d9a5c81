package confirm_test

import (
	"strings"
	"testing"

	"joinery/app/confirm"
	"joinery/app/journeytest"
)

// TestWhatMailProgramsDoToALinkDoesNoHarm but what is missing from it does.
func TestWhatMailProgramsDoToALinkDoesNoHarm(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	j.Submitted(t)
	const size = confirm.SelectorSize
	token := j.ConfirmToken(t)
	selector, verifier := token[:size], token[size+1:]
	tests := []struct {
		name, token string
		want        confirm.LinkStatus
	}{
		{"as it is", token, confirm.Open},
		{"a full stop", token + ".", confirm.Open},
		{"a bracket and a comma", "<" + token + ">),", confirm.Open},
		{"a slash", token + "/", confirm.Open},
		{"another word", token + " zoe", confirm.Open},
		{"an encoded character", token + "%20", confirm.Open},
		{"one letter more", token + "A", confirm.Open},
		{"small letters", strings.ToLower(token), confirm.Open},
		{"wrapped", token[:20] + "%0D%0A" + token[20:], confirm.Open},
		{"wrapped as mail is", token[:20] + "=%0D%0A" + token[20:], confirm.Open},
		{"another dash", selector + "%E2%80%91" + verifier, confirm.Open},
		{"an entity", selector + "%26%2345;" + verifier, confirm.Open},
		{"no hyphen", selector + verifier, confirm.Open},
		{"one letter less", token[:len(token)-1], confirm.Cut},
		{"cut in the middle", token[:len(token)/2], confirm.Cut},
		{"cut by dots", token[:len(token)/2] + "...", confirm.Cut},
		{"cut, and words behind it", token[:len(token)/2] + " Thank you, and see you soon at the meeting", confirm.Cut},
		{"cut, and a path behind it", token[:len(token)/2] + "/thank-you-and-see-you-soon-at-the-meeting", confirm.Cut},
		{"the selector alone", selector, confirm.Cut},
		{"no verifier", selector + "-", confirm.Cut},
		{"no selector", "-" + verifier, confirm.Cut},
		{"another verifier", selector + "-AAAAAAAAAAAAAAAAAAAAAAAAAA", confirm.Mistyped},
		{"another selector", "AAAAAAAAAA-" + verifier, confirm.Mistyped},
		{"a hyphen", "-", confirm.Cut},
		{"quotes", `' OR 1=1 --`, confirm.Cut},
		{"no letters at all", "\x00\xff", confirm.Cut},
		{"nothing", "", confirm.Cut},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { j.WantConfirmLink(t, tt.token, tt.want) })
	}
}
