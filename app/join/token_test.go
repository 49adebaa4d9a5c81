package join

import "testing"

// TestWhatStandsBehindALinkDoesNoHarm but what is missing from it does.
func TestWhatStandsBehindALinkDoesNoHarm(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	b.sent(t)
	token := b.proof(t)
	tests := []struct {
		name, token string
		want        LinkStatus
	}{
		{"as it is", token, Open},
		{"a full stop", token + ".", Open},
		{"a bracket and a comma", token + ">),", Open},
		{"a slash", token + "/", Open},
		{"another word", token + " zoe", Open},
		{"an encoded character", token + "%20", Open},
		{"one letter more", token + "A", Mistyped},
		{"one letter less", token[:len(token)-1], Mistyped},
		{"cut in the middle", token[:len(token)/2], Mistyped},
		{"the handle alone", token[:10], Mistyped},
		{"no proof", token[:11], Mistyped},
		{"no handle", token[10:], Mistyped},
		{"another proof", token[:11] + "AAAAAAAAAAAAAAAAAAAAAAAAAA", Mistyped},
		{"another handle", "AAAAAAAAAA" + token[10:], Mistyped},
		{"a hyphen", "-", Mistyped},
		{"quotes", `' OR 1=1 --`, Mistyped},
		{"no letters at all", "\x00\xff", Mistyped},
		{"nothing", "", Mistyped},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { b.wantLink(t, tt.token, tt.want) })
	}
}
