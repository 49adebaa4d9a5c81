package web

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/valyala/fasthttp"

	"joinery/app/i18n"
)

func TestUnknownPaths(t *testing.T) {
	t.Parallel()
	v := newSite(t, settings{}).visitor(t)
	tests := []struct {
		path, accept string
		want         i18n.Lang
	}{
		{"/en/nowhere", "fr", i18n.English},
		{"/fr/nowhere", "en", i18n.French},
		{"/fr/apply/nowhere", "en", i18n.French},
		{"/fr/apply/about/x/y", "", i18n.French},
		{"/nowhere", "fr-CA", i18n.French},
		{"/nowhere", "", i18n.English},
		{"/static/nothing.css", "fr", i18n.French},
		{"/outbox/nothing", "fr", i18n.French},
		{"/outbox/..%2f..%2fmain/html", "en", i18n.English},
		{"/fr/%00%ff%2e%2e", "en", i18n.French},
	}
	for _, tt := range tests {
		v.header.Set("Accept-Language", tt.accept)
		v.open(tt.path)
		v.want(http.StatusNotFound, i18n.T(tt.want, "error.not_found.title"))
	}
	v.post("/fr/nowhere", url.Values{"a": {"b"}})
	v.want(http.StatusNotFound, i18n.T(i18n.French, "error.not_found.title"))
}

func TestTooLargeBodiesAreRefusedAsAPage(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	for _, l := range i18n.Languages {
		for _, size := range []int{maxFormSize + 1, 300 << 10} {
			v := s.visitor(t)
			v.open("/" + string(l) + "/resume")
			f := v.form(i18n.T(l, "lost.send"))
			f.set("address", strings.Repeat("x", size))
			v.press(f, i18n.T(l, "lost.send"))
			v.want(http.StatusRequestEntityTooLarge, i18n.T(l, "error.too_large.title"))
		}
	}
	v := s.visitor(t)
	f := v.openFirstSection(i18n.English)
	f.set("first_name", strings.Repeat("x", maxFormSize-1000))
	v.press(f, "")
	v.want(http.StatusUnprocessableEntity, "")
}

func TestWritesFromElsewhereAreRefused(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	tests := []struct {
		name    string
		headers []string
		status  int
	}{
		{"no headers, as from lynx", nil, 303},
		{"our own page", []string{"Sec-Fetch-Site", "same-origin", "Origin", s.url}, 303},
		{"our own page, an older browser", []string{"Origin", s.url}, 303},
		{"the address bar", []string{"Sec-Fetch-Site", "none"}, 303},
		{"another site", []string{"Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example"}, 403},
		{"another site that says our name", []string{"Sec-Fetch-Site", "cross-site", "Origin", s.url}, 403},
		{"a neighbour", []string{"Sec-Fetch-Site", "same-site"}, 403},
		{"another site, an older browser", []string{"Origin", "https://evil.example"}, 403},
		{"another port", []string{"Origin", "http://127.0.0.1:1"}, 403},
		{"an unknown origin", []string{"Origin", "null"}, 403},
		{"a proxy that says so", []string{"Origin", "https://evil.example", "X-Forwarded-Host", "evil.example"}, 403},
	}
	form := s.visitor(t).openFirstSection(i18n.French)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			before := s.dump(t)
			v := s.visitor(t)
			for i := 0; i < len(tt.headers); i += 2 {
				v.header.Set(tt.headers[i], tt.headers[i+1])
			}
			p := v.request(http.MethodPost, form.action, form.values(nil))
			if p.status != tt.status {
				t.Errorf("%d %q, want %d", p.status, p.h1(), tt.status)
			}
			if tt.status != http.StatusForbidden {
				return
			}
			if p.h1() != i18n.T(i18n.French, "error.forbidden.title") || len(p.header.Values("Set-Cookie")) > 0 || s.dump(t) != before {
				t.Errorf("refused with %q, cookies %q, and now there is %s", p.h1(), p.header.Values("Set-Cookie"), s.dump(t))
			}
		})
	}
}

// TestAnswersThatCannotBeSavedStayOnThePage posts while the store fails.
func TestAnswersThatCannotBeSavedStayOnThePage(t *testing.T) {
	for drafts, open := range storeOpeners {
		t.Run(drafts, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, settings{drafts: open})
			l := i18n.French
			begun, fresh := s.visitor(t), s.visitor(t)
			begun.press(begun.openFirstSection(l), "")
			role := begun.form("")
			role.set("roles", "patient", "other")
			begun.press(role, "")
			role = begun.form("")
			role.set("role_other", "Philatelist")
			about := fresh.openFirstSection(l)
			s.draftStore.fail()

			begun.press(role, "")
			wantUnsaved(t, begun, l, role)
			begun.press(role, i18n.T(l.Other(), "lang.name"))
			wantUnsaved(t, begun, l.Other(), role)
			fresh.press(about, "")
			wantUnsaved(t, fresh, l, about)
			if fresh.cookie() != "" {
				t.Error("a browser is given a draft that was not saved")
			}
			for _, path := range []string{"/fr/apply", "/fr/apply/role", "/fr/apply/check", "/readyz"} {
				if p := begun.request(http.MethodGet, path, nil); p.status != http.StatusServiceUnavailable {
					t.Errorf("%s is %d, want 503", path, p.status)
				}
			}
			var counted atomic.Int64
			s.server.Failed = func(error) { counted.Add(1) }
			begun.open("/fr") // the page is useful without drafts
			begun.want(http.StatusOK, "")
			if counted.Load() != 1 {
				t.Errorf("the failure of the store is counted %d times, want once", counted.Load())
			}
			if strings.Contains(s.log.String(), "Philatelist") || strings.Contains(s.log.String(), "Xylophone") {
				t.Errorf("the log holds answers: %s", s.log)
			}
		})
	}
}

// TestUnsavedConditionalQuestionsStay posts while the store fails, so the site does
// not know the answers on which the questions depend.
func TestUnsavedConditionalQuestionsStay(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{form: otherForm(t)})
	v := s.visitor(t)
	v.open("/fr/apply")
	for v.page.url.Path != "/fr/apply/gardener" {
		f := v.form("")
		f.fill(answerAll)
		v.press(f, "")
	}
	f := v.form("")
	f.fill(answerFirst)
	if f.control("plumber") == nil {
		t.Fatal("the question about the plumber is not on the page")
	}
	s.draftStore.fail()
	v.press(f, "")
	wantUnsaved(t, v, i18n.French, f)
}

func wantUnsaved(t *testing.T, v *visitor, l i18n.Lang, f *htmlForm) {
	t.Helper()
	v.want(http.StatusServiceUnavailable, "")
	if words := v.page.text(); !strings.Contains(words, i18n.T(l, "unsaved.title")) || !strings.Contains(words, i18n.T(l, "unsaved.text")) {
		t.Errorf("it does not say that nothing was saved: %s", words)
	}
	if strings.Contains(v.page.text(), "enregistrées") && v.page.byID("kept") != nil {
		t.Error("it says that answers are saved")
	}
	if !strings.HasPrefix(v.page.title(), i18n.T(l, "error.prefix")) {
		t.Errorf("the title is %q", v.page.title())
	}
	shown := v.form("")
	for _, c := range f.controls {
		if again := shown.control(c.name); c.name != "do" && (again == nil || !slices.Equal(again.values, c.values)) {
			t.Errorf("%s was %q and is now %+v", c.name, c.values, again)
		}
	}
}

// TestBrokenRequestsLeaveNoSecretInTheLog sends requests that Fiber refuses before any
// route.
func TestBrokenRequestsLeaveNoSecretInTheLog(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	for _, request := range []string{
		"POST /en/confirm/handle-SECRET HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc",
		"GET /en/confirm/handle-SECRET HTTP/1.1\r\nHost: x\r\nCookie: draft=SECRET" + strings.Repeat("x", maxHeaderSize) + "\r\n\r\n",
		"GET /en/confirm/handle-SECRET\r\n\r\n",
	} {
		conn, err := net.Dial("tcp", strings.TrimPrefix(s.url, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := fmt.Fprint(conn, request); err != nil {
			t.Fatal(err)
		}
		conn.(*net.TCPConn).CloseWrite() //nolint:errcheck // the answer has it
		io.Copy(io.Discard, conn)        //nolint:errcheck // with any status
		conn.Close()
	}
	var request fasthttp.RequestCtx
	request.Request.SetRequestURI("/en/confirm/handle-SECRET")
	s.server.app.Server().ErrorHandler(&request, &net.OpError{Op: "read", Err: errors.New("the client hung up")})
	if strings.Contains(s.log.String(), "SECRET") {
		t.Errorf("the log holds a secret: %s", s.log)
	}
}
