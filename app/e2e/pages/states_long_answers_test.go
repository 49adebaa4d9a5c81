//go:build e2e

package e2e

import (
	"net/url"
	"strings"

	"github.com/chromedp/chromedp/kb"

	"joinery/app/form"
)

// looksAtAdvice looks at what is said of an address that may be a slip.
func (p *person) looksAtAdvice() {
	o := p.another()
	o.hasAnswered(4)
	o.visit(o.path("/apply/about"))
	o.answer(answer{"email", []string{"zoe@gmial.com"}})
	o.types(kb.Tab)
	accept := o.words("advice.accept", "zoe@gmail.com")
	sees(o, true, "!!button($0)", accept)
	sees(o, o.words("saving.quietly"), saving)
	o.isAccessible("about, advice")
	o.next()
	o.isAt("role")
	o.visit(o.path("/apply/check"))
	sees(o, true, "!!button($0)", accept)
	o.isAccessible("check, advice")
}

// looksAtTheLongestAnswers looks at pages with as much on them as there can be.
func (p *person) looksAtTheLongestAnswers() {
	a := newApplicant(p.T, p.site)
	for i := range questions().Sections {
		s := &questions().Sections[i]
		a.saves("/en/apply/"+s.Key, longest(s))
	}
	o := p.another()
	o.uses(a)
	for _, s := range questions().Sections {
		o.visit(o.path("/apply/" + s.Key))
		o.isAt(s.Key)
		o.isAccessible(s.Key + ", the longest answers")
	}
	o.visit(o.path("/apply/check"))
	o.isAt("check")
	o.isAccessible("check, the longest answers")
	o.press("box($0)", o.consent(0))
	o.reads()
	o.follow(o.words("check.send"))
	sees(o, o.path("/apply/sent"), "location.pathname")
	o.isAccessible("sent, the longest address")
	o.shows(o.path("/apply/receipt"), "receipt.title", "the longest answers")
}

// longest answers everything in a section, in words that cannot be broken where
// the form has room for them.
func longest(s *form.Section) url.Values {
	answers := make(url.Values)
	for _, f := range s.Fields {
		switch f.Kind {
		case form.Radio, form.Select:
			answers.Set(f.Key, f.Options[len(f.Options)-1].Code)
		case form.Checkboxes:
			for _, o := range f.Options {
				answers.Add(f.Key, o.Code)
			}
		case form.Email:
			answers.Set(f.Key, strings.Repeat("w", 60)+"@"+strings.Repeat("w", 60)+".example.org")
		case form.LongText:
			answers.Set(f.Key, strings.Repeat("In long words: "+strings.Repeat("Ww", 30)+"\n", f.Max/76))
		default:
			answers.Set(f.Key, strings.Repeat("Ww", f.Max/2))
		}
	}
	return answers
}
