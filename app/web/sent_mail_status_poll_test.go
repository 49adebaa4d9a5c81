package web

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"joinery/app/i18n"
)

// pollOf returns the address that htmx polls and the seconds before the poll, or 0 if it
// does not poll.
func pollOf(p *htmlPage) (address string, pause int) {
	at := p.byID("live")
	if pause := regexp.MustCompile(`^every (\d+)s$`).FindStringSubmatch(attribute(at, "hx-trigger")); pause != nil {
		seconds, _ := strconv.Atoi(pause[1])
		return attribute(at, "hx-get"), seconds
	}
	return "", 0
}

// TestPollsBecomeSlowerAndStop wants the last poll after half an hour, but for those when
// a person comes back to the window.
func TestPollsBecomeSlowerAndStop(t *testing.T) {
	t.Parallel()
	l := i18n.French
	s := newSite(t, settings{})
	v := s.visitor(t)
	v.send(l, answerFirst)
	before := s.dump(t)
	var pauses []int
	var sum int
	for part := v.page; ; {
		address, pause := pollOf(part)
		if pause == 0 {
			if look := elements(part.root, isTag("span")); len(look) == 0 || !strings.Contains(attribute(look[0], "hx-get"), "/fr/apply/sent/live?n=35&") {
				t.Errorf("in the end the page does not look when a person comes back: %s", part.body)
			}
			break
		}
		if len(pauses) > 100 {
			t.Fatal("it never stops")
		}
		pauses, sum = append(pauses, pause), sum+pause
		part = v.htmx(http.MethodGet, address, nil, "HX-Target", "div#live")
		for _, header := range []string{"HX-Retarget", "HX-Reswap", "HX-Push-Url", "HX-Redirect", "Set-Cookie"} {
			if part.header.Get(header) != "" {
				t.Errorf("%s is %q", header, part.header.Get(header))
			}
		}
		if part.status != http.StatusOK || !strings.Contains(part.header.Get("Vary"), "HX-Request") || len(elements(part.root, isTag("input", "title", "h1"))) > 0 || part.byID("delivery") == nil {
			t.Errorf("the news are %d\n%s", part.status, part.body)
		}
	}
	if got := fmt.Sprint(pauses[:8]); got != "[5 5 5 10 20 40 60 60]" || sum < 28*60 || sum > 32*60 {
		t.Errorf("it waits %v seconds first, and %d in all", got, sum)
	}
	if after := s.dump(t); after != before {
		t.Errorf("looking has left\n%s", after)
	}
}

// TestTheURLDoesNotSpeedUpPolls forges the number of polls in the URL.
func TestTheURLDoesNotSpeedUpPolls(t *testing.T) {
	t.Parallel()
	v := newSite(t, settings{}).visitor(t)
	v.send(i18n.English, answerFirst)
	address, _ := pollOf(v.page)
	for n, want := range map[string]int{
		"1": 5, "2": 5, "3": 10, "6": 60, "34": 60, "": 5, "0": 5, "-1": 5, "-99999999999": 5, "x": 5, "1e9": 5, "35": 0, "99": 0, "999999999999": 0,
	} {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		q := u.Query()
		q.Set("n", n)
		u.RawQuery = q.Encode()
		if _, pause := pollOf(v.htmx(http.MethodGet, u.String(), nil)); pause != want {
			t.Errorf("with n=%s it waits %d s, want %d", n, pause, want)
		}
	}
}

func TestPollsWithoutHtmxLeadToThePage(t *testing.T) {
	t.Parallel()
	v := newSite(t, settings{}).visitor(t)
	v.send(i18n.English, answerFirst)
	address, _ := pollOf(v.page)
	for range 2 {
		if p := v.request(http.MethodGet, address, nil); p.status != http.StatusSeeOther || p.header.Get("Location") != "/en/apply/sent?n=1" {
			t.Errorf("%d to %q, want 303 to the page", p.status, p.header.Get("Location"))
		}
		v.header.Set("HX-Request", "true")
		v.header.Set("HX-History-Restore-Request", "true")
	}
}

// TestAFailedPollLeavesThePage wants the page to stay, so htmx polls again.
func TestAFailedPollLeavesThePage(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	v := s.visitor(t)
	v.send(i18n.English, answerFirst)
	address, _ := pollOf(v.page)
	at := v.page.byID("live")
	if attribute(at, "hx-status:4xx") != "swap:none" || attribute(at, "hx-status:5xx") != "swap:none" || attribute(at, "hx-swap") != "outerMorph" || attribute(at, "hx-target") != "" {
		t.Errorf("htmx is told %v", at.Attr)
	}
	if err := s.queue.DB.Close(); err != nil {
		t.Fatal(err)
	}
	if p := v.htmx(http.MethodGet, address, nil); p.status != http.StatusServiceUnavailable || p.header.Get("HX-Reswap") != "none" {
		t.Errorf("%d, HX-Reswap %q", p.status, p.header.Get("HX-Reswap"))
	}
}
