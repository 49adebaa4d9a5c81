package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"joinery/app/i18n"
	"joinery/app/token"
)

func TestCookie(t *testing.T) {
	t.Parallel()
	for name, https := range map[string]bool{"draft": false, "__Host-draft": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, settings{https: https})
			v := s.visitor(t)
			f := v.openFirstSection(i18n.English)
			p := v.request(http.MethodPost, f.action, f.values(nil))
			cookies := (&http.Response{Header: p.header}).Cookies()
			if len(cookies) != 1 {
				t.Fatalf("saving sets %q, want one cookie", p.header.Values("Set-Cookie"))
			}
			c := cookies[0]
			if c.Name != name || c.Path != "/" || c.Domain != "" || !c.HttpOnly || c.Secure != https || c.SameSite != http.SameSiteLaxMode {
				t.Errorf("the cookie is %q", c.Raw)
			}
			if c.MaxAge != int(2*draftTTL.Seconds()) || len(c.Value) < 26 {
				t.Errorf("the cookie is %q, want it to last twice as long as the draft and to be a secret", c.Raw)
			}
			if hsts := p.header.Get("Strict-Transport-Security"); (hsts != "") != https {
				t.Errorf("Strict-Transport-Security is %q", hsts)
			}
			v.header.Set("Cookie", c.Name+"="+c.Value)
			v.open("/en/apply")
			if v.page.url.Path != "/en/apply/role" {
				t.Errorf("with the cookie the way leads to %s, want /en/apply/role", v.page.url.Path)
			}
		})
	}
}

// TestCookieStaysWhileADraftGrows wants one draft for one browser, and a new lifetime
// of the cookie at each save.
func TestCookieStaysWhileADraftGrows(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	v := s.visitor(t)
	v.press(v.openFirstSection(i18n.English), "")
	secret := v.cookie()
	s.pass(draftTTL / 2)
	f := v.form("")
	f.fill(answerFirst)
	p := v.request(http.MethodPost, f.action, f.values(nil))
	if got := v.cookie(); got != secret || !strings.Contains(p.header.Get("Set-Cookie"), secret) {
		t.Errorf("the cookie has become %q, want %q once more", p.header.Values("Set-Cookie"), secret)
	}
	s.pass(draftTTL - 1)
	if v.open("/en/apply"); v.page.url.Path == "/en/apply/about" {
		t.Error("the draft is gone before its time")
	}
	s.pass(1)
	if v.open("/en/apply"); v.page.url.Path != "/en/apply/about" {
		t.Errorf("after its time the draft still leads to %s", v.page.url.Path)
	}
}

func TestForgedCookiesAreNotAdopted(t *testing.T) {
	t.Parallel()
	for drafts, open := range storeOpeners {
		t.Run(drafts, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, settings{drafts: open})
			form := s.visitor(t).openFirstSection(i18n.English)
			for _, made := range []string{"x", strings.Repeat("A", 26), "../../etc/passwd", "a%00b", strings.Repeat("z", 4000), "é\xff", "'; DROP TABLE drafts"} {
				v := s.visitor(t)
				v.header.Set("Cookie", "draft="+made)
				p := v.request(http.MethodPost, form.action, form.values(nil))
				if got := v.cookie(); p.status != http.StatusSeeOther || got == "" || got == made {
					t.Errorf("%.30q: %d, and the cookie is %q, want one of ours", made, p.status, got)
				}
				if strings.Contains(s.dump(t), token.Digest(made)) {
					t.Errorf("%.30q: there is a draft under it", made)
				}
				v.header.Del("Cookie")
				for _, path := range []string{"/en", "/en/apply", "/en/apply/check", "/en/apply/sent"} {
					if p := v.request(http.MethodGet, path, nil); p.status >= 500 {
						t.Errorf("%.30q: %s is %d", made, path, p.status)
					}
				}
			}
		})
	}
}

// TestPrivatePagesNeedTheirCookie opens them without the cookie.
func TestPrivatePagesNeedTheirCookie(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	owner, stranger := s.visitor(t), s.visitor(t)
	owner.send(i18n.English, answerFirst)
	link := s.link(t, 1)
	before := s.dump(t)
	for _, path := range []string{"/en/apply/sent/again", "/en/apply/sent/correct", "/en/apply/check"} {
		p := stranger.request(http.MethodPost, path, url.Values{"given": {"consent_privacy"}})
		if p.status != http.StatusSeeOther || strings.Contains(strings.Join(p.header.Values("Set-Cookie"), ""), "draft") {
			t.Errorf("%s answers a stranger %d %q", path, p.status, p.header.Values("Set-Cookie"))
		}
	}
	if words := stranger.open("/en/apply/sent").text(); strings.Contains(words, canonicalEmail) {
		t.Errorf("a stranger is shown %s", words)
	}
	if words := stranger.open(link).text(); strings.Contains(words, canonicalEmail) || strings.Contains(words, testWord) {
		t.Errorf("the link alone shows %s", words)
	}
	if after := s.dump(t); after != before {
		t.Errorf("a stranger has left\n%s", after)
	}
}
