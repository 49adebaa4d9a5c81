package web

import (
	"errors"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"joinery/app/i18n"
)

var requestIDShape = regexp.MustCompile(`^[ACDEFGHJKMNPQRTVWXY34679]{8}$`)

// TestAFailureIsFoundByTheCodeOnItsPage looks for what an applicant can quote, in the log.
func TestAFailureIsFoundByTheCodeOnItsPage(t *testing.T) {
	t.Parallel()
	s, v, store := failingSite(t)
	store.load = func() error { return errors.New("a statement without sense") }
	for _, l := range i18n.Languages {
		v.open("/" + string(l) + "/apply/about")
		id := v.page.header.Get("X-Request-Id")
		if !requestIDShape.MatchString(id) {
			t.Fatalf("the ID of a request is %q", id)
		}
		v.want(http.StatusInternalServerError, i18n.T(l, "error.internal.title"))
		if words := i18n.T(l, "error.reference", id); !strings.Contains(v.page.text(), words) {
			t.Errorf("the page does not say %q", words)
		}
		for _, line := range []string{`"msg":"request failed"`, `"msg":"request"`} {
			if !regexp.MustCompile(line + `,"request":"` + id + `"`).MatchString(s.log.String()) {
				t.Errorf("the log has no line %s with %s", line, id)
			}
		}
	}
}

// TestARequestIDIsNeverTheClients keeps what a stranger sends out of the log, and gives
// each request an ID of its own.
func TestARequestIDIsNeverTheClients(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	v := s.visitor(t)
	v.header.Set("X-Request-Id", "XXXXXXXX")
	ids := make(map[string]bool)
	for _, path := range []string{"/en", "/en", "/en/nowhere"} {
		v.open(path)
		ids[v.page.header.Get("X-Request-Id")] = true
	}
	if len(ids) != 3 || ids["XXXXXXXX"] || ids[""] || strings.Contains(s.log.String(), "XXXXXXXX") {
		t.Errorf("three requests have the IDs %v", ids)
	}
	if strings.Contains(v.page.text(), v.page.header.Get("X-Request-Id")) {
		t.Error("a page that does not exist asks for a code to be quoted, though it is no failure")
	}
}
