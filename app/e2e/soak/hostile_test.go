//go:build e2e

package soak

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"joinery/app/e2e/harness"
)

// What hostile posts are made of: places, names, values and kinds that no page sends
// together.
var (
	places = []string{
		"/apply/about", "/apply/role", "/apply/affiliations", "/apply/interests", "/apply/about/save", "/apply/about/region", "/apply/check",
		"/apply/check/save", "/apply/sent/code", "/apply/sent/who", "/apply/sent/address", "/apply/sent/again", "/apply/sent/correct", "/apply/later",
		"/apply/phone", "/apply/delete", "/apply/leave", "/apply/leave/link", "/resume", "/resume/A-B", "/resume/A-B/renew", "/resume/A-B/delete",
		"/code", "/confirm/A-B", "/confirm/A-B/code", "/confirm/A-B/who", "/confirm/A-B/renew", "/confirm/A-B/not-mine", "/restore/A-B", "/address/A-B", "/%00", "/apply/%2e%2e/x",
	}
	names = []string{
		"first_name", "last_name", "email", "language", "region", "country", "roles", "role_other", "affiliation_other", "expertise", "shown", "version",
		"do", "given", "stamp", "website", "code", "address", "choice", "wrong", "left", "from", "\x00", "a[b]", "__proto__", "",
	}
	values = []string{
		"", "x", "zoe@example.org", "zoe@", "@", "a@b@c", "\x00", "\xff\xfe", "\u202e", "<script>alert(1)</script>", "{{.}}", "' OR 1=1 --", "%s%n", "../../etc/passwd",
		"a\r\nBcc: x@example.org", "999999999999999999999", "-1", "NaN", "en", "fr", "patient", "qc", "AAAA AAAA", "AAAAAA", "1.A", "\u0000\u0301",
		strings.Repeat("é", 5000), strings.Repeat("a@", 3000), strings.Repeat("(", 4000), strings.Repeat("\u0301", 3000),
	}
	kinds = []string{
		"application/x-www-form-urlencoded", "application/x-www-form-urlencoded", "application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=utf-16",
		"multipart/form-data; boundary=x", "application/json", "",
	}
)

func TestHostilePostsAreNoFault(t *testing.T) {
	t.Parallel()
	posts, seeds := length(500, 10000), length(1, 3)
	s := harness.NewSettings(t, harness.Settings{"DRAFTS_PER_NETWORK": "100000/1h", "DRAFTS_TOTAL": "100000/1h"})
	p := start(t, s, 4096)
	var failed int
	var slowest time.Duration
	for seed := range seeds {
		f, slow := postHostile(t, s["BASE_URL"], uint64(seed), posts)
		failed, slowest = failed+f, max(slowest, slow)
	}
	p.stop(t)
	if failed > 0 || slowest > 2*time.Second || strings.Contains(p.log.String(), `"msg":"panic"`) {
		t.Errorf("%d posts fail, the slowest takes %v; the log says\n%s", failed, slowest, lastLines(p.log.String()))
	}
	t.Attr("measured", fmt.Sprintf("%d posts x %d seeds: %d are 5xx, slowest %v", posts, seeds, failed, slowest.Round(time.Millisecond)))
}

// postHostile sends posts by eight browsers with drafts at once. It returns how many fail,
// and how long the slowest takes.
func postHostile(t *testing.T, base string, seed uint64, posts int) (failed int, slowest time.Duration) {
	t.Helper()
	const clients = 8
	var lock sync.Mutex
	var all sync.WaitGroup
	for client := range clients {
		zoe, random := harness.NewApplicant(t, harness.Settings{"BASE_URL": base}), rand.New(rand.NewPCG(seed, uint64(client)))
		zoe.Save("/en/apply/about", harness.Zoe[0].Answers)
		all.Go(func() {
			for range posts / clients {
				request := hostile(random, base)
				begun := time.Now()
				status, err := send(&zoe.Client, request)
				took := time.Since(begun)
				lock.Lock()
				slowest = max(slowest, took)
				if err != nil || status >= http.StatusInternalServerError {
					failed++
					t.Logf("%s is %d, %v", request.URL.Path, status, err)
				}
				lock.Unlock()
			}
		})
	}
	all.Wait()
	return failed, slowest
}

// hostile returns a post of random parts.
func hostile(random *rand.Rand, base string) *http.Request {
	form := url.Values{}
	for range random.IntN(8) {
		form.Add(pick(random, names), pick(random, values))
	}
	body := form.Encode()
	if random.IntN(4) == 0 {
		body = pick(random, values) + body[:random.IntN(len(body)+1)] // which breaks its escapes
	}
	path := pick(random, []string{"/en", "/fr", "/xx", ""}) + pick(random, places)
	r, _ := http.NewRequestWithContext(context.Background(), http.MethodPost, base+path, strings.NewReader(body)) // places are well formed
	r.Header.Set("Content-Type", pick(random, kinds))
	if random.IntN(3) == 0 {
		r.Header.Set("HX-Request", "true")
		r.Header.Set("HX-Target", pick(random, names[:5]))
	}
	return r
}

func pick(random *rand.Rand, from []string) string { return from[random.IntN(len(from))] }

// send follows no redirect, so that the time is that of one answer.
func send(browser *http.Client, request *http.Request) (status int, err error) {
	direct := *browser
	direct.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	r, err := direct.Do(request)
	if err != nil {
		return 0, err
	}
	defer r.Body.Close()
	_, err = io.Copy(io.Discard, r.Body)
	return r.StatusCode, err
}

// lastLines returns the end of a log, without the requests in it.
func lastLines(log string) string {
	lines := slices.DeleteFunc(strings.Split(log, "\n"), func(line string) bool { return strings.Contains(line, `"msg":"request"`) })
	return strings.Join(lines[max(0, len(lines)-10):], "\n")
}
