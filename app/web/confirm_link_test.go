package web

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"joinery/app/i18n"
)

// wrongLinks returns invalid tokens, made from a valid one, with the name of the page
// that they lead to.
func wrongLinks(handle, secret string) map[string]map[string]string {
	return map[string]map[string]string{
		"link.cut.title": {
			"no secret":               handle + "-",
			"only a handle":           handle,
			"no handle":               "-" + secret,
			"a letter less":           handle + "-" + secret[1:],
			"cut off":                 handle + "-" + secret[:20],
			"cut off by an ellipsis":  handle + "-" + secret[:20] + "%E2%80%A6",
			"cut off by an entity":    handle + "&",
			"NUL":                     "%00-%00",
			"weird bytes":             "%00%ff-%fe%0d%0a",
			"a line break and header": handle + "-%0d%0aSet-Cookie:x=y",
			"quotes":                  `'"--`,
			"markup":                  "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
			"out of the site":         "..%2f..%2f..%2fetc%2fpasswd",
		},
		"link.mistyped.title": {
			"another secret": handle + "-" + strings.Repeat("A", len(secret)),
			"another handle": strings.Repeat("A", len(handle)) + "-" + secret,
			"the other way":  secret + "-" + handle,
			"very long":      strings.Repeat("A", 8000) + "-" + strings.Repeat("B", 5000),
		},
	}
}

func TestWrongLinksChangeNothing(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	v := s.visitor(t)
	v.send(i18n.English, answerFirst)
	link := s.link(t, 1)
	before := s.dump(t)
	handle, secret, _ := strings.Cut(link[strings.LastIndex(link, "/")+1:], "-")
	for title, tokens := range wrongLinks(handle, secret) {
		for name, token := range tokens {
			t.Run(name, func(t *testing.T) {
				for _, l := range i18n.Languages {
					v := &visitor{t: t, site: s, client: v.client, header: v.header} // with the applicant's cookie
					v.wantWrongLink(l, "/"+string(l)+"/confirm/"+token, i18n.T(l, title))
				}
			})
		}
	}
	if after := s.dump(t); after != before {
		t.Errorf("wrong links have left\n%s", after)
	}
	v.open(link)
	v.want(http.StatusOK, i18n.T(i18n.English, "link.used.title"))
}

// wantWrongLink wants every page of a link to say what is wrong with it, and nothing
// else.
func (v *visitor) wantWrongLink(l i18n.Lang, path, title string) {
	v.t.Helper()
	v.open(path)
	v.want(http.StatusNotFound, title)
	if first := text(elements(v.page.root, hasClass("primary"))[0]); first != i18n.T(l, "lost.title") || v.page.link(first) != "/"+string(l)+"/resume" {
		v.t.Errorf("the page leads first to %q", first) // not to a second application
	}
	for _, more := range []string{"", "/renew", "/not-mine", "/code"} {
		v.post(path+more, url.Values{"choice": {"yes"}, "code": {"AAAAAA"}, tokenField: {v.site.server.tokenKey.token(v.site.now())}})
		v.want(http.StatusNotFound, title)
		v.open(path + more)
		v.want(http.StatusNotFound, title)
	}
	if p := v.follow(http.MethodHead, path, nil); p.status != http.StatusNotFound {
		v.t.Errorf("HEAD is %d", p.status)
	}
	if p := v.request(http.MethodPut, path, nil); p.status != http.StatusMethodNotAllowed || p.h1() != i18n.T(l, "error.refused.title") {
		v.t.Errorf("PUT is %d %q", p.status, p.h1())
	}
}

// TestLinksWorkWithTrailingPunctuation opens links with characters that a mail program
// took for a part of them.
func TestLinksWorkWithTrailingPunctuation(t *testing.T) {
	t.Parallel()
	l := i18n.French
	s := newSite(t, settings{})
	link, reader := s.openMailedLink(t, l)
	for _, more := range []string{".", ",", ")", "%3E", ">", "%20", "%C2%A0", "%E2%80%9D", "%22", "'", "*", "_", "-", "=", "...", "&gt;", "!)", "/", "?x=y", "%0d%0aSet-Cookie:x=y"} {
		reader.open(link + more)
		reader.want(http.StatusOK, i18n.T(l, "link.open.title"))
		reader.open(reader.page.link(i18n.T(i18n.English, "lang.name")))
		reader.want(http.StatusOK, i18n.T(i18n.English, "link.open.title"))
	}
	reader.open(link + "%20.")
	reader.pressButton(i18n.T(l, "link.confirm"))
	reader.want(http.StatusOK, i18n.T(l, "link.confirming.title"))
	s.applyChoices(t)
	reader.open(link)
	reader.want(http.StatusOK, i18n.T(l, "link.used.title"))
}

// TestForgedSelectorsLookLikeUnknownOnes compares the answers to a forged selector
// with the answers to a real one with a wrong secret.
func TestForgedSelectorsLookLikeUnknownOnes(t *testing.T) {
	t.Parallel()
	l := i18n.English
	s := newSite(t, settings{})
	link, reader := s.openMailedLink(t, l)
	handle, secret, _ := strings.Cut(link[strings.LastIndex(link, "/")+1:], "-")
	wrong := strings.Repeat("A", len(secret))
	said := make(map[string]bool)
	for _, token := range []string{handle + "-" + wrong, strings.Repeat("A", len(handle)) + "-" + wrong} {
		var all strings.Builder
		for _, path := range []string{"", "/not-mine", "/renew", "/code"} {
			for _, method := range []string{http.MethodGet, http.MethodPost} {
				p := reader.request(method, "/en/confirm/"+token+path, url.Values{"choice": {"yes"}})
				p.header.Del("Date")
				p.header.Del("X-Request-Id")
				fmt.Fprintln(&all, p.status, p.header, p.body)
			}
		}
		said[strings.ReplaceAll(all.String(), token, "TOKEN")] = true
	}
	if len(said) != 1 {
		t.Errorf("there is a difference: %v", said)
	}
}

// TestRawBytesInALinkAreNoFault sends bytes that no browser sends.
func TestRawBytesInALinkAreNoFault(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	for _, path := range []string{"/en/confirm/\x00", "/en/confirm/\xff\xfe-\x80", "/fr/confirm/A-B\x00\x01", "/fr/confirm/é-ü", "/en/confirm/%", "/en/confirm/%2", "/en/confirm/A%zz-%", "/en/confirm//", "/en/confirm/.."} {
		for _, method := range []string{"GET", "HEAD", "POST", "DELETE", "NONSENSE"} {
			c, err := net.Dial("tcp", strings.TrimPrefix(s.url, "http://"))
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(c, "%s %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", method, path)
			answer, err := io.ReadAll(c)
			c.Close()
			if !strings.HasPrefix(string(answer), "HTTP/1.1 ") || answer[9] >= '5' {
				t.Errorf("%s %q: %.40q, %v", method, path, answer, err)
			}
		}
	}
}

// TestLinksAreBuiltFromTheBaseURL submits with headers that name another host.
func TestLinksAreBuiltFromTheBaseURL(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	v := s.visitor(t)
	v.header.Set("X-Forwarded-Host", "evil.example")
	v.header.Set("X-Forwarded-Proto", "gopher")
	v.header.Set("Forwarded", "host=evil.example")
	v.send(i18n.English, answerFirst)
	s.link(t, 1)
	if letter := s.letters(t)[0]; strings.Contains(letter.Text+letter.HTML, "evil") || strings.Contains(letter.Text, "gopher") {
		t.Errorf("the letter says\n%s", letter.Text)
	}
}

// TestPagesOfLinksKeepTheirAddress wants no page of a link to reveal its address to
// another site.
func TestPagesOfLinksKeepTheirAddress(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	v := s.visitor(t)
	v.send(i18n.English, answerFirst)
	v = s.visitor(t)
	p := v.open(s.link(t, 1))
	if got := p.header.Get("Referrer-Policy"); got != "no-referrer" && got != "same-origin" {
		t.Errorf("Referrer-Policy is %q", got)
	}
	for _, e := range elements(p.root, isTag("a", "link", "script", "img", "form")) {
		for _, key := range []string{"href", "src", "action"} {
			if to := attribute(e, key); strings.Contains(to, "//") {
				t.Errorf("<%s> leads to %s", e.Data, to)
			}
		}
	}
}

// withoutTimes returns the English text of a page without its times.
func withoutTimes(words string) string {
	return regexp.MustCompile(`\d+:\d\d[ \x{a0}][ap]\.m\.`).ReplaceAllString(words, "TIME")
}

// TestSecondApplicationUpdatesTheMember applies twice with the same address in two
// spellings. No page may reveal the first membership.
func TestSecondApplicationUpdatesTheMember(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	once, twice := s.visitor(t), s.visitor(t)
	said := once.send(i18n.English, answerFirst)
	sent, firstName := withoutTimes(once.page.text()), said.Get("first_name")
	once.open(s.link(t, 1))
	before := s.allMembers(t)[0]
	s.pass(time.Hour)

	twice.apply(i18n.English, answerFirst)
	twice.open("/en/apply/about?from=check")
	f := twice.form("")
	f.set("email", "Zoe.Xylophone@HOSPITAL.example")
	f.set("first_name", "Renamed")
	twice.press(f, "")
	check := twice.form(i18n.T(i18n.English, "check.send"))
	check.fill(answerAll)
	twice.press(check, i18n.T(i18n.English, "check.send"))
	twice.want(http.StatusOK, i18n.T(i18n.English, "sent.waiting.title"))
	if got := strings.ReplaceAll(withoutTimes(twice.page.text()), "Renamed", firstName); got != sent {
		t.Errorf("the page tells that the address is known:\n%s\nwant\n%s", got, sent)
	}
	twice.open(s.link(t, 3))
	twice.answer(i18n.English, someMember, "")
	members := s.allMembers(t)
	if len(members) != 1 {
		t.Fatalf("there are %d members, want 1: %+v", len(members), members)
	}
	m := members[0]
	if m.ID != before.ID || !m.Confirmed.Equal(before.Confirmed) || !m.Updated.Equal(s.now()) || m.Answers.First("first_name") != "Renamed" {
		t.Errorf("the member was %+v and is %+v", before, m)
	}
}
