//go:build e2e

package harness

import (
	"slices"
	"strings"
	"sync"

	"github.com/chromedp/chromedp/kb"

	"joinery/app/config"
	"joinery/app/form"
)

// Form returns the definition of the form, so that no test repeats its words.
var Form = sync.OnceValue(func() *form.Definition {
	d, err := form.Membership()
	if err != nil {
		panic(err)
	}
	return d
})

// Hub is the name of the organization on a site with nothing configured.
var Hub = config.SampleName

// An Answer is what is typed or chosen for a question: a text, or codes.
type Answer struct {
	Question string
	Values   []string
}

// To returns an answer to a question.
func To(question string, values ...string) Answer { return Answer{question, values} }

// A Section is the answers to a section of the form.
type Section struct {
	Key     string
	Answers []Answer
}

// Ada is a whole application, with something of every kind.
var Ada = []Section{
	{"about", []Answer{
		To("first_name", "Ada"), To("last_name", "Lovelace-Gagné"), To("email", "ada@example.org"), To("region", "qc"),
	}},
	{"role", []Answer{To("roles", "patient", "researcher")}},
	{"affiliations", []Answer{To("university", "Université Laval")}},
	{"interests", []Answer{
		To("expertise", "lived_experience"), To("health_research", "aging", "cancer"), To("por_research", "co_design"),
		To("goals", "Apprendre, and to meet."),
	}},
}

// Label returns the words of a question.
func (p *Person) Label(question string) string {
	return NormalizeSpace(Form().Field(question).Label.In(p.Lang))
}

// ShortLabel returns the words of a question beside its answer.
func (p *Person) ShortLabel(question string) string {
	return NormalizeSpace(Form().Field(question).InShort().In(p.Lang))
}

// OptionLabel returns the words of an option of a question.
func (p *Person) OptionLabel(question, code string) string {
	for _, o := range Form().Field(question).OptionsIn(p.Lang) {
		if o.Code == code {
			return NormalizeSpace(o.Label.In(p.Lang))
		}
	}
	p.Fatalf("%s has no option %s", question, code)
	return ""
}

// Consent returns the words of a consent.
func (p *Person) Consent(i int) string { return NormalizeSpace(Form().Consents[i].In(p.Lang, Hub)) }

// Answer answers a question the way its kind is answered, and expects the page
// to show the answer.
func (p *Person) Answer(question string, values ...string) {
	p.Helper()
	label := p.Label(question)
	switch Form().Field(question).Kind {
	case form.Radio, form.Checkboxes:
		for _, code := range values {
			p.Unfold(question, code)
			p.Click("option($0, $1)", label, p.OptionLabel(question, code))
		}
	case form.Select:
		p.Execute("question($0).focus()", label)
		p.Choose(question, values[0])
	default:
		p.Fill(label, values[0])
	}
	p.ExpectAnswer(question, values...)
}

// Untick takes the tick of an option away.
func (p *Person) Untick(question, code string) {
	p.Helper()
	p.Click("option($0, $1)", p.Label(question), p.OptionLabel(question, code))
	p.Expect(false, "option($0, $1).checked", p.Label(question), p.OptionLabel(question, code))
	p.answers[question] = slices.DeleteFunc(p.answers[question], func(c string) bool { return c == code })
}

// Unfold opens what an option of a question stands in, if that is folded.
func (p *Person) Unfold(question, code string) {
	p.Helper()
	label, words := p.Label(question), p.OptionLabel(question, code)
	for Ask[bool](p, "!!fold($0, $1)", label, words) {
		p.Click("fold($0, $1)", label, words)
	}
}

// Choose chooses from the list that has the focus: by the key End, or by the
// first word of the option. A space might open the list.
func (p *Person) Choose(question, code string) {
	p.Helper()
	options := Form().Field(question).OptionsIn(p.Lang)
	if options[len(options)-1].Code == code {
		p.Type(kb.End)
		return
	}
	word, _, _ := strings.Cut(p.OptionLabel(question, code), " ")
	p.Type(word)
}

// AnswerAll gives several answers.
func (p *Person) AnswerAll(answers ...Answer) {
	p.Helper()
	for _, a := range answers {
		p.Answer(a.Question, a.Values...)
	}
}

// Continue clicks the button that leads to the next section.
func (p *Person) Continue() {
	p.Helper()
	p.Follow(p.Words("nav.continue"))
}

// FillIn answers sections one after the other, from the page of the first.
func (p *Person) FillIn(sections ...Section) {
	p.Helper()
	for _, s := range sections {
		p.ExpectSection(s.Key)
		p.AnswerAll(s.Answers...)
		p.Continue()
	}
}
