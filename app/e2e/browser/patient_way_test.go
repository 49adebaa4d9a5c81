//go:build e2e

package browser

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"

	"joinery/app/e2e/harness"
	"joinery/app/i18n"
)

// phone is the window in which the way of an applicant is measured.
var phone = emulation.SetDeviceMetricsOverrideParams{Width: 390, Height: 844, DeviceScaleFactor: 1, Mobile: true}

// A way is what an applicant meets between the landing page and the welcome.
type way struct {
	*harness.Person
	presses, words, letters, height int
	pages                           []string // one line for each page, for the log
	tallest                         int      // the height of the tallest page of the form
}

// patient is what a patient answers, with as little as is needed and a family name.
var patient = []harness.Section{
	{Key: "about", Answers: []harness.Answer{
		harness.To("first_name", "Ada"), harness.To("last_name", "Roy"), harness.To("email", "ada@example.org"), harness.To("region", "qc"),
	}},
	{Key: "role", Answers: []harness.Answer{harness.To("roles", "patient")}},
	{Key: "interests", Answers: []harness.Answer{
		harness.To("health_research", "open_to_all"), harness.To("por_research", "open_to_all"),
	}},
}

// The limits of the way of a patient: what the site asks of a person with a phone.
const (
	maxPresses     = 15
	maxScreens     = 19.0
	maxFormScreens = 3.0
)

var maxWords = map[i18n.Lang]int{i18n.English: 1000, i18n.French: 1150}

// The way of a patient is short, and what the landing page tells of minutes lies between
// the whole ones of a patient and those of a trainee.
func TestTheWayIsShortAndTakesTheMinutesThatAreTold(t *testing.T) {
	for _, lang := range harness.Ways[:2] {
		t.Run(lang.Name, func(t *testing.T) {
			short := walk(t, lang, patient)
			expectShort(t, short)
			expectMinutes(t, short, walk(t, lang, trainee))
		})
	}
}

// expectShort fails the test if a way takes more than a patient's may.
func expectShort(t *testing.T, w *way) {
	t.Helper()
	screens := float64(w.height) / float64(phone.Height)
	if w.presses > maxPresses || w.words > maxWords[w.Lang] || screens > maxScreens {
		t.Errorf("%d presses, %d words and %.1f screens, want at most %d, %d and %.1f", w.presses, w.words, screens, maxPresses, maxWords[w.Lang], maxScreens)
	}
	if form := float64(w.tallest) / float64(phone.Height); form > maxFormScreens {
		t.Errorf("a page of the form has %.1f screens, want at most %.1f", form, maxFormScreens)
	}
}

// trainee is the longest way that many go: with a question below a role, and affiliations.
var trainee = []harness.Section{
	patient[0],
	{Key: "role", Answers: []harness.Answer{harness.To("roles", "trainee"), harness.To("trainee_level", "doctoral")}},
	{Key: "affiliations", Answers: []harness.Answer{harness.To("university", "Université Laval"), harness.To("spor", "no")}},
	{Key: "interests", Answers: []harness.Answer{
		harness.To("health_research", "cancer", "aging"), harness.To("por_research", "open_to_all"), harness.To("goals", "To find a mentor, and to learn."),
	}},
}

// How fast people read, in words a minute (IReST, Trauzettel-Klosinski and Dietz 2012), how
// long a press takes them, with the thought before it (the keystroke-level model, Card and
// others 1980), and how many letters they type on a phone in a second (Palin and others 2019).
var wordsPerMinute = map[i18n.Lang]float64{i18n.English: 228, i18n.French: 195}

const (
	secondsPerPress  = 2.5
	lettersPerSecond = 3.0
)

// minutes returns how long the way takes a person who reads all of it.
func (w *way) minutes() float64 {
	return float64(w.words)/wordsPerMinute[w.Lang] + (float64(w.presses)*secondsPerPress+float64(w.letters)/lettersPerSecond)/60
}

// expectMinutes fails the test unless the landing page tells of minutes between those of
// two ways.
func expectMinutes(t *testing.T, short, long *way) {
	t.Helper()
	t.Logf("a patient takes %.1f minutes, a trainee %.1f", short.minutes(), long.minutes())
	told := 0
	long.Visit(long.Path(""))
	for n := 1; n < 60 && told == 0; n++ {
		if harness.Ask[bool](long.Person, "words(document.body).includes($0)", long.Words("landing.facts.minutes", n)) {
			told = n
		}
	}
	if least, most := math.Floor(short.minutes()), math.Ceil(long.minutes()); float64(told) < least || float64(told) > most {
		t.Errorf("the landing page tells of %d minutes, want %.0f to %.0f", told, least, most)
	}
}

// walk goes from the landing page to the welcome with these answers, and measures.
func walk(t *testing.T, lang harness.Way, sections []harness.Section) *way {
	t.Helper()
	w := &way{Person: harness.NewPerson(t, harness.NewSite(t), lang)}
	harness.Call(w.Person, emulation.SetDeviceMetricsOverride, phone)
	w.Visit(w.Path(""))
	w.measure("landing")
	w.press("landing.start")
	for _, s := range sections {
		w.answer(s)
	}
	w.ExpectSection("check")
	w.measure("check")
	w.Click("box($0)", w.Consent(0))
	w.presses++
	w.ReadPage()
	w.press("check.send")
	w.Expect(w.Path("/apply/sent"), "location.pathname")
	w.measure("waiting")
	link := w.OpenLetter("mail.confirm.subject")
	w.Visit(link)
	w.presses++
	w.Expect(true, "words(heading()).endsWith($0)", w.Words("link.used.title"))
	w.measure("welcome")
	t.Logf("%s\n%s\n%-14s %5d words %5.1f screens, %d presses, %d letters typed", lang.Name, strings.Join(w.pages, "\n"),
		"all", w.words, float64(w.height)/float64(phone.Height), w.presses, w.letters)
	return w
}

// answer answers a section, measures it as it is then, and goes on.
func (w *way) answer(s harness.Section) {
	w.Helper()
	w.ExpectSection(s.Key)
	for _, a := range s.Answers {
		w.Answer(a.Question, a.Values...)
		w.presses += w.pressesFor(a)
	}
	w.tallest = max(w.tallest, w.measure(s.Key))
	w.press("nav.continue")
}

// pressesFor returns what an answer counts: typing one, a list two, each option one.
func (w *way) pressesFor(a harness.Answer) int {
	switch harness.Form().Field(a.Question).Kind {
	case "select":
		return 2
	case "text", "email", "long_text":
		w.letters += len(a.Values[0])
		return 1
	}
	return len(a.Values)
}

// press presses a button or a link that leads to another page.
func (w *way) press(key string) {
	w.Helper()
	w.Follow(w.Words(key))
	w.presses++
}

// visibleWords counts the words that the reader of the page can see: of a list the chosen
// option, of what is folded only its heading.
const visibleWords = `(() => {
	const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
	let words = 0
	while (texts.nextNode()) {
		const text = texts.currentNode, e = text.parentElement, folded = e.closest('details:not([open])')
		if (e.closest('script, style, template, datalist, noscript, option:not(:checked)')) continue
		if (folded && !e.closest('summary')) continue
		if (!e.closest('option') && !visible(e)) continue
		if (e.closest('.hidden, .default, .trap, .skip')) continue
		words += text.data.split(/\s+/).filter(w => /[\p{L}\p{N}]/u.test(w)).length
	}
	return words
})()`

// measure adds the page to the way, and returns its height.
func (w *way) measure(name string) (height int) {
	w.Helper()
	words := harness.Ask[int](w.Person, visibleWords)
	height = harness.Ask[int](w.Person, "document.documentElement.scrollHeight")
	w.words, w.height = w.words+words, w.height+height
	w.pages = append(w.pages, fmt.Sprintf("%-14s %5d words %5.1f screens", name, words, float64(height)/float64(phone.Height)))
	return height
}
