package web

import (
	"net/http"
	"testing"

	"joinery/app/i18n"
)

// TestFragmentsAreMarked wants the header by which joinery.js knows that nothing on the
// way drops the headers of htmx, on every answer to htmx and on no page.
func TestFragmentsAreMarked(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	v := s.visitor(t)
	f := v.openFirstSection(i18n.English)
	f.set("first_name", "Zoë")
	for _, path := range []string{"/save", "/first_name", "/nothing", ""} {
		if p := v.htmx(http.MethodPost, f.action+path, f.values(nil)); p.header.Get("HX-Fragment") != "true" {
			t.Errorf("%s: %d without a mark", path, p.status)
		}
	}
	for _, path := range []string{"/en/apply/about", "/en/apply/sent", "/en/nothing", "/en/apply/role?wrong=1"} {
		if p := v.htmx(http.MethodGet, path, nil); p.header.Get("HX-Fragment") != "true" {
			t.Errorf("%s: %d without a mark", path, p.status)
		}
		if p := v.open(path); p.header.Get("HX-Fragment") != "" {
			t.Errorf("the page %s has the mark of a fragment", path)
		}
	}
}

// TestAPollWithoutHeadersOfHtmxLeadsToThePage wants the page to count the polls: it must
// not be asked for without end.
func TestAPollWithoutHeadersOfHtmxLeadsToThePage(t *testing.T) {
	t.Parallel()
	v := newSite(t, settings{}).visitor(t)
	v.send(i18n.English, answerFirst)
	for _, polls := range []string{"1", "34", "35", "999999999999999999999", "-1", "x"} {
		v.open("/en/apply/sent/live?n=" + polls)
		v.want(http.StatusOK, i18n.T(i18n.English, "sent.waiting.title"))
		if _, pause := pollOf(v.page); (pause == 0) != (polls == "35") {
			t.Errorf("after %s polls the page asks after %d seconds", polls, pause)
		}
	}
}
