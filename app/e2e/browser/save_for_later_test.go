//go:build e2e

package browser

import (
	"testing"

	"joinery/app/e2e/harness"
)

func TestSavingForLaterLeadsBackToTheSamePlace(t *testing.T) {
	harness.EveryWay(t, harness.BothScripts, func(p *harness.Person) {
		p.StartDraft(3)
		p.Visit(p.Path("/apply/role"))
		p.Follow(p.Words("nav.back"))
		p.ExpectSection("about")
		p.Answer("email", "nope")
		p.Answer("last_name", "")
		saveForLater(p)
		p.Expect("", "question($0).value", p.Words("later.address")) // no address is known that is right

		p.Visit("/")
		expectStart(p, "landing.draft", "words(document.querySelector('.note'))")
		p.Follow(p.Words("landing.continue"))
		p.ExpectSection("about")
		p.ExpectAnswer("email", "nope")
		p.ExpectAnswer("first_name", "Zoë")
		p.ExpectAnswer("last_name", "")
		p.Expect(false, "!!summary()") // they know that they have not finished

		p.Visit(p.Path("/apply/interests")) // which cannot come yet
		p.ExpectSection("about")
		p.Continue()
		p.ExpectErrors("about", 1)
	})
}

// saveForLater leaves a section or the check page in the middle.
func saveForLater(p *harness.Person) {
	p.Helper()
	p.Follow(p.Words("nav.later"))
	p.Expect(p.Path("/apply/later"), "location.pathname")
	p.Expect(true, "title().startsWith($0)", p.Words("later.page_title"))
	p.ExpectHeading("later.title")
	p.Expect(true, "document.activeElement === heading()")
	expectStart(p, "later.browser", "words(document.querySelector('.lead'))")
}

// A section that was finished before leads to the place where the draft was left.
func TestAnySectionLeadsToThePlaceOfTheDraft(t *testing.T) {
	harness.EveryWay(t, harness.Ways[1:2], func(p *harness.Person) {
		p.StartDraft(2)
		p.Visit(p.Path("/apply/interests"))
		p.ExpectSection("interests")
		p.Answer("goals", "Meet")
		saveForLater(p)
		p.Visit(p.Path("/apply/role"))
		p.ExpectSection("role")
		where, _ := harness.Form().Section("interests")
		p.Follow(p.Words("draft.place", where.Title))
		p.ExpectSection("interests")
		p.ExpectAnswer("goals", "Meet")
	})
}
