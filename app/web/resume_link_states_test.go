package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"joinery/app/i18n"
)

// TestWrongLinksToDraftsChangeNothing alters a link as for confirmation links.
func TestWrongLinksToDraftsChangeNothing(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	v := s.visitorWithDraft(t, i18n.English, "Ada")
	secret := s.requestedLink(t, i18n.English, "Ada", 1)[len(s.url+"/en/resume/"):]
	before := s.dump(t)
	for title, tokens := range map[string][]string{
		"resume.cut.title": {
			secret[1:], secret[:10] + "...", "-", "%00%ff-%fe%0d%0a", "%0d%0aSet-Cookie:x=y", `'"--`, "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
		},
		"resume.mistyped.title": {"A" + secret, strings.Repeat("A", len(secret)), strings.Repeat("A", 8000)},
	} {
		for _, token := range tokens {
			for _, l := range i18n.Languages {
				for _, more := range []string{"", "/renew", "/delete"} {
					path := "/" + string(l) + "/resume/" + token + more
					v.open(path)
					v.want(http.StatusNotFound, i18n.T(l, title))
					v.post(path, url.Values{"press": {"\x00\xff"}, "other": {strings.Repeat("x", 5000)}})
					if more == "/delete" && title == "resume.mistyped.title" { // the answer is that of a second press
						v.want(http.StatusOK, i18n.T(l, "landing.title"))
						continue
					}
					v.want(http.StatusNotFound, i18n.T(l, title))
				}
			}
		}
	}
	if after := s.dump(t); after != before {
		t.Errorf("wrong links have left\n%s", after)
	}
	v.wantDraft(i18n.English, "Ada")
}

// TestOddCodesAreNoInternalError types text that is no code.
func TestOddCodesAreNoInternalError(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	v := s.visitor(t)
	for _, typed := range []string{"\x00", "\xff\xfe", "<script>alert(1)</script>", "../../..", strings.Repeat("A", 20000), "é試", "%zz", "?#/"} {
		if v.post("/fr/code", codeForm(typed)); v.page.status != http.StatusUnprocessableEntity || strings.Contains(v.page.body, "<script>alert") {
			t.Errorf("%.20q: %d", typed, v.page.status)
		}
		if p := v.open("/fr/code/" + url.PathEscape(typed)); p.status >= 500 || len(typed) < 100 && p.status != http.StatusOK {
			t.Errorf("/fr/code/%.20q: %d", typed, p.status)
		}
	}
	for _, secret := range []string{"script", "AAAA"} {
		if strings.Contains(s.log.String(), secret) {
			t.Errorf("the log holds %q", secret)
		}
	}
}

// TestOpeningAResumeLinkChangesNothing opens every page of a link without a press, in
// a browser with nothing, with the draft and the mailbox proven, and with another draft.
func TestOpeningAResumeLinkChangesNothing(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	ada, bob := s.visitorWithDraft(t, i18n.English, "Ada"), s.visitorWithDraft(t, i18n.English, "Bob")
	link := s.requestedLink(t, i18n.English, "Ada", 1)
	ada.open(link)
	ada.open("/en/apply/phone")
	ada.pressButton("")
	held, err := s.wizard.Progress(t.Context(), ada.cookie())
	if err != nil {
		t.Fatal(err)
	}
	shown, ok, err := s.resume.Handoff(t.Context(), held)
	if err != nil || !ok {
		t.Fatalf("Handoff = %t, %v", ok, err)
	}
	s.pass(time.Minute)
	before := s.dump(t)
	for browser, v := range map[string]*visitor{"a new browser": s.visitor(t), "the owner": ada, "another": bob} {
		for _, l := range i18n.Languages {
			home, link := "/"+string(l), strings.Replace(link, "/en/", "/"+string(l)+"/", 1)
			for _, address := range []string{
				home + "/resume", link, link + "/renew", link + "/delete",
				home + "/code", home + "/code/" + shown.Code, home + "/code/%ff%0d", home + "/apply/phone",
			} {
				wantReadOnly(t, browser, v.request(http.MethodGet, address, nil))
				wantReadOnly(t, browser, v.request(http.MethodHead, address, nil))
				wantReadOnly(t, browser, v.htmx(http.MethodGet, address, nil))
			}
		}
	}
	if after := s.dump(t); after != before {
		t.Errorf("reading has left\n%s\nwant what was there before:\n%s", after, before)
	}
}

// TestLogHoldsNoResumeLink uses every kind of link and code, and reads the log.
func TestLogHoldsNoResumeLink(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	l := i18n.English
	desk := s.visitorWithDraft(t, l, "Ada")
	shown := desk.createCode(l)
	code, link := strings.ReplaceAll(shown, " ", ""), s.requestedLink(t, l, "Ada", 1)
	look := func() {
		v := s.visitor(t)
		for _, path := range []string{"", "/", "/renew", "/delete", "/nowhere", "/x/SECRET?q=SECRET", "/%ff"} {
			for _, method := range []string{"GET", "HEAD", "POST", "PUT"} {
				v.request(method, link+path, codeForm(code))
				v.request(method, s.url+"/en/code/"+code+path, codeForm(code))
			}
		}
		v.request(http.MethodPost, "/en/code", codeForm(shown))
		v.request(http.MethodPost, "/en/resume", url.Values{"address": {mailboxOf("Ada")}})
	}
	look()
	s.resume.ProcessRequests(t.Context())
	s.queue.DB.Close()
	look()
	s.resume.ProcessRequests(t.Context())
	logged := s.log.String()
	if strings.Count(logged, `"msg":"request"`) < 100 || !strings.Contains(logged, `"msg":"request failed"`) {
		t.Fatalf("this test does not see what is logged, only %s", logged)
	}
	for _, secret := range []string{link[strings.LastIndex(link, "/")+1:], code, shown, desk.cookie(), "hospital", "SECRET"} {
		if strings.Contains(logged, secret) {
			t.Errorf("the log holds %q", secret)
		}
	}
}

func TestResumePagesLeadToTheirOtherLanguage(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	l := i18n.English
	owner, v := s.visitorWithDraft(t, l, "Ada"), s.visitor(t)
	link := s.requestedLink(t, l, "Ada", 1)[len(s.url+"/en"):]
	owner.open("/en/apply/phone")
	for path, by := range map[string]*visitor{
		"/resume": v, link: v, link + "/delete": v, "/resume/mistyped": v, "/code": v, "/code/ACDE%20FGHJ": v, "/apply/phone": owner,
	} {
		by.open("/en" + path)
		status := by.page.status
		by.open(by.page.link(i18n.T(i18n.French, "lang.name")))
		if got := by.page.url.EscapedPath(); got != "/fr"+path || by.page.status != status {
			t.Errorf("/en%s leads to %s, %d", path, got, by.page.status)
		}
		if lang := attribute(elements(by.page.root, isTag("html"))[0], "lang"); lang != "fr-CA" {
			t.Errorf("/fr%s is in %s", path, lang)
		}
	}
	v.post("/en/code", codeForm("ACDE FGHJ"))
	v.pressButton(i18n.T(i18n.French, "lang.name"))
	if got := v.form("").control("code").values[0]; got != "ACDE FGHJ" {
		t.Errorf("in the other language the code is %q", got)
	}
}

// changeDraftEmail changes the address in the draft.
func (v *visitor) changeDraftEmail(name string) {
	v.t.Helper()
	v.changeSection("/en/apply/about", url.Values{"email": {mailboxOf(name)}})
}

// TestLinkToASubmittedDraftLeadsToTheApplication opens the link in the browser that
// submitted.
func TestLinkToASubmittedDraftLeadsToTheApplication(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		owner := s.visitorWithDraft(t, l, "Ada")
		link := s.requestedLink(t, l, "Ada", 1)
		owner.continueAndSend(l)
		owner.open(link)
		owner.want(http.StatusGone, i18n.T(l, "resume.finished.title"))
		owner.open(owner.page.link(i18n.T(l, "landing.look")))
		owner.want(http.StatusOK, i18n.T(l, "sent.waiting.title"))
	}
}
