//go:build e2e

package pages

import (
	"net/url"
	"strings"

	"github.com/chromedp/chromedp/kb"

	"joinery/app/e2e/harness"
	"joinery/app/form"
)

// inspectAdvice inspects what is said of an address that may be mistyped.
func inspectAdvice(p *harness.Person) {
	o := p.NewBrowser()
	o.StartDraft(4)
	o.Visit(o.Path("/apply/about"))
	o.Answer("email", "zoe@gmial.com")
	o.Type(kb.Tab)
	accept := o.Words("advice.accept", "zoe@gmail.com")
	o.Expect(true, "!!button($0)", accept)
	o.ExpectSaved()
	inspect(o, "about, advice")
	o.Continue()
	o.ExpectSection("role")
	o.Visit(o.Path("/apply/check"))
	o.Expect(true, "!!button($0)", accept)
	inspect(o, "check, advice")
}

// inspectLongAnswers inspects pages with as much on them as there can be.
func inspectLongAnswers(p *harness.Person) {
	a := harness.NewApplicant(p.T, p.Site)
	for i := range harness.Form().Sections {
		s := &harness.Form().Sections[i]
		a.Save("/en/apply/"+s.Key, longest(s))
	}
	o := p.NewBrowser()
	o.UseBrowserOf(a)
	for _, s := range harness.Form().Sections {
		o.Visit(o.Path("/apply/" + s.Key))
		o.ExpectSection(s.Key)
		inspect(o, s.Key+", the longest answers")
	}
	o.Visit(o.Path("/apply/check"))
	o.ExpectSection("check")
	inspect(o, "check, the longest answers")
	o.Click("box($0)", o.Consent(0))
	o.ReadPage()
	o.Follow(o.Words("check.send"))
	o.Expect(o.Path("/apply/sent"), "location.pathname")
	inspect(o, "sent, the longest address")
	inspectAt(o, o.Path("/apply/receipt"), "receipt.title", "the longest answers")
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
				if !o.Exclusive {
					answers.Add(f.Key, o.Code)
				}
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
