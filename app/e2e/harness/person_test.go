//go:build e2e

package e2e

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"joinery/app/i18n"
)

//go:embed testdata/person.js
var senses string

// A person sits at a browser: knows no names of fields, but reads labels and
// buttons, types and presses.
type person struct {
	*testing.T
	ctx       context.Context
	site      settings
	base      string
	lang      i18n.Lang
	script    bool
	turn      int    // of the pages that were waited for
	tolerates string // what the browser may complain of
	posted    *atomic.Int32
}

// A way of going through the site.
type way struct {
	name   string
	lang   i18n.Lang
	script bool
}

// ways are those that the longer tests go.
var ways = []way{
	{"in English with JavaScript", i18n.English, true},
	{"in French with JavaScript", i18n.French, true},
	{"in English without JavaScript", i18n.English, false},
	{"in French without JavaScript", i18n.French, false},
}

// bothScripts are the ways for tests to which the language makes no difference.
var bothScripts = []way{ways[0], ways[3]}

// theBrowser is one for all tests.
var theBrowser = sync.OnceValues(func() (ctx context.Context, err error) {
	path, err := exec.LookPath("chromium")
	if err != nil {
		return nil, fmt.Errorf("these tests need chromium: install it, for example with apt-get install chromium: %w", err)
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox,
		chromedp.WindowSize(1000, 900), chromedp.Flag("disable-component-update", true), chromedp.Flag("no-pings", true))
	ctx, closeBrowser = chromedp.NewExecAllocator(context.Background(), options...)
	ctx, _ = chromedp.NewContext(ctx) //nolint:govet // it ends with the one above
	return ctx, chromedp.Do(ctx)
})

var closeBrowser = func() {}

// newPerson opens a browser that nobody has used before.
func newPerson(t *testing.T, s settings, w way) *person {
	t.Helper()
	parent, err := theBrowser()
	if err != nil {
		t.Fatal(err)
	}
	return opens(t, s, w, parent, chromedp.WithNewBrowserContext())
}

// tab opens another tab of the same browser.
func (p *person) tab() *person {
	p.Helper()
	return opens(p.T, p.site, way{"", p.lang, p.script}, p.ctx)
}

func opens(t *testing.T, s settings, w way, parent context.Context, options ...chromedp.ContextOption) *person {
	t.Helper()
	ctx, leave := chromedp.NewContext(parent, options...)
	t.Cleanup(leave)
	p := &person{T: t, ctx: ctx, site: s, base: s["BASE_URL"], lang: w.lang, script: w.script, posted: new(atomic.Int32)}
	p.must(chromedp.Listen(ctx, p.notice))
	p.must(chromedp.Listen(ctx, p.weighsPages()))
	call(p, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !w.script})
	call(p, network.SetExtraHTTPHeaders, network.SetExtraHTTPHeadersParams{Headers: network.Headers{"Accept-Language": w.lang.Tag()}})
	return p
}

// notice fails the test for everything that a browser has to complain of: an
// error in a script, something that the policy forbids, a file that is missing.
// That a page itself comes with 404, 410 or 422 is what some tests want.
func (p *person) notice(event any) {
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		if e.Type == network.ResourceTypeDocument && e.Request.Method == "POST" {
			p.posted.Add(1)
		}
	case *runtime.EventExceptionThrown:
		if !p.toleratesThat(e.ExceptionDetails.Text) {
			p.Errorf("an error in a script: %s", e.ExceptionDetails.Text)
		}
	case *runtime.EventConsoleAPICalled:
		if words := string(e.Args[0].Value); !p.toleratesThat(words) {
			p.Errorf("the console has %s: %s", e.Type, words)
		}
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError || e.Entry.Level == log.EntryLevelWarning {
			p.complaint(e.Entry)
		}
	}
}

func (p *person) complaint(e *log.Entry) {
	path := strings.TrimPrefix(e.URL, p.base)
	page := strings.HasPrefix(path, "/en/") || strings.HasPrefix(path, "/fr/")
	refused := e.Source == log.EntrySourceNetwork && page && strings.Contains(e.Text, "status of 4")
	words := fmt.Sprintf("%s: %s %s", e.Level, e.Text, path)
	if !refused && !p.toleratesThat(words) {
		p.Errorf("the browser complains: %s", words)
	}
}

func (p *person) toleratesThat(words string) bool {
	return p.tolerates != "" && strings.Contains(words, p.tolerates)
}

func (p *person) must(err error) {
	p.Helper()
	if err != nil {
		p.Fatal(err)
	}
}

// do does what the browser can do, but not for ever.
func (p *person) do(steps ...chromedp.Action[chromedp.Void]) {
	p.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, 20*time.Second)
	defer cancel()
	p.must(chromedp.Do(ctx, steps...))
}

func call[P, R any](p *person, command cdp.Command[P, R], params P) R {
	p.Helper()
	result, err := chromedp.Call(p.ctx, command, params)
	p.must(err)
	return result
}

// ask evaluates an expression on the page, with person.js at hand. $0 and $1
// in it stand for args.
func ask[T any](p *person, expression string, args ...any) (T, error) {
	quoted, err := json.Marshal(args)
	p.must(err)
	ctx, cancel := context.WithTimeout(p.ctx, 5*time.Second)
	defer cancel()
	return chromedp.Run(ctx, chromedp.Evaluate[T](fmt.Sprintf("{%s; const [$0, $1] = %s ?? []; %s}", senses, quoted, expression), chromedp.EvalAwaitPromise))
}

// sees waits until an expression about the page has the value that is wanted.
func sees[T comparable](p *person, want T, expression string, args ...any) {
	p.Helper()
	eventually(p.T, fmt.Sprintf("the page has %v", want), func() error {
		got, err := ask[T](p, expression, args...)
		if err == nil && got != want {
			err = fmt.Errorf("%s is %v", expression, got)
		}
		return err
	})
}

// find returns where to press on what an expression finds, once it stays there.
func (p *person) find(expression string, args ...any) (at []float64) {
	p.Helper()
	eventually(p.T, "something can be pressed", func() error {
		before := at
		now, err := ask[[]float64](p, "point("+expression+")", args...)
		if at = now; err == nil && !slices.Equal(before, at) {
			err = fmt.Errorf("%s moves", expression)
		}
		return err
	})
	return at
}

// press presses with the mouse on what an expression finds.
func (p *person) press(expression string, args ...any) {
	p.Helper()
	at := p.find(expression, args...)
	p.do(chromedp.MouseClickXY(at[0], at[1]))
}

// reads waits until the page has been there for as long as anybody takes to read
// it, by what it says itself of when it was made.
func (p *person) reads() {
	p.Helper()
	sees(p, true, "Date.now() > Math.max(...[...document.querySelectorAll('[name=stamp]')].map(s => parseInt(s.value))) + 1100")
}

// turns waits for the page that act leads to.
func (p *person) turns(act func()) {
	p.Helper()
	p.turn++
	_, err := ask[int](p, "heading().turn = $0", p.turn)
	p.must(err)
	act()
	sees(p, true, "turned($0)", p.turn)
}

// follow presses a button or a link that leads to another page, or to this one
// anew.
func (p *person) follow(words string) {
	p.Helper()
	p.turns(func() { p.press("button($0)", words) })
}

func (p *person) visit(path string) {
	p.Helper()
	p.do(chromedp.Navigate(p.base + path))
}

func (p *person) types(keys string) {
	p.Helper()
	p.do(chromedp.KeyEvent(keys, raw))
}

// raw has a key go down as on a keyboard: what answers that gets no character
// more. Otherwise Enter on a link to a field would also be Enter in the field.
func raw(k *input.DispatchKeyEventParams) {
	if k.Type == kb.KeyDown {
		k.Type = input.DispatchKeyEventTypeRawKeyDown
	}
}

// fill replaces what is in a text field.
func (p *person) fill(question, text string) {
	p.Helper()
	p.press("question($0)", question)
	_, err := ask[bool](p, "question($0).select(), true", question)
	p.must(err)
	p.types(kb.Backspace + text)
}
