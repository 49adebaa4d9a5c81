package web

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"joinery/app/i18n"
)

// handoffPoll does what the page of a code does every few seconds.
func (v *visitor) handoffPoll(l i18n.Lang) *htmlPage {
	v.t.Helper()
	return v.htmx(http.MethodGet, "/"+string(l)+"/apply/phone/live", nil, "HX-Target", "div#page")
}

// TestThePageOfACodeNoticesThatItWasUsed polls before the other device types the code, and
// after.
func TestThePageOfACodeNoticesThatItWasUsed(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		desk := s.visitorWithDraft(t, l, "Ada")
		code := desk.createCode(l)
		if at := desk.page.byID("handoff"); attribute(at, "hx-get") != "/"+string(l)+"/apply/phone/live" || len(elements(desk.page.root, isTag("script"))) != 1 {
			t.Errorf("the page does not ask: %s", desk.page.body)
		}
		before := s.dump(t)
		if p := desk.handoffPoll(l); p.status != http.StatusNoContent || p.body != "" || s.dump(t) != before {
			t.Errorf("before the code is used, the answer is %d %s", p.status, p.body)
		}
		s.newDevice(t, "phone").redeemCode(l, code)
		p := desk.handoffPoll(l)
		if p.status != http.StatusOK || p.h1() != i18n.T(l, "phone.used.title") || !strings.Contains(p.text(), i18n.T(l, "phone.used")) {
			t.Errorf("after it was used, the answer is %d %s", p.status, p.body)
		}
		if p.byID("handoff") != nil || p.header.Get("HX-Push-Url") != "false" {
			t.Errorf("it goes on asking, or becomes the address of the page: %v %s", p.header, p.body)
		}
	}
}

// TestThePageOfACodeStopsAskingWhenTheCodeExpires offers a new code instead.
func TestThePageOfACodeStopsAskingWhenTheCodeExpires(t *testing.T) {
	t.Parallel()
	l := i18n.French
	s := newSite(t, settings{})
	desk := s.visitorWithDraft(t, l, "Ada")
	desk.createCode(l)
	s.pass(11 * time.Minute)
	if p := desk.handoffPoll(l); p.status != http.StatusOK || p.byID("handoff") != nil || !strings.Contains(p.text(), i18n.T(l, "phone.make")) {
		t.Errorf("the answer is %d %s", p.status, p.body)
	}
}

// TestThePageOfACodeFollowsADraftThatIsGone lets the other device send the application.
func TestThePageOfACodeFollowsADraftThatIsGone(t *testing.T) {
	t.Parallel()
	l := i18n.English
	s := newSite(t, settings{})
	desk, phone := s.visitorWithDraft(t, l, "Ada"), s.newDevice(t, "phone")
	phone.redeemCode(l, desk.createCode(l))
	phone.continueAndSend(l)
	if p := desk.handoffPoll(l); p.status != http.StatusNoContent || p.header.Get("HX-Redirect") != "/en/apply" {
		t.Errorf("the answer is %d %v", p.status, p.header)
	}
	desk.open("/en/apply")
	desk.want(http.StatusOK, i18n.T(l, "sent.waiting.title"))
}

// TestAFailedPollLeavesThePageOfACode lets the store of drafts fail.
func TestAFailedPollLeavesThePageOfACode(t *testing.T) {
	t.Parallel()
	l := i18n.English
	s := newSite(t, settings{})
	desk := s.visitorWithDraft(t, l, "Ada")
	desk.createCode(l)
	s.draftStore.fail()
	if p := desk.handoffPoll(l); p.status != http.StatusNoContent || p.header.Get("HX-Redirect") != "" {
		t.Errorf("the answer is %d %v %s", p.status, p.header, p.body)
	}
}
