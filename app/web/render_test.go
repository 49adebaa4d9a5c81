package web

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"joinery/app/i18n"
)

// TestPageContainsItsPartial checks the promise of Server.render.
func TestPageContainsItsPartial(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	newcomer, applicant, submitter := s.visitor(t), s.visitor(t), s.visitor(t)
	applicant.apply(i18n.English, answerFirst)
	submitter.send(i18n.English, answerFirst)
	link := s.link(t, 1)
	tests := []struct {
		name    string
		by      *visitor
		address string
	}{
		{"landing", newcomer, "/en"},
		{"landing with a draft", applicant, "/fr"},
		{"landing with an application", submitter, "/en"},
		{"privacy", newcomer, "/fr/privacy"},
		{"section", newcomer, "/en/apply/about"},
		{"section with answers and a note", applicant, "/fr/apply/role?from=check"},
		{"check", applicant, "/en/apply/check"},
		{"later", applicant, "/en/apply/later"},
		{"delete", applicant, "/fr/apply/delete"},
		{"sent", submitter, "/fr/apply/sent"},
		{"open link", newcomer, link},
		{"not mine", newcomer, link + "/not-mine"},
		{"no page", newcomer, "/en/nowhere"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			page, part := tt.by.open(tt.address), tt.by.htmx(http.MethodGet, tt.address, nil)
			wantFragment(t, part)
			_, content, _ := strings.Cut(part.body, "</title>")
			if !strings.Contains(withoutIDs(page.body), withoutIDs(strings.TrimSpace(content))) {
				t.Errorf("the page does not contain what htmx receives:\n%s", content)
			}
			if page.status != part.status || page.title() != part.title() {
				t.Errorf("the page is %d %q, the part %d %q", page.status, page.title(), part.status, part.title())
			}
			restored := tt.by.htmx(http.MethodGet, tt.address, nil, "HX-History-Restore-Request", "true")
			if withoutIDs(restored.body) != withoutIDs(page.body) {
				t.Errorf("restored from the history it is not the whole page:\n%s", restored.body)
			}
		})
	}
}

// versionPattern and tokenPattern match the values that differ each time a page is
// rendered.
var (
	versionPattern = regexp.MustCompile(`name="version" value="(\d+)-\w+-`)
	tokenPattern   = regexp.MustCompile(`name="stamp" value="[^"]+"`)
)

// withoutIDs returns a page without the values that differ each time it is rendered.
func withoutIDs(body string) string {
	return tokenPattern.ReplaceAllString(versionPattern.ReplaceAllString(body, `name="version" value="$1--`), `name="stamp"`)
}

// wantFragment wants p to be a fragment for htmx: a title and the bar and the main part of its page.
func wantFragment(t *testing.T, p *htmlPage) {
	t.Helper()
	if !strings.HasPrefix(p.body, "<title>") || p.title() == "" {
		t.Errorf("htmx receives no title first but %.40q", p.body)
	}
	if strings.Contains(p.body, "<html") || strings.Count(p.body, "<main") != 1 {
		t.Error("htmx receives a whole page")
	}
	if vary := p.header.Get("Vary"); !strings.Contains(vary, "HX-Request") {
		t.Errorf("Vary is %q: a cache may mix pages and parts up", vary)
	}
}

// TestHtmxIsAnsweredLikeABrowser posts the same answers with and without htmx.
func TestHtmxIsAnsweredLikeABrowser(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	v := s.visitor(t)
	v.open("/en/apply/about")
	f := v.form("")
	f.fill(answerFirst)
	f.set("email", "newcomer")
	whole := v.press(f, "")
	refused := v.htmx(http.MethodPost, f.action, f.values(nil))
	if refused.status != http.StatusSeeOther || refused.header.Get("Location") != whole.url.RequestURI() {
		t.Errorf("htmx is led by %d to %s, a browser to %s", refused.status, refused.header.Get("Location"), whole.url.RequestURI())
	}
	part := v.htmx(http.MethodGet, refused.header.Get("Location"), nil)
	wantFragment(t, part)
	if part.status != http.StatusUnprocessableEntity || part.header.Get("HX-Push-Url") != "" {
		t.Errorf("a refusal is %d with HX-Push-Url %q, want 422 and an address", part.status, part.header.Get("HX-Push-Url"))
	}
	if !slices.Equal(part.summary(), whole.summary()) || len(part.summary()) != 1 || part.title() != whole.title() {
		t.Errorf("a browser hears %q %q, htmx %q %q", whole.title(), whole.summary(), part.title(), part.summary())
	}
	focused := elements(part.root, func(e *html.Node) bool { return hasAttribute(e, "autofocus") })
	if len(focused) != 1 || attribute(focused[0], "role") != "alert" {
		t.Errorf("the focus goes to %d elements, want the summary alone", len(focused))
	}
	v.open(f.action)
	f = v.form("")
	f.set("email", typedEmail)
	done := v.htmx(http.MethodPost, f.action, f.values(nil))
	if done.status != http.StatusSeeOther || done.header.Get("Location") != "/en/apply/role" {
		t.Errorf("right answers lead to %d %s, want 303 to the next section", done.status, done.header.Get("Location"))
	}
	wantFragment(t, v.htmx(http.MethodGet, done.header.Get("Location"), nil))
}

// TestAnErrorLeavesTheFormOnThePage holds for posts by htmx: an error page in place of
// the form would lose the typed answers.
func TestAnErrorLeavesTheFormOnThePage(t *testing.T) {
	t.Parallel()
	v := newSite(t, settings{}).visitor(t)
	for _, path := range []string{"/fr/apply/nowhere", "/fr/apply/about/nothing"} {
		p := v.htmx(http.MethodPost, path, url.Values{})
		if p.status != http.StatusNotFound || p.header.Get("HX-Push-Url") != "false" || p.header.Get("HX-Retarget") != "#trouble" {
			t.Errorf("%s: %d %v, want 404, for #trouble, and no new address", path, p.status, p.header)
		}
		if !strings.Contains(p.text(), i18n.T(i18n.French, "error.not_found.title")) {
			t.Errorf("%s: it says %q", path, p.text())
		}
		if v.open("/fr/apply/about"); v.page.byID("trouble") == nil {
			t.Error("the page has no place for it")
		}
	}
}

// TestTemplatesUseNoLayouts forbids Fiber layouts. In template/html v2, rendering a
// fragment while a page renders its layout can take the page's content away.
func TestTemplatesUseNoLayouts(t *testing.T) {
	for _, dir := range []string{"../../views", "../../partials"} {
		files, err := filepath.Glob(dir + "/*.html")
		if err != nil || len(files) == 0 {
			t.Fatalf("no templates in %s (%v)", dir, err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(string(text), "{{embed") {
				t.Errorf("%s is a Fiber layout", file)
			}
		}
	}
}
