package web

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"joinery/app/i18n"
	"joinery/app/member"
)

// pagePaths returns the paths of every page in one language, and the paths without a
// language. The path /readyz is not among them: it tries whether the stores can be written.
func pagePaths(s *site, l i18n.Lang) []string {
	home := "/" + string(l)
	list := []string{
		"/", "/healthz", "/outbox", "/nowhere", "/static/nothing.css", home, home + "/privacy", home + "/nowhere",
		home + "/apply", home + "/apply/later", home + "/apply/delete", home + "/apply/check", home + "/apply/sent", home + "/apply/nowhere", home + "/apply/receipt", home + "/apply/receipt.pdf",
		home + "/confirm/nothing", home + "/confirm/nothing/not-mine",
	}
	for _, section := range s.wizard.Form.Sections {
		list = append(list, home+"/apply/"+section.Key, home+"/apply/"+section.Key+"?from=check&note=more")
	}
	return list
}

// TestGetAndHeadChangeNothing opens every page in a browser with nothing, with a
// draft, and with an application that waits.
func TestGetAndHeadChangeNothing(t *testing.T) {
	for drafts, open := range storeOpeners {
		t.Run(drafts, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, settings{drafts: open})
			newcomer, applicant, submitter := s.visitor(t), s.visitor(t), s.visitor(t)
			applicant.apply(i18n.English, answerLast)
			submitter.send(i18n.French, answerFirst)
			link, letter := s.link(t, 1), "/outbox/"+s.letters(t)[0].ID
			s.pass(time.Minute)
			before := s.dump(t)
			for browser, v := range map[string]*visitor{"newcomer": newcomer, "an applicant": applicant, "a submitter": submitter} {
				list := append(pagePaths(s, i18n.French), letter, letter+"/html", link+"/not-mine")
				if v != submitter {
					list = append(list, link)
				}
				for _, address := range list {
					wantReadOnly(t, browser, v.request(http.MethodGet, address, nil))
					wantReadOnly(t, browser, v.htmx(http.MethodGet, address, nil))
				}
				for _, address := range append(list, link) {
					wantReadOnly(t, browser, v.request(http.MethodHead, address, nil))
				}
			}
			if after := s.dump(t); after != before {
				t.Errorf("reading has left\n%s\nwant what was there before:\n%s", after, before)
			}
		})
	}
}

func wantReadOnly(t *testing.T, browser string, p *htmlPage) {
	t.Helper()
	if p.status >= http.StatusInternalServerError {
		t.Errorf("%s is told %d at %s", browser, p.status, p.url.Path)
	}
	cookies := slices.DeleteFunc(p.header.Values("Set-Cookie"), func(c string) bool { return strings.HasPrefix(c, "note=") })
	if len(cookies) > 0 {
		t.Errorf("%s is given %q at %s", browser, cookies, p.url.Path)
	}
}

// TestOwnBrowserConfirmsAtOnce holds for GET alone: a program that checks links may
// use HEAD, but has no cookie.
func TestOwnBrowserConfirmsAtOnce(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	v := s.visitor(t)
	v.send(i18n.English, answerFirst)
	link := s.link(t, 1)

	v.request(http.MethodHead, link, nil)
	if a, err := s.application(t.Context(), v.cookie()); err != nil || a.State != member.Waiting {
		t.Fatalf("after HEAD the application is %q (%v), want it waiting", a.State, err)
	}
	v.open(link)
	v.want(http.StatusOK, i18n.T(i18n.English, "link.used.title"))
	if len(v.statuses) != 2 || v.statuses[0] != http.StatusSeeOther {
		t.Errorf("the link answered %v, want 303 and the page", v.statuses)
	}
	if members := s.allMembers(t); len(members) != 1 {
		t.Errorf("there are %d members, want 1", len(members))
	}
	v.open("/en/apply/sent")
	v.want(http.StatusOK, i18n.T(i18n.English, "sent.confirmed.title"))
}
