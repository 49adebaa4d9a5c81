package web

import (
	"testing"

	"joinery/app/i18n"
)

// TestOnlyTheBrowserThatTypesWrongCodesWaits has a neighbour with the same address and the
// same User-Agent.
func TestOnlyTheBrowserThatTypesWrongCodesWaits(t *testing.T) {
	t.Parallel()
	s, l := newSite(t, settings{}), i18n.English
	code := s.visitorWithDraft(t, l, "Ada").createCode(l)
	guesser, neighbour := s.newDevice(t, "a browser"), s.newDevice(t, "a browser")
	neighbour.post("/en/code", codeForm("BBBB BBBB"))
	for range 50 {
		guesser.post("/en/code", codeForm("AAAA AAAA"))
	}
	guesser.post("/en/code", codeForm(code))
	guesser.wantHandoffError(l, code, i18n.T(l, "code.spent"))
	neighbour.redeemCode(l, code)
}
