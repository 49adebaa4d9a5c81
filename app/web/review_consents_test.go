package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"joinery/app/i18n"
)

// wantConsents wants exactly these consents to be ticked on the review page.
func (v *visitor) wantConsents(l i18n.Lang, want ...string) {
	v.t.Helper()
	v.want(http.StatusOK, i18n.T(l, "check.title"))
	if got := v.form(i18n.T(l, "check.send")).control("given").values; !slices.Equal(got, want) {
		v.t.Errorf("ticked are %q, want %q", got, want)
	}
}

func TestLanguageSwitchKeepsOnlyKnownConsents(t *testing.T) {
	t.Parallel()
	for drafts, open := range storeOpeners {
		t.Run(drafts, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, settings{drafts: open})
			v := s.visitor(t)
			v.apply(i18n.French, answerFirst)
			f := v.form(i18n.T(i18n.French, "check.send"))
			f.set("given", "consent_news", "Philately", "first_name")
			v.press(f, i18n.T(i18n.English, "lang.name"))
			v.wantConsents(i18n.English, "consent_news")
			if strings.Contains(s.dump(t), "Philately") {
				t.Error("a consent that was made up is stored")
			}
			v.open("/en/apply/check")
			v.wantConsents(i18n.English, "consent_news")
			f = v.form(i18n.T(i18n.English, "check.send"))
			f.set("given")
			v.press(f, i18n.T(i18n.French, "lang.name"))
			v.wantConsents(i18n.French)
		})
	}
}

// TestTheURLGivesNoConsent opens a link that another person may have made.
func TestTheURLGivesNoConsent(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	v := s.visitor(t)
	v.apply(i18n.English, answerFirst)
	before := s.dump(t)
	for _, query := range []string{"?given=consent_privacy", "?do=fr&given=consent_privacy", "?given=consent_privacy&given=consent_news"} {
		v.open("/en/apply/check" + query)
		v.wantConsents(i18n.English)
		v.htmx(http.MethodGet, "/en/apply/check"+query, nil)
	}
	if after := s.dump(t); after != before {
		t.Errorf("the address has left\n%s", after)
	}
	v.post("/en/apply/check?given=consent_privacy", nil)
	v.want(http.StatusUnprocessableEntity, i18n.T(i18n.English, "check.title"))
	v.open("/en/apply/check?given=consent_privacy")
	v.want(http.StatusUnprocessableEntity, i18n.T(i18n.English, "check.title"))
	if got := v.form(i18n.T(i18n.English, "check.send")).control("given").values; len(got) > 0 {
		t.Errorf("ticked are %q, want none", got)
	}
}

func TestConsentsWithoutADraftBeginNone(t *testing.T) {
	t.Parallel()
	for drafts, open := range storeOpeners {
		t.Run(drafts, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, settings{drafts: open})
			before := s.dump(t)
			for _, cookie := range []string{"", "draft=x"} {
				v := s.visitor(t)
				v.header.Set("Cookie", cookie)
				p := v.request(http.MethodPost, "/en/apply/check", url.Values{"do": {"fr"}, "given": {"consent_privacy"}})
				if p.status != http.StatusSeeOther || p.header.Get("Location") != "/fr/apply/check" || len(p.header.Values("Set-Cookie")) > 0 {
					t.Errorf("with the cookie %q: %d %v, want 303 and no cookie", cookie, p.status, p.header)
				}
			}
			if after := s.dump(t); after != before {
				t.Errorf("there is something now:\n%s", after)
			}
		})
	}
}

func TestEnterSubmitsTheReviewPage(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		v := newSite(t, settings{}).visitor(t)
		v.apply(l, answerFirst)
		f := v.form("")
		button := f.button("")
		if hasAttribute(button, "name") || attribute(button, "type") != "" && attribute(button, "type") != "submit" || rawText(button) != i18n.T(l, "check.send") {
			t.Errorf("Enter presses %q, %s=%s", rawText(button), attribute(button, "name"), attribute(button, "value"))
		}
		f.fill(answerFirst)
		v.press(f, "")
		v.want(http.StatusOK, i18n.T(l, "sent.waiting.title"))
		if v.page.url.Path != "/"+string(l)+"/apply/sent" {
			t.Errorf("Enter leads to %s", v.page.url.Path)
		}
	}
}
