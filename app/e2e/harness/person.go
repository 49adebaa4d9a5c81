//go:build e2e

package harness

import (
	"context"
	"maps"
	"net/url"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"joinery/app/form"
	"joinery/app/i18n"
)

// A Person sits at a browser, knows no names of fields, but reads labels and
// buttons, types and clicks.
type Person struct {
	*testing.T
	Ctx      context.Context // of the tab
	Site     Settings
	Base     string // address of the site
	Lang     i18n.Lang
	Script   bool   // whether the browser runs scripts
	Tolerate string // what the browser may complain of

	pages    int             // how many pages the person has waited for
	posts    atomic.Int32    // how many forms the browser has sent without a script
	measured map[string]bool // where the focus was measured, and how it looked there
	answers  form.Answers    // of the draft in the browser, as far as it is known
}

// NewPerson opens a browser that was not used before.
func NewPerson(t *testing.T, s Settings, w Way) *Person {
	t.Helper()
	parent, err := Browser()
	if err != nil {
		t.Fatal(err)
	}
	return open(t, s, w, parent, chromedp.WithNewBrowserContext())
}

// NewBrowser opens another browser: that of another person, or of the same at
// another machine.
func (p *Person) NewBrowser() *Person {
	p.Helper()
	o := NewPerson(p.T, p.Site, p.way())
	o.answers = p.answers
	return o
}

// NewTab opens another tab of the same browser.
func (p *Person) NewTab() *Person {
	p.Helper()
	o := open(p.T, p.Site, p.way(), p.Ctx)
	o.answers = p.answers
	return o
}

func (p *Person) way() Way { return Way{Lang: p.Lang, Script: p.Script} }

func open(t *testing.T, s Settings, w Way, parent context.Context, options ...chromedp.ContextOption) *Person {
	t.Helper()
	ctx, leave := chromedp.NewContext(parent, options...)
	t.Cleanup(leave)
	p := &Person{T: t, Ctx: ctx, Site: s, Base: s["BASE_URL"], Lang: w.Lang, Script: w.Script, measured: make(map[string]bool), answers: make(form.Answers)}
	p.Must(chromedp.Listen(ctx, p.notice))
	p.Must(chromedp.Listen(ctx, p.weigh()))
	Call(p, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !w.Script})
	Call(p, network.SetExtraHTTPHeaders, network.SetExtraHTTPHeadersParams{Headers: network.Headers{"Accept-Language": w.Lang.Tag()}})
	return p
}

// StartDraft gives the browser a draft with the first n sections. What the
// applicant that it returns does is done in the same browser.
func (p *Person) StartDraft(n int) *Applicant {
	p.Helper()
	a := NewApplicant(p.T, p.Site)
	p.answers = make(form.Answers)
	for _, s := range Zoe[:n] {
		a.Submit("/en/apply/"+s.Section, s.Answers)
		maps.Copy(p.answers, s.Answers)
	}
	p.UseBrowserOf(a)
	return a
}

// UseBrowserOf gives the browser the cookies of an applicant.
func (p *Person) UseBrowserOf(a *Applicant) {
	p.Helper()
	site, err := url.Parse(p.Base)
	p.Must(err)
	for _, c := range a.Jar.Cookies(site) {
		Call(p, network.SetCookie, network.SetCookieParams{Name: c.Name, Value: c.Value, URL: p.Base})
	}
}

// Must ends the test if there is an error.
func (p *Person) Must(err error) {
	p.Helper()
	if err != nil {
		p.Fatal(err)
	}
}

// Do does what the browser can do, but not for ever.
func (p *Person) Do(steps ...chromedp.Action[chromedp.Void]) {
	p.Helper()
	ctx, cancel := context.WithTimeout(p.Ctx, time.Minute)
	defer cancel()
	p.Must(chromedp.Do(ctx, steps...))
}

// Call has the browser carry out a command of its protocol.
func Call[P, R any](p *Person, command cdp.Command[P, R], params P) R {
	p.Helper()
	result, err := chromedp.Call(p.Ctx, command, params)
	p.Must(err)
	return result
}
