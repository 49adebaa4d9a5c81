//go:build e2e

package process

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"joinery/app/e2e/harness"
	"joinery/app/i18n"
	"joinery/app/redistest"
)

// answerTime is how long an answer may take while a store fails.
const answerTime = 3 * time.Second

// A response is what a request was answered with.
type response struct {
	status int
	retry  string
	page   string
}

// try makes a request that may fail, within answerTime. It follows no redirect.
func try(t *testing.T, a *harness.Applicant, path string, form url.Values) response {
	t.Helper()
	begun, direct := time.Now(), a.Client
	direct.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	var r *http.Response
	var err error
	if form == nil {
		r, err = direct.Get(a.Base + path)
	} else {
		r, err = direct.PostForm(a.Base+path, form)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	took := time.Since(begun)
	measure(t, "slowest answer", took)
	if err != nil || took > answerTime {
		t.Errorf("%s is answered after %v (%v), want %v", path, took, err, answerTime)
	}
	return response{r.StatusCode, r.Header.Get("Retry-After"), string(body)}
}

// mustKeep wants a failure of a store that keeps on the page what was typed or ticked, says
// when to try again, and does not say that it is saved.
func (r response) mustKeep(t *testing.T, what string, kept ...string) {
	t.Helper()
	if r.status != http.StatusServiceUnavailable || r.retry == "" {
		t.Errorf("%s is answered with %d, Retry-After %q", what, r.status, r.retry)
	}
	saved, _, _ := strings.Cut(i18n.T(i18n.English, "saving.saved"), "%s")
	if strings.Contains(r.page, saved) {
		t.Errorf("%s is called saved", what)
	}
	for _, words := range kept {
		if !strings.Contains(r.page, words) {
			t.Errorf("%s has lost %q from\n%s", what, words, r.page)
		}
	}
}

// consents are those that ConsentForm ticks, as a page shows them.
var consents = []string{`value="consent_privacy" checked`, `value="consent_news" checked`}

// pageVersion finds what a page of questions was made from.
var pageVersion = regexp.MustCompile(`name="version" value="([^"]+)"`)

// wantKept saves, autosaves and ticks on pages that were opened before drafts could not be
// saved.
func wantKept(t *testing.T, a *harness.Applicant, about, review string) {
	t.Helper()
	typed := url.Values{"version": pageVersion.FindStringSubmatch(about)[1:], "first_name": {"Zoë-Élise"}, "last_name": {"O’Neil"}, "email": {"zoe@example.org"}, "language": {"fr"}, "region": {"qc"}}
	try(t, a, "/en/apply/about", typed).mustKeep(t, "a section", `value="Zoë-Élise"`, `value="zoe@example.org"`, i18n.T(i18n.English, "unsaved.text"))
	try(t, a, "/en/apply/about/save", typed).mustKeep(t, "an autosave", i18n.T(i18n.English, "saving.failed"))
	try(t, a, "/en/apply/role", url.Values{"roles": {"patient", "citizen"}}).mustKeep(t, "ticks", `value="patient" checked`, `value="citizen" checked`)
	ticked := harness.ConsentForm(review)
	try(t, a, "/en/apply/check/save", ticked).mustKeep(t, "an autosave of consents", i18n.T(i18n.English, "saving.failed"))
	later := url.Values{"given": ticked["given"], "do": {"later"}}
	try(t, a, "/en/apply/check", later).mustKeep(t, "the check page", consents...)
}

// wantUnready wants /readyz to name a store. A good result counts for a second.
func wantUnready(t *testing.T, a *harness.Applicant, store string) {
	t.Helper()
	harness.Eventually(t, "/readyz names "+store, func() error {
		if r := try(t, a, "/readyz", nil); r.status != http.StatusServiceUnavailable || r.page != "not ready: "+store+"\n" {
			return errors.New(r.page)
		}
		return nil
	})
}

// wantReady wants the site to be ready again within five seconds.
func wantReady(t *testing.T, s harness.Settings) {
	t.Helper()
	begun := time.Now()
	harness.WaitUntilOK(t, s, "/readyz")
	took := time.Since(begun)
	measure(t, "ready again after", took)
	if took > 5*time.Second {
		t.Errorf("it is ready again after %v, want 5 s", took)
	}
}

func TestWhatIsTypedStaysWhileRedisFails(t *testing.T) {
	t.Parallel()
	server := redistest.New(t, "--maxmemory-policy", "noeviction")
	proxy := redistest.NewProxy(t, server)
	s := harness.NewSettings(t, harness.Settings{"REDIS_URL": proxy.URL})
	start(t, s)
	ask := func(command ...string) func() { return func() { server.Ask(t, command...) } }
	behave := func(f redistest.Fault) func() { return func() { proxy.Set(f) } }
	faults := []struct {
		name       string
		begin, end func()
		dumps      bool // while it lasts, what is stored can be compared
	}{
		{"it is down", server.Stop, func() { server.Restart(t) }, false},
		{"it is a black hole", behave(redistest.BlackHole), behave(redistest.None), false},
		{"it resets connections", behave(redistest.Reset), behave(redistest.None), false},
		{"it is slow by 1.5 s", behave(redistest.Slow), behave(redistest.None), false},
		{"it is loading", behave(redistest.Loading), behave(redistest.None), false},
		{"it is out of memory", ask("CONFIG", "SET", "maxmemory", "1"), ask("CONFIG", "SET", "maxmemory", "0"), true},
		{"it is a replica", ask("REPLICAOF", "127.0.0.1", "1"), ask("REPLICAOF", "NO", "ONE"), true},
		{"it allows nothing", ask("ACL", "SETUSER", "default", "-@all", "+acl"), ask("ACL", "SETUSER", "default", "+@all"), false},
	}
	for _, f := range faults {
		t.Run(f.name, func(t *testing.T) {
			zoe := harness.NewApplicant(t, s)
			review, before := zoe.FillIn("zoe@example.org"), server.Dump(t)
			_, about := zoe.Open("/en/apply/about")
			f.begin()
			wantKept(t, zoe, about, review)
			wantUnready(t, zoe, "drafts in Redis")
			if r := try(t, zoe, "/healthz", nil); r.status != http.StatusOK {
				t.Errorf("/healthz says %d", r.status)
			}
			f.end()
			wantReady(t, s)
			if _, answers, _ := strings.Cut(server.Dump(t), "\n"); f.dumps && !strings.HasSuffix(before, answers) {
				t.Error("something was saved that was called not saved")
			}
			zoe.Save("/en/apply/about", harness.Zoe[0].Answers)
		})
	}
}

// TestARedisThatTricklesWorks at a kilobyte in a second, or fails in time.
func TestARedisThatTricklesIsAnsweredInTime(t *testing.T) {
	t.Parallel()
	proxy := redistest.NewProxy(t, redistest.New(t))
	s := harness.NewSettings(t, harness.Settings{"REDIS_URL": proxy.URL})
	start(t, s)
	zoe := harness.NewApplicant(t, s)
	review := zoe.FillIn("zoe@example.org")
	proxy.Set(redistest.Trickle)
	typed := url.Values{"roles": {"patient", "citizen"}}
	if r := try(t, zoe, "/en/apply/role", typed); r.status != http.StatusSeeOther {
		r.mustKeep(t, "ticks", `value="patient" checked`)
	}
	if r := try(t, zoe, "/en/apply/check", harness.ConsentForm(review)); r.status != http.StatusSeeOther {
		r.mustKeep(t, "the check page", consents...)
	}
	proxy.Set(redistest.None)
	wantReady(t, s)
}

// TestARedisThatIsRestartedKeepsDraftsWithAOF and without it the owner of a draft is told
// that it is lost.
func TestARedisThatIsRestarted(t *testing.T) {
	t.Parallel()
	for name, kept := range map[string]bool{"with AOF": true, "without AOF": false} {
		t.Run(name, func(t *testing.T) {
			options := []string{"--appendonly", "no"}
			if kept {
				options = []string{"--appendonly", "yes", "--appendfsync", "always"}
			}
			server := redistest.New(t, options...)
			s := harness.NewSettings(t, harness.Settings{"REDIS_URL": server.URL})
			start(t, s)
			zoe := harness.NewApplicant(t, s)
			zoe.FillIn("zoe@example.org")
			server.Restart(t)
			wantReady(t, s)
			at, page := zoe.Open("/en/apply/check")
			lost, _, _ := strings.Cut(i18n.T(i18n.English, "lost_data.text"), "%s")
			if told := strings.Contains(page, lost); told == kept || (at == "/en/apply/check") != kept {
				t.Errorf("after the restart she is at %s, and told that her draft is lost: %t", at, told)
			}
		})
	}
}
