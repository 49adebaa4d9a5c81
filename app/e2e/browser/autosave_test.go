//go:build e2e

package browser

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/chromedp/kb"

	"joinery/app/e2e/harness"
	"joinery/app/i18n"
)

// expectStart waits until the text that an expression finds starts with the
// words under a key of the catalogue, up to what is put into them.
func expectStart(p *harness.Person, key, expression string) {
	p.Helper()
	words, _, _ := strings.Cut(i18n.T(p.Lang, key, "\x00", "\x00"), "\x00")
	p.Expect(true, expression+"?.startsWith($0)", harness.NormalizeSpace(words))
}

// expectSaved visits a section until it shows an answer.
func expectSaved(p *harness.Person, section string, a harness.Answer) {
	p.Helper()
	harness.Eventually(p.T, a.Question+" is saved", func() error {
		p.Visit(p.Path("/apply/" + section))
		got, err := harness.Evaluate[string](p, "question($0).value", p.Label(a.Question))
		if err == nil && got != a.Values[0] {
			err = errors.New("it is " + got)
		}
		return err
	})
}

func TestWhatIsTypedIsSavedWithoutContinue(t *testing.T) {
	harness.EveryWay(t, harness.Ways[:1], func(p *harness.Person) {
		p.Visit(p.Path("/apply/about"))
		p.Expect("", "words(document.getElementById('saving'))")
		markPage(p)
		changed := []harness.Answer{harness.To("first_name", "Zoë"), harness.To("email", "nope")}
		for _, a := range changed {
			p.Answer(a.Question, a.Values...)
			p.Type(kb.Tab)
		}
		p.ExpectSaved()
		p.Expect(true, "question($0).contains(document.activeElement)", p.Label("language"))
		p.Expect(0, "[...document.querySelectorAll('[role=alert], [role=status]')].filter(e => visible(e) && words(e)).length")
		expectSamePage(p)

		o := p.NewTab()
		for _, a := range changed {
			expectSaved(o, "about", a)
		}
		unfinished := harness.To("last_name", "O’Neil")
		p.AnswerAll(unfinished) // and the focus stays in it
		expectSaved(o, "about", unfinished)
		p.Expect(true, "document.activeElement === question($0)", p.Label("last_name"))
		p.Reload()
		p.ExpectAnswers(append(changed, unfinished)...)
	})
}

// Continue does not wait for an autosave under way, and the autosave cannot undo
// later what Continue has saved.
func TestALateAutosaveDoesNotUndoContinue(t *testing.T) {
	harness.EveryWay(t, harness.Ways[:1], func(p *harness.Person) {
		p.Visit(p.Path("/apply/about"))
		held := holdRequests(p, "/*/save", fetch.RequestStageRequest)
		for _, text := range []string{"Adda", "Ada"} {
			p.Answer("first_name", text)
			p.Type(kb.Tab)
		}
		late := held.next(p.T)
		p.AnswerAll(harness.Ada[0].Answers...)
		p.Continue()
		p.ExpectSection("role")
		releaseRequests(p)
		if status := deliverLate(p, late); status != 409 {
			p.Errorf("the site answers with %d to a save that comes late, want 409", status)
		}
		p.Back()
		p.ExpectAnswers(harness.Ada[0].Answers...)
	})
}

func TestAnswersStayWhileTheBrowserIsOffline(t *testing.T) {
	harness.EveryWay(t, harness.Ways[1:2], func(p *harness.Person) {
		p.Tolerate = "Failed to "
		p.Visit(p.Path("/apply/about"))
		markPage(p)
		p.AnswerAll(harness.Ada[0].Answers[0])
		p.SetOffline(true)
		p.Type(kb.Tab)
		p.ExpectOffline(true)
		p.SetOffline(false)
		p.AnswerAll(harness.Ada[0].Answers[1:]...)
		p.ExpectOffline(false)
		p.ExpectSaved()

		p.SetOffline(true)
		p.Click("button($0)", p.Words("nav.continue"))
		p.ExpectOffline(true)
		p.ExpectAnswers(harness.Ada[0].Answers...)
		p.SetOffline(false)
		p.Continue()
		p.ExpectSection("role")
		p.ExpectOffline(false)
		expectSamePage(p)
	})
}

// What could not be saved is saved when the line is back, without a further change, and a
// screen reader hears of it once.
func TestWhatWasTypedOfflineIsSavedByItself(t *testing.T) {
	harness.EveryWay(t, harness.Ways[:2], func(p *harness.Person) {
		p.Tolerate = "Failed to "
		p.Visit(p.Path("/apply/about"))
		p.SetOffline(true)
		p.AnswerAll(harness.Ada[0].Answers[0])
		p.Type(kb.Tab)
		p.Expect(p.Words("saving.offline")+" "+p.Words("saving.again"), "words(document.querySelector('#saving[aria-live=polite]'))")
		p.SetOffline(false)
		p.ExpectSaved()
		p.Expect("polite", "document.getElementById('saving').getAttribute('aria-live')")
		expectSaved(p.NewTab(), "about", harness.Ada[0].Answers[0])

		p.AnswerAll(harness.Ada[0].Answers[1])
		p.Type(kb.Tab)
		p.Expect("off", "document.getElementById('saving').getAttribute('aria-live')")
		p.ExpectSaved()
	})
}

// What the site could not save is saved after a pause, and after a longer one. Meanwhile
// nothing is said twice.
func TestWhatTheSiteCouldNotSaveIsSavedByItself(t *testing.T) {
	harness.EveryWay(t, harness.Ways[:1], func(p *harness.Person) {
		p.Tolerate = "status of 503"
		p.Visit(p.Path("/apply/about"))
		held := holdRequests(p, "/*/save", fetch.RequestStageRequest)
		p.AnswerAll(harness.Ada[0].Answers[0])
		p.Type(kb.Tab)
		begun := time.Now()
		refuse := func() {
			harness.Call(p, fetch.FulfillRequest, fetch.FulfillRequestParams{
				RequestID: held.next(p.T).RequestID, ResponseCode: 503, ResponseHeaders: []*fetch.HeaderEntry{{Name: "HX-Fragment", Value: "true"}},
				Body: fmt.Appendf(nil, "<p class=problem>%s %s</p>", p.Words("saving.failed"), p.Words("saving.again")),
			})
		}
		p.Expect(p.Words("saving.now"), "words(document.getElementById('saving'))")
		refuse()
		p.ExpectNotSaved("saving.failed")
		p.Execute("window.said = document.querySelector('#saving p')")
		refuse()                // after two seconds
		third := held.next(p.T) // after four
		if waited := time.Since(begun); waited < 6*time.Second {
			p.Errorf("it asks for the third time after %s, want six seconds", waited)
		}
		p.Expect(true, "said === document.querySelector('#saving p')")
		harness.Call(p, fetch.ContinueRequest, fetch.ContinueRequestParams{RequestID: third.RequestID})
		releaseRequests(p)
		p.ExpectSaved()
		expectSaved(p.NewTab(), "about", harness.Ada[0].Answers[0])
	})
}

// Without scripts, the line says when the draft was saved.
func TestThePageSaysWhenTheDraftWasSaved(t *testing.T) {
	harness.EveryWay(t, harness.BothScripts, func(p *harness.Person) {
		p.Visit(p.Path("/apply/about"))
		p.Expect("", "words(document.getElementById('saving'))")
		p.FillIn(harness.Ada[0])
		p.ExpectSection("role")
		p.ExpectSaved()
		p.Expect(false, "document.getElementById('saving').hasAttribute('aria-live')")
	})
}

// TestAnAutosaveThatAGatewayRefusesIsSaidToFail answers as something on the way does, with
// no page. The next change is saved.
func TestAnAutosaveThatAGatewayRefusesIsSaidToFail(t *testing.T) {
	harness.EveryWay(t, harness.Ways[1:2], func(p *harness.Person) {
		p.Tolerate = "Failed to "
		p.Visit(p.Path("/apply/about"))
		p.AnswerAll(harness.Ada[0].Answers[0])
		p.Type(kb.Tab)
		p.ExpectSaved()
		held := holdRequests(p, "/*/save", fetch.RequestStageRequest)
		p.AnswerAll(harness.Ada[0].Answers[1])
		p.Type(kb.Tab)
		harness.Call(p, fetch.FulfillRequest, fetch.FulfillRequestParams{RequestID: held.next(p.T).RequestID, ResponseCode: 502})
		p.ExpectOffline(true)
		releaseRequests(p)
		p.AnswerAll(harness.Ada[0].Answers[2:]...)
		p.Type(kb.Tab)
		p.ExpectOffline(false)
		p.ExpectSaved()
	})
}
