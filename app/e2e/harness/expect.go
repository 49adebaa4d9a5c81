//go:build e2e

package harness

import (
	"fmt"
	"slices"
	"strings"

	"joinery/app/form"
	"joinery/app/i18n"
)

// ExpectAnswer waits until the page shows an answer. Whether other options are ticked too
// does not matter.
func (p *Person) ExpectAnswer(question string, values ...string) {
	p.Helper()
	p.answers[question] = append(slices.Clone(p.answers[question]), values...)
	label := p.Label(question)
	switch Form().Field(question).Kind {
	case form.Radio, form.Checkboxes:
		for _, code := range values {
			p.Expect(true, "option($0, $1).checked", label, p.OptionLabel(question, code))
		}
	default:
		p.Expect(values[0], "question($0).value", label)
	}
}

// ExpectAnswers waits until the page shows several answers.
func (p *Person) ExpectAnswers(answers ...Answer) {
	p.Helper()
	for _, a := range answers {
		p.ExpectAnswer(a.Question, a.Values...)
	}
}

// ExpectSection waits until the page is that of a section, or of the check of
// all, and checks what tells where it is: address, title, heading and focus.
func (p *Person) ExpectSection(section string) {
	p.Helper()
	p.ExpectStep(section)
	p.Expect(true, "document.activeElement === heading()")
}

// ExpectStep waits until the page is that of a section, or of the check of all, wherever
// on it the focus is.
func (p *Person) ExpectStep(section string) {
	p.Helper()
	p.Expect(p.Path("/apply/"+section), "location.pathname")
	p.Expect(true, "title().startsWith($0)", p.title(section)+" – ")
}

// title returns how the title of a section, or of the check of all, begins: with the steps
// of an applicant who has given the answers.
func (p *Person) title(section string) string {
	asked := Form().SectionsAsked(p.answers)
	steps := len(asked) + 1
	for i, s := range asked {
		if s.Key == section {
			return p.Words("section.title", s.Title.In(p.Lang), i+1, steps)
		}
	}
	if section != "check" {
		p.Fatalf("%s is not asked of who answers %v", section, p.answers)
	}
	return p.Words("check.page_title", steps)
}

// ExpectErrors waits until the page of a section says that so many answers are
// wrong.
func (p *Person) ExpectErrors(section string, n int) {
	p.Helper()
	p.Expect(true, "document.activeElement === summary()")
	p.Expect(true, "title().startsWith($0)", p.Words("error.prefix")+" ")
	p.Expect(p.Path("/apply/"+section), "location.pathname")
	p.Expect("1", "new URLSearchParams(location.search).get('wrong')") // an address to come back to
	Eventually(p.T, fmt.Sprintf("the page has %d errors", n), func() error {
		errors, err := Evaluate[[]string](p, "[...summary().querySelectorAll('a')].map(words)")
		if err == nil && len(errors) != n {
			typed, _ := Evaluate[[]string](p, "[...document.querySelectorAll('input[type=text]')].map(e => e.value)")
			err = fmt.Errorf("they are %q, and typed is %q", errors, typed)
		}
		return err
	})
}

// ExpectHeading waits until the page has the heading under a key of the
// catalogue.
func (p *Person) ExpectHeading(key string, args ...any) {
	p.Helper()
	p.Expect(p.Words(key, args...), "words(heading())")
}

// ExpectWelcome waits until the page welcomes a new member, by name or, with "", without.
func (p *Person) ExpectWelcome(name string) {
	p.Helper()
	greeting := p.Words("welcome.greeting")
	if name != "" {
		greeting = p.Words("welcome.greeting.name", name)
	}
	p.Expect(greeting+" "+p.Words("link.used.title"), "words(heading())")
}

// ExpectNote waits until the page has the note under a key of the catalogue.
func (p *Person) ExpectNote(key string) {
	p.Helper()
	p.Expect(p.Words(key), "words(document.querySelector('[role=status]'))")
}

// ExpectSaved waits until the page says that all that was typed is saved.
func (p *Person) ExpectSaved() {
	p.Helper()
	saved, _, _ := strings.Cut(i18n.T(p.Lang, "saving.saved", "\x00"), "\x00")
	p.Expect(true, "words(document.getElementById('saving')).startsWith($0)", NormalizeSpace(saved))
}

// ExpectNotSaved waits until the page says why the last change is not saved, and tells a
// screen reader.
func (p *Person) ExpectNotSaved(key string) {
	p.Helper()
	more := "error.typed"
	if key == "saving.failed" {
		more = "saving.again"
	}
	p.Expect(p.Words(key)+" "+p.Words(more), "words(document.querySelector('#saving[aria-live=polite]'))")
}

// ExpectOffline waits until the page says that it cannot reach the site, or says
// so no longer.
func (p *Person) ExpectOffline(told bool) {
	p.Helper()
	p.Expect(told, "[...document.querySelectorAll('#saving[aria-live=polite]')].some(e => words(e).startsWith($0) || words(e).startsWith($1))",
		p.Words("saving.offline"), p.Words("saving.silent"))
}

// ExpectConflict waits until the page asks which of two answers to keep, and
// checks which of them is chosen.
func (p *Person) ExpectConflict(question, stored, posted string, postedChosen bool) {
	p.Helper()
	p.ExpectHeading("merge.title")
	p.Expect(!postedChosen, "option($0, $1).checked", p.Label(question), p.Words("merge.theirs")+" "+stored)
	p.Expect(postedChosen, "option($0, $1).checked", p.Label(question), p.Words("merge.mine")+" "+posted)
}
