package web

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"joinery/app/i18n"
)

func TestPathInAnyCaseLeadsToThePage(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{addSecondForm: func(s *site) { s.mountSecond(t, "/call") }})
	tests := []struct{ name, path, want string }{
		{"a language", "/FR", "/fr"},
		{"a language with its region", "/fr-CA", "/fr"},
		{"a page in a language with its region", "/EN_ca/Privacy", "/en/privacy"},
		{"a page", "/en/Privacy", "/en/privacy"},
		{"a page under the form", "/EN/APPLY/CHECK", "/en/apply/check"},
		{"a page with a dot", "/Fr/Apply/Receipt.PDF", "/fr/apply/receipt.pdf"},
		{"a section", "/EN/APPLY/ABOUT", "/en/apply/about"},
		{"only the section", "/en/apply/About", "/en/apply/about"},
		{"a section of another form", "/fr/CALL/Budget", "/fr/call/budget"},
		{"with a query", "/EN/Apply/About?From=Check&b=%2F", "/en/apply/about?From=Check&b=%2F"},
		{"escaped", "/en/%61%50ply", "/en/apply"},
		{"a token keeps its case", "/EN/Confirm/AbC-xYz", "/en/confirm/AbC-xYz"},
		{"a page behind a token", "/FR/Confirm/AbC-xYz/Not-Mine", "/fr/confirm/AbC-xYz/not-mine"},
		{"a token to a draft", "/EN/resume/AbC_/DELETE", "/en/resume/AbC_/delete"},
		{"a code", "/EN/CODE/AbCd", "/en/code/AbCd"},
		{"an escaped token", "/EN/confirm/Ab%C3%89%2fC", "/en/confirm/Ab%C3%89%2fC"},
		{"the outbox", "/OUTBOX", "/outbox"},
	}
	wantPermanentRedirects(t, s, tests)
}

func TestEndOfASentenceIsNoPartOfAPath(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	tests := []struct{ name, path, want string }{
		{"a dot", "/en/apply.", "/en/apply"},
		{"a bracket", "/en)", "/en"},
		{"a bracket and a dot", "/en/privacy).", "/en/privacy"},
		{"a square bracket", "/en/privacy%5D", "/en/privacy"},
		{"an angle bracket", "/en/privacy%3E", "/en/privacy"},
		{"a comma", "/fr/apply/about,", "/fr/apply/about"},
		{"a semicolon", "/fr/resume;", "/fr/resume"},
		{"a quote", "/en/apply%22", "/en/apply"},
		{"an apostrophe", "/en/apply'", "/en/apply"},
		{"a typographic quote", "/en/apply%E2%80%9D,", "/en/apply"},
		{"a guillemet", "/fr/privacy»", "/fr/privacy"},
		{"a guillemet behind a no-break space", "/fr/privacy%C2%A0%C2%BB.", "/fr/privacy"},
		{"an ellipsis", "/fr…", "/fr"},
		{"escaped", "/en/apply%2E", "/en/apply"},
		{"an entity", "/en/privacy&gt;", "/en/privacy"},
		{"an entity, escaped", "/fr/privacy%26gt;.", "/fr/privacy"},
		{"an invisible space", "/en/apply%E2%80%8B", "/en/apply"},
		{"a mark of direction and a dot", "/fr/apply.%E2%80%8E", "/fr/apply"},
		{"a slash", "/en/apply/", "/en/apply"},
		{"a slash behind a language", "/fr/", "/fr"},
		{"slashes", "/en/apply/about//", "/en/apply/about"},
		{"a slash and a dot", "/en/apply/.", "/en/apply"},
		{"a dot and a slash", "/en/apply./", "/en/apply"},
		{"a query", "/en/apply.?a=b.", "/en/apply?a=b."},
		{"a dot behind a file", "/en/apply/receipt.pdf.", "/en/apply/receipt.pdf"},
		{"a dot behind a token", "/en/confirm/AbC-xYz.", "/en/confirm/AbC-xYz"},
		{"a token that ends with a hyphen", "/en/resume/AbC-.", "/en/resume/AbC-"},
		{"a slash behind a token", "/en/resume/AbC_/", "/en/resume/AbC_"},
		{"no token", "/en/resume/...", "/en/resume"},
		{"in capitals", "/EN/APPLY/ABOUT.", "/en/apply/about"},
		{"a file of the site", "/robots.txt.", "/robots.txt"},
	}
	wantPermanentRedirects(t, s, tests)
}

func wantPermanentRedirects(t *testing.T, s *site, tests []struct{ name, path, want string }) {
	t.Helper()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, method := range []string{http.MethodGet, http.MethodHead} {
				p := s.visitor(t).request(method, tt.path, nil)
				if got := p.header.Get("Location"); p.status != http.StatusMovedPermanently || got != tt.want {
					t.Errorf("%s %s is %d, to %q, want 301 to %q", method, tt.path, p.status, got, tt.want)
				}
			}
		})
	}
}

func TestOtherPathsLeadNowhere(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	tests := []struct {
		path string
		want i18n.Lang
	}{
		{"/FR/nowhere", i18n.French},
		{"/fr-be", i18n.French},
		{"/Fr/Apply/Nowhere.", i18n.French},
		{"/fR/apply/about/x/y.", i18n.French},
		{"/EN/nowhere", i18n.English},
		{"/FR/apply//about", i18n.French},
		{"/en/.apply", i18n.English},
		{"//evil.example", i18n.French},
		{"//evil.example/en/apply.", i18n.French},
		{"/%2Fevil.example/EN", i18n.French},
		{"/%5Cevil.example/en.", i18n.French},
		{"/en%2Fapply.", i18n.French},
		{"/FR/%zz.", i18n.French},
		{"/FR/%FF.", i18n.French},
	}
	for _, tt := range tests {
		t.Run(tt.path, func(t *testing.T) {
			status, h1 := rawGet(t, s, tt.path)
			if want := i18n.T(tt.want, "error.not_found.title"); status != http.StatusNotFound || h1 != want {
				t.Errorf("%d %q, want 404 %q", status, h1, want)
			}
		})
	}
}

// TestPostsAreNotRedirectedToAnotherCase posts to a path in capitals: a browser would
// turn the post into a GET.
func TestPostsAreNotRedirectedToAnotherCase(t *testing.T) {
	t.Parallel()
	p := newSite(t, settings{}).visitor(t).request(http.MethodPost, "/FR/APPLY/Nowhere", url.Values{"a": {"b"}})
	if p.status != http.StatusNotFound || p.h1() != i18n.T(i18n.French, "error.not_found.title") {
		t.Errorf("%d, %q", p.status, p.h1())
	}
}

// rawGet requests a path as it stands, which a browser might change, and returns the
// status and the heading of the page.
func rawGet(t *testing.T, s *site, path string) (status int, h1 string) {
	t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(s.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: x\r\nAccept-Language: fr\r\n\r\n", path); err != nil {
		t.Fatal(err)
	}
	res, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	root, err := html.Parse(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, (&htmlPage{root: root}).h1()
}
