package web

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"joinery/app/i18n"
)

// An automatedPost is a post that looks automated.
type automatedPost struct {
	name    string
	prepare func(f *htmlForm, s *site)
}

// automatedPosts are the posts that look automated. Each sets the clock itself.
var automatedPosts = []automatedPost{
	{"at once", func(*htmlForm, *site) {}},
	{"a moment too soon", func(_ *htmlForm, s *site) { s.pass(minReadTime - time.Millisecond) }},
	{"with the trap filled in", func(f *htmlForm, s *site) { s.pass(time.Minute); f.set(trapField, "https://spam.example") }},
	{"without a token", func(f *htmlForm, s *site) { s.pass(time.Minute); f.set(tokenField) }},
	{"with an empty token", func(f *htmlForm, s *site) { s.pass(time.Minute); f.set(tokenField, "") }},
	{"with a forged token", func(f *htmlForm, s *site) { s.pass(time.Minute); f.set(tokenField, "1000000000000.AAAAAAAAAAAAAAAA") }},
	{"with a token made older", func(f *htmlForm, s *site) {
		s.pass(time.Minute)
		f.set(tokenField, "1"+strings.Join(f.control(tokenField).values, ""))
	}},
	{"with a token of another installation", func(f *htmlForm, s *site) {
		s.pass(time.Minute)
		f.set(tokenField, tokenKey("another key").token(s.now().Add(-time.Hour)))
	}},
	{"on a page of a day ago", func(_ *htmlForm, s *site) { s.pass(tokenLifetime) }},
}

// TestAutomatedPostsAskForOneMorePress also shows that no typed answer is lost.
func TestAutomatedPostsAskForOneMorePress(t *testing.T) {
	t.Parallel()
	for _, m := range mailRequests {
		for i, automated := range automatedPosts {
			l := i18n.Languages[i%len(i18n.Languages)]
			t.Run(m.name+" "+automated.name, func(t *testing.T) {
				t.Parallel()
				s := newSite(t, settings{})
				v := s.visitor(t)
				m.open(v, l)
				f := m.filledForm(v, l)
				automated.prepare(f, s)
				v.post(f.action, f.values(nil))
				v.wantRepeatRequest(l, m, f)
				v.press(v.form(i18n.T(l, m.button)), i18n.T(l, m.button))
				v.want(http.StatusOK, i18n.T(l, m.done))
				if n := v.countLetters(); n != m.letters {
					t.Errorf("after one more press there are %d letters, want %d", n, m.letters)
				}
			})
		}
	}
}

// TestATokenIsValidForADay also shows that a token is not valid before its time.
func TestATokenIsValidForADay(t *testing.T) {
	t.Parallel()
	made := time.Date(2026, time.November, 22, 15, 0, 0, 0, time.UTC)
	seal := tokenKey(testTokenKey)
	for age, good := range map[time.Duration]bool{-time.Hour: false, -time.Millisecond: false, 0: true, tokenLifetime - time.Millisecond: true, tokenLifetime: false} {
		if got, known := seal.age(seal.token(made), made.Add(age)); known != good || good && got != age {
			t.Errorf("after %v its age is %v, known: %v", age, got, known)
		}
	}
}

// TestASecondPressTooSoonAsksAgain also shows that no typed answer is lost.
func TestASecondPressTooSoonAsksAgain(t *testing.T) {
	t.Parallel()
	l := i18n.French
	for _, m := range mailRequests {
		v := newSite(t, settings{}).visitor(t)
		m.open(v, l)
		f := m.filledForm(v, l)
		for range 3 {
			v.post(f.action, f.values(nil))
			v.wantRepeatRequest(l, m, f)
			f = v.form(i18n.T(l, m.button))
		}
	}
}

// TestReadersPassTheBotCheck posts after exactly minReadTime, and after almost a day.
func TestReadersPassTheBotCheck(t *testing.T) {
	t.Parallel()
	l := i18n.English
	for _, m := range mailRequests {
		for _, takes := range []time.Duration{minReadTime, tokenLifetime - time.Millisecond} {
			s := newSite(t, settings{})
			v := s.visitor(t)
			m.open(v, l)
			f := m.filledForm(v, l)
			s.pass(takes)
			v.post(f.action, f.values(nil))
			v.want(http.StatusOK, i18n.T(l, m.done))
			if n := v.countLetters(); n != m.letters {
				t.Errorf("%s after %v: there are %d letters, want %d", m.name, takes, n, m.letters)
			}
		}
	}
}

// TestTheTrapIsHiddenFromPeople checks that the trap is out of reach of the keyboard,
// a screen reader and a browser that fills in forms, and that it has a label without
// styles.
func TestTheTrapIsHiddenFromPeople(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		for _, m := range mailRequests {
			v := newSite(t, settings{}).visitor(t)
			m.open(v, l)
			traps := elements(v.page.root, hasAttr("name", trapField))
			if len(traps) != 1 {
				t.Fatalf("%s has %d traps, want 1", m.name, len(traps))
			}
			trap, around := traps[0], traps[0].Parent
			if attribute(trap, "tabindex") != "-1" || attribute(trap, "autocomplete") != "off" || attribute(trap, "value") != "" || attribute(trap, "type") != "text" {
				t.Errorf("%s: the trap is %v", m.name, trap.Attr)
			}
			if !hasClass("trap")(around) || attribute(around, "aria-hidden") != "true" || rawText(elements(around, isTag("label"))[0]) != i18n.T(l, "press.trap") {
				t.Errorf("%s: around the trap is %v", m.name, around.Attr)
			}
			if strings.Contains(v.page.text(), i18n.T(l, "press.trap")) {
				t.Errorf("%s reads the trap out", m.name)
			}
		}
	}
}

// TestButtonsThatSendNothingHaveNoBotCheck presses the buttons that leave a page, or
// cannot submit yet, as fast as a program.
func TestButtonsThatSendNothingHaveNoBotCheck(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	l := i18n.French
	v := s.visitor(t)
	v.apply(l, answerFirst)
	f := v.form(i18n.T(l, "check.send"))
	f.set(trapField, "https://spam.example")
	for _, words := range append(v.page.texts(hasClass("change")), i18n.T(l, "nav.later"), i18n.T(l, "draft.phone"), i18n.T(l.Other(), "lang.name")) {
		v.open("/fr/apply/check")
		v.post(f.action, f.values(f.button(words)))
		if v.page.status != http.StatusOK || strings.Contains(v.page.url.RawQuery, "press") {
			t.Errorf("%q leads to %s", words, v.page.url)
		}
	}
	v.post(f.action, f.values(nil)) // without the required consent
	v.want(http.StatusUnprocessableEntity, i18n.T(l, "check.title"))
	v.open("/fr/apply/later")
	f = v.form(i18n.T(l, "later.send"))
	f.set(emailField, "nobody")
	v.post(f.action, f.values(nil))
	v.want(http.StatusUnprocessableEntity, i18n.T(l, "later.title"))
	if got := v.page.summary(); len(got) != 1 || v.form(i18n.T(l, "later.send")).control(trapField) == nil {
		t.Errorf("of what is no address the page says %q", got)
	}
}

// TestTheBotCheckTreatsHtmxLikeABrowser posts at once, and then posts the form of the
// answer.
func TestTheBotCheckTreatsHtmxLikeABrowser(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	l := i18n.English
	v := s.visitor(t)
	v.apply(l, answerFirst)
	f := mailRequests[0].filledForm(v, l)
	led := v.htmx(http.MethodPost, f.action, f.values(nil))
	again := led.header.Get("Location")
	if led.status != http.StatusSeeOther || !strings.HasPrefix(again, "/en/apply/check?at=") {
		t.Fatalf("htmx is led by %d to %s", led.status, again)
	}
	part := v.htmx(http.MethodGet, again, nil)
	v.carry("/en/apply/check", "press")
	page := v.open(again)
	wantFragment(t, part)
	if part.status != http.StatusOK || part.header.Get("HX-Push-Url") != "" || part.title() != page.title() {
		t.Errorf("the part is %d %q with HX-Push-Url %q, want it to have an address", part.status, part.title(), part.header.Get("HX-Push-Url"))
	}
	focused := elements(part.root, func(e *html.Node) bool { return hasAttribute(e, "autofocus") })
	if len(focused) != 1 || text(focused[0]) != i18n.T(l, "note.press") {
		t.Errorf("the focus goes to %d elements, want the note alone", len(focused))
	}
	s.pass(minReadTime)
	f = newHTMLForm(elements(part.root, isTag("form"))[0])
	if led = v.htmx(http.MethodPost, f.action, f.values(nil)); led.header.Get("Location") != "/en/apply/sent" {
		t.Errorf("one more press leads to %s", led.header.Get("Location"))
	}
}
