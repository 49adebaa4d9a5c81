package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"joinery/app/i18n"
)

func TestMistypedLinks(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	v := s.visitor(t)
	v.send(i18n.English, first)
	link := s.link(t, 1)
	before := s.dump(t)
	at := strings.LastIndex(link, "/") + 1
	handle, secret, _ := strings.Cut(link[at:], "-")
	tokens := map[string]string{
		"no dash":                 handle + secret,
		"no secret":               handle + "-",
		"only a handle":           handle,
		"no handle":               "-" + secret,
		"another secret":          handle + "-" + strings.Repeat("A", len(secret)),
		"a letter less":           handle + "-" + secret[1:],
		"a letter more":           handle + "-" + secret + "A",
		"a dash more":             handle + "-" + secret + "-",
		"another handle":          strings.Repeat("A", len(handle)) + "-" + secret,
		"small letters":           strings.ToLower(handle + "-" + secret),
		"very long":               strings.Repeat("A", 8000) + "-" + strings.Repeat("B", 5000),
		"weird bytes":             "%00%ff-%fe%0d%0a",
		"a line break and header": handle + "-%0d%0aSet-Cookie:x=y",
		"quotes":                  `'"--`,
		"markup":                  "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
	}
	for name, token := range tokens {
		t.Run(name, func(t *testing.T) {
			for _, l := range i18n.Languages {
				path := "/" + string(l) + "/confirm/" + token
				v := &visitor{t: t, site: s, client: v.client, header: v.header} // with the applicant's cookie
				v.open(path)
				v.want(http.StatusNotFound, i18n.T(l, "link.mistyped.title"))
				for _, more := range []string{"", "/renew", "/not-mine"} {
					v.post(path+more, url.Values{})
					v.want(http.StatusNotFound, i18n.T(l, "link.mistyped.title"))
				}
				v.open(path + "/not-mine")
				v.want(http.StatusNotFound, i18n.T(l, "link.mistyped.title"))
			}
		})
	}
	if after := s.dump(t); after != before {
		t.Errorf("mistyped links have left\n%s", after)
	}
	v.open(link)
	v.want(http.StatusOK, i18n.T(i18n.English, "link.used.title"))
}

// TestLinksAreBuiltFromTheBaseURL sends with headers that name another host.
func TestLinksAreBuiltFromTheBaseURL(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	v := s.visitor(t)
	v.header.Set("X-Forwarded-Host", "evil.example")
	v.header.Set("X-Forwarded-Proto", "gopher")
	v.header.Set("Forwarded", "host=evil.example")
	v.send(i18n.English, first)
	s.link(t, 1)
	if letter := s.letters(t)[0]; strings.Contains(letter.Text+letter.HTML, "evil") || strings.Contains(letter.Text, "gopher") {
		t.Errorf("the letter says\n%s", letter.Text)
	}
}

// TestPagesOfLinksKeepTheirAddress must not give it away to other sites.
func TestPagesOfLinksKeepTheirAddress(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	v := s.visitor(t)
	v.send(i18n.English, first)
	v = s.visitor(t)
	p := v.open(s.link(t, 1))
	if got := p.header.Get("Referrer-Policy"); got != "no-referrer" && got != "same-origin" {
		t.Errorf("Referrer-Policy is %q", got)
	}
	for _, e := range all(p.root, tag("a", "link", "script", "img", "form")) {
		for _, key := range []string{"href", "src", "action"} {
			if to := attr(e, key); strings.Contains(to, "//") {
				t.Errorf("<%s> leads to %s", e.Data, to)
			}
		}
	}
}

// TestSecondApplicationUpdatesTheMember joins twice with the same address,
// written differently, and is told nothing about it on any page.
func TestSecondApplicationUpdatesTheMember(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	once, twice := s.visitor(t), s.visitor(t)
	once.send(i18n.English, first)
	sent := once.page.words()
	once.open(s.link(t, 1))
	before := s.everyone(t)[0]
	s.pass(time.Hour)

	twice.apply(i18n.English, first)
	twice.open("/en/apply/about?from=check")
	f := twice.form("")
	f.set("email", "Zoe.Xylophone@HOSPITAL.example")
	f.set("first_name", "Renamed")
	twice.press(f, "")
	check := twice.form(i18n.T(i18n.English, "check.send"))
	check.fill(everything)
	twice.press(check, i18n.T(i18n.English, "check.send"))
	twice.want(http.StatusOK, i18n.T(i18n.English, "sent.waiting.title"))
	if got := twice.page.words(); got != sent {
		t.Errorf("the page tells that the address is known:\n%s\nwant\n%s", got, sent)
	}
	twice.open(s.link(t, 3))
	members := s.everyone(t)
	if len(members) != 1 {
		t.Fatalf("there are %d members, want 1: %+v", len(members), members)
	}
	m := members[0]
	if m.ID != before.ID || !m.Confirmed.Equal(before.Confirmed) || !m.Updated.Equal(s.now()) || m.Answers.One("first_name") != "Renamed" {
		t.Errorf("the member was %+v and is %+v", before, m)
	}
}
