//go:build e2e

package harness

import (
	"context"
	_ "embed" // for person.js
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"joinery/app/i18n"
)

//go:embed person.js
var personScript string

// Names are those of all that person.js has, and equip puts it on the page: it is too much to
// send each time.
var (
	names = strings.Join(topLevel(personScript), ", ")
	equip = fmt.Sprintf("globalThis.senses ??= (() => {%s; return {%s}})(); true", personScript, names)
)

// unequipped is what a page throws that does not have person.js yet.
const unequipped = "no senses"

// topLevel returns the names that a script declares outside its functions.
func topLevel(script string) (all []string) {
	for _, found := range regexp.MustCompile(`(?m)^const (\w+) =`).FindAllStringSubmatch(script, -1) {
		all = append(all, found[1])
	}
	return all
}

// Evaluate evaluates an expression on the page, with person.js at hand. $0 and
// $1 in it stand for args.
func Evaluate[T any](p *Person, expression string, args ...any) (T, error) {
	quoted, err := json.Marshal(args)
	p.Must(err)
	ctx, cancel := context.WithTimeout(p.Ctx, 20*time.Second)
	defer cancel()
	script := fmt.Sprintf("{if (!globalThis.senses) throw new Error('%s'); const {%s} = senses; const [$0, $1] = %s ?? []; %s}", unequipped, names, quoted, expression)
	for {
		value, err := chromedp.Run(ctx, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
		if err == nil || !strings.Contains(err.Error(), unequipped) {
			return value, err
		}
		if _, err := chromedp.Run(ctx, chromedp.Evaluate[bool](equip)); err != nil {
			return value, err
		}
	}
}

// Ask returns the value of an expression about the page.
func Ask[T any](p *Person, expression string, args ...any) T {
	p.Helper()
	value, err := Evaluate[T](p, expression, args...)
	p.Must(err)
	return value
}

// Execute evaluates an expression for what it does to the page.
func (p *Person) Execute(expression string, args ...any) {
	p.Helper()
	Ask[bool](p, expression+"; true", args...)
}

// Expect waits until an expression about the page has the value that is wanted.
func (p *Person) Expect(want any, expression string, args ...any) {
	p.Helper()
	Eventually(p.T, fmt.Sprintf("the page has %v", want), func() error {
		value, err := Evaluate[json.RawMessage](p, expression, args...)
		if err != nil {
			return err
		}
		got := reflect.New(reflect.TypeOf(want))
		if err := json.Unmarshal(value, got.Interface()); err != nil || got.Elem().Interface() != want {
			return fmt.Errorf("%s is %s", expression, value)
		}
		return nil
	})
}

// Locate returns where to click on what an expression finds, once it stays there.
func (p *Person) Locate(expression string, args ...any) (at []float64) {
	p.Helper()
	Eventually(p.T, "something can be clicked", func() error {
		before := at
		now, err := Evaluate[[]float64](p, "point("+expression+")", args...)
		if at = now; err == nil && !slices.Equal(before, at) {
			err = fmt.Errorf("%s moves", expression)
		}
		return err
	})
	return at
}

// Click clicks on what an expression finds.
func (p *Person) Click(expression string, args ...any) {
	p.Helper()
	at := p.Locate(expression, args...)
	p.Do(chromedp.MouseClickXY(at[0], at[1]))
}

// ReadPage waits until the page has been there for as long as a person takes to
// read it, by what it says itself of when it was made.
func (p *Person) ReadPage() {
	p.Helper()
	p.Expect(true, "Date.now() > Math.max(...[...document.querySelectorAll('[name=stamp]')].map(s => parseInt(s.value))) + $0", readingTime.Milliseconds())
}

// WaitForPage waits for the page that act leads to.
func (p *Person) WaitForPage(act func()) {
	p.Helper()
	p.pages++
	Ask[int](p, "heading().turn = $0", p.pages)
	act()
	p.Expect(true, "turned($0)", p.pages)
}

// Follow clicks a button or a link that leads to another page, or to this one
// anew.
func (p *Person) Follow(words string) {
	p.Helper()
	p.WaitForPage(func() { p.Click("button($0)", words) })
}

// Visit goes to a path of the site.
func (p *Person) Visit(path string) {
	p.Helper()
	p.Do(chromedp.Navigate(p.Base + path))
}

// Back goes one step back in the history.
func (p *Person) Back() {
	p.Helper()
	p.returnTo(func() {
		history, err := chromedp.Run(p.Ctx, chromedp.NavigationEntries())
		p.Must(err)
		Call(p, page.NavigateToHistoryEntry, page.NavigateToHistoryEntryParams{EntryID: history.Entries[history.CurrentIndex-1].ID})
	})
}

// Reload loads the page once more.
func (p *Person) Reload() {
	p.Helper()
	p.returnTo(func() { Call(p, page.Reload, page.ReloadParams{}) })
}

// returnTo waits for a page that was there before. Nothing may be sent for it:
// a browser would ask first, and this one does not.
func (p *Person) returnTo(act func()) {
	p.Helper()
	before := p.posts.Load()
	p.WaitForPage(act)
	if p.posts.Load() != before {
		p.Errorf("coming back to %s sends a form once more", Ask[string](p, "location.pathname + location.search"))
	}
}

// Type types keys into what has the focus.
func (p *Person) Type(keys string) {
	p.Helper()
	p.Do(chromedp.KeyEvent(keys, rawKey))
}

// rawKey has a key go down as on a keyboard: what answers to the key gets no
// character more. Otherwise Enter on a link to a field would also be Enter in
// the field.
func rawKey(k *input.DispatchKeyEventParams) {
	if k.Type == kb.KeyDown {
		k.Type = input.DispatchKeyEventTypeRawKeyDown
	}
}

// Fill replaces what is in a text field.
func (p *Person) Fill(question, text string) {
	p.Helper()
	p.Click("question($0)", question)
	p.Execute("question($0).select()", question)
	p.Type(kb.Backspace + text)
}

// Path returns the path of a page in the person's language.
func (p *Person) Path(rest string) string { return "/" + string(p.Lang) + rest }

// Words returns the words under a key of the catalogue, as the person reads them.
func (p *Person) Words(key string, args ...any) string {
	return NormalizeSpace(i18n.T(p.Lang, key, args...))
}
