package web

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"testing"
	"time"

	"joinery/app/access"
	"joinery/app/i18n"
)

// limitedSite returns a site that lets so many drafts begin in an hour, behind a proxy.
func limitedSite(t *testing.T, open storeOpener, network, total int) *site {
	t.Helper()
	limits := &access.BeginLimits{PerNetwork: access.Budget{Max: network, Per: time.Hour}, Total: access.Budget{Max: total, Per: time.Hour}}
	s := newSite(t, settings{drafts: open, beginLimits: limits, proxies: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}})
	limits.Log = slog.New(slog.NewJSONHandler(s.log, nil))
	return s
}

// visitorAt returns a visitor with the given IP address.
func (s *site) visitorAt(t *testing.T, ip string) *visitor {
	t.Helper()
	v := s.visitor(t)
	v.header.Set("X-Forwarded-For", ip)
	return v
}

// wantTooMany wants the page with the answers of Zoë again, with a time from when a draft
// can begin, an hour after the first.
func (v *visitor) wantTooMany(l i18n.Lang, when string, began time.Time) *htmlForm {
	v.t.Helper()
	v.want(http.StatusTooManyRequests, v.site.wizard.Form.Sections[0].Title.In(l))
	if words := v.page.text(); !strings.Contains(words, i18n.T(l, "unsaved.too_many", when)) {
		v.t.Errorf("the page says %s", words)
	}
	wait, err := strconv.Atoi(v.page.header.Get("Retry-After"))
	if at := v.site.now().Add(time.Duration(wait) * time.Second); err != nil || at.Before(began.Add(time.Hour)) || at.After(began.Add(time.Hour+3*time.Second)) {
		v.t.Errorf("Retry-After is %q, want the time until an hour after the first", v.page.header.Get("Retry-After"))
	}
	f := v.form("")
	if f.control("first_name").values[0] != "Zoë" || v.cookie() != "" {
		v.t.Errorf("the page has %v, and the cookie is %q", f.values(nil), v.cookie())
	}
	return f
}

// TestOneDraftTooManyStaysOnThePage fills the budget of a network, and wants the page
// again with the answers, and the time that it tells to be true.
func TestOneDraftTooManyStaysOnThePage(t *testing.T) {
	for drafts, open := range storeOpeners {
		t.Run(drafts, func(t *testing.T) {
			t.Parallel()
			for _, l := range i18n.Languages {
				s := limitedSite(t, open, 3, 0)
				var began time.Time // the first
				for i := range 3 {
					s.visitorAt(t, fmt.Sprint("203.0.113.", i)).saveFirstSection(l)
					if i == 0 {
						began = s.now()
					}
				}
				before := s.dump(t)
				s.pass(10 * time.Minute)
				v := s.visitorAt(t, "203.0.113.250")
				f := v.openFirstSection(l)
				f.set("first_name", "Zoë")
				allowed := began.Add(time.Hour + time.Second + time.Minute - 1).Truncate(time.Minute)
				when := i18n.When(l, allowed.In(time.Local), s.now()) // the same day
				for _, button := range []string{i18n.T(l, "nav.later"), i18n.T(l, "nav.continue")} {
					v.press(f, button)
					f = v.wantTooMany(l, when, began)
				}
				other := s.visitorAt(t, "203.0.113.251")
				other.press(other.openFirstSection(l), i18n.T(l.Other(), "lang.name"))
				other.want(http.StatusTooManyRequests, s.wizard.Form.Sections[0].Title.In(l.Other()))
				auto := v.htmx(http.MethodPost, "/"+string(l)+"/apply/about/save", f.values(nil), "HX-Target", "div#saving")
				if auto.status != http.StatusTooManyRequests || !strings.Contains(auto.text(), i18n.T(l, "saving.too_many", when)) || auto.header.Get("Retry-After") == "" {
					t.Errorf("an autosave is told %d %s", auto.status, auto.text())
				}
				if after := s.dump(t); after != before {
					t.Errorf("refused drafts have left\n%s\nwant\n%s", after, before)
				}
				s.visitorAt(t, "203.0.114.1").saveFirstSection(l) // a neighbour
				s.visitorAt(t, "2001:db8::1").saveFirstSection(l)

				s.pass(allowed.Sub(s.now()))
				v.press(f, i18n.T(l, "nav.continue"))
				if v.page.status == http.StatusTooManyRequests || v.cookie() == "" {
					t.Errorf("at the time that the page told: %d %s", v.page.status, v.page.text())
				}
			}
		})
	}
}

// TestAFullBudgetStopsNoDraftThatHasBegun saves, sends and opens one more.
func TestAFullBudgetStopsNoDraftThatHasBegun(t *testing.T) {
	t.Parallel()
	l := i18n.English
	s := limitedSite(t, openSQLiteDrafts, 2, 2)
	owner := s.visitorWithDraft(t, l, "Ada")
	s.visitor(t).saveFirstSection(l)
	late := s.visitor(t)
	late.press(late.openFirstSection(l), "")
	late.want(http.StatusTooManyRequests, "About you")

	code := owner.createCode(l)
	phone := s.visitor(t)
	phone.redeemCode(l, code)
	phone.wantDraft(l, "Ada")
	owner.send(l, answerFirst)
}

// TestAClassPasses has the budgets of a new installation and one room.
func TestAClassPasses(t *testing.T) {
	t.Parallel()
	s := limitedSite(t, openSQLiteDrafts, 600, 3000)
	for i := range 60 {
		s.visitorAt(t, "203.0.113."+strconv.Itoa(i)).saveFirstSection(i18n.French)
	}
}

// TestTheLogOfAFullBudgetIsShortAndDiscreet posts for a minute.
func TestTheLogOfAFullBudgetIsShortAndDiscreet(t *testing.T) {
	t.Parallel()
	s := limitedSite(t, openSQLiteDrafts, 1, 0)
	for i := range 20 {
		v := s.visitorAt(t, "203.0.113."+strconv.Itoa(i))
		f := v.openFirstSection(i18n.English)
		f.set("first_name", "Zoë")
		v.press(f, "")
	}
	logged := s.log.String()
	if n := strings.Count(logged, "applications are not begun"); n != 1 {
		t.Errorf("%d lines say that a budget is used up, want 1", n)
	}
	if strings.Contains(logged, "Zoë") || strings.Contains(logged, "203.0.113") || strings.Contains(logged, `"level":"ERROR","msg":"answers`) {
		t.Errorf("the log has\n%s", logged)
	}
}

// TestADraftTooManyOnTheReviewPage accepts an address there after the draft was deleted
// in another tab.
func TestADraftTooManyOnTheReviewPage(t *testing.T) {
	t.Parallel()
	l := i18n.English
	s := limitedSite(t, openSQLiteDrafts, 1, 0)
	v := s.visitor(t)
	v.apply(l, answerFirst)
	if err := s.deleteDraft(t.Context(), v.cookie()); err != nil {
		t.Fatal(err)
	}
	f := v.form(i18n.T(l, "check.send"))
	values := f.values(nil)
	values.Set("do", "accept:email")
	if p := v.post("/en/apply/check", values); p.status >= 500 {
		t.Errorf("%d %s", p.status, p.text())
	}
}
