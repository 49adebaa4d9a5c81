//go:build e2e

package pages

import (
	"bytes"
	"fmt"
	"image/png"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"joinery/app/e2e/harness"
	"joinery/app/i18n"
)

// shots is a folder for pictures of every page in every state. While they are
// taken, pages are not inspected.
var shots = os.Getenv("SHOTS")

// A look is how pages are shown to some people, or on paper.
type look struct {
	name   string
	widths []int
	media  emulation.SetEmulatedMediaParams
	text   string // the size of text, if it is not the usual one
}

var screens = []int{320, 768, 1280}

// usual are the looks of every page; the others are for a few pages.
var (
	usual  = []look{{name: "light", widths: screens, media: features("light", "none")}, {name: "dark", widths: screens, media: features("dark", "none")}}
	forced = look{name: "forced", widths: screens, media: features("dark", "active")}
	large  = look{name: "large", widths: screens[1:], media: features("light", "none"), text: "200%"}
	paper  = look{name: "paper", widths: []int{700}, media: emulation.SetEmulatedMediaParams{Media: "print"}}
)

// features has the browser prefer a colour scheme, forced colours and no motion.
func features(scheme, colours string) emulation.SetEmulatedMediaParams {
	return emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: scheme}, {Name: "forced-colors", Value: colours},
		{Name: "prefers-reduced-motion", Value: "reduce"},
	}}
}

// keepPictures keeps pictures of the page as it is now, if they are wanted, and
// leaves the page as it was.
func keepPictures(p *harness.Person, state string, looks ...look) {
	p.Helper()
	if shots == "" {
		return
	}
	if looks == nil {
		looks = usual
	}
	name := harness.Ask[string](p, "title()")
	begun := pictures.begin(p, state, name)
	for _, l := range looks {
		for _, width := range l.widths {
			pictures.add(begun, shot{Lang: p.Lang, Look: l.name, Width: width}, drawPage(p, l, width))
		}
	}
	setLook(p, usual[0], 1000)
}

// setLook shows the page in a look.
func setLook(p *harness.Person, l look, width int) {
	p.Helper()
	harness.Call(p, emulation.SetEmulatedMedia, l.media)
	p.Execute("document.documentElement.style.fontSize = $0, scrollTo(0, 0)", l.text)
	setWidth(p, width)
}

// drawPage returns a picture of the whole page, once everything on it is there.
func drawPage(p *harness.Person, l look, width int) []byte {
	p.Helper()
	setLook(p, l, width)
	p.Expect(true, "[...document.images].every(i => i.complete) && document.fonts.status === 'loaded'")
	picture, err := chromedp.Run(p.Ctx, chromedp.FullScreenshot(100))
	p.Must(err)
	return picture
}

// A state is a page as it was at one moment of a test.
type state struct {
	Number  int
	Chapter string // the test
	Name    string
	Titles  map[i18n.Lang]string
	Shots   []shot
}

// A shot is a picture of a state.
type shot struct {
	File          string
	Lang          i18n.Lang
	Look          string
	Width, Height int
}

// An album is all states, by number: the hundreds are those of the test. It may
// be used concurrently.
type album struct {
	sync.Mutex
	counts map[string]int // of the states in a test and a language
	states map[int]*state
}

var pictures = album{counts: make(map[string]int), states: make(map[int]*state)}

var notOfAName = regexp.MustCompile(`[^a-z0-9]+`)

// begin makes room for the pictures of the next state in the test of p. A state
// has the same number in both languages.
func (a *album) begin(p *harness.Person, name, title string) *state {
	a.Lock()
	defer a.Unlock()
	test := p.Name() // such as TestShots/walks/2_Drafts/in_French_with_JavaScript
	at, chapter, _ := strings.Cut(strings.Split(test, "/")[2], "_")
	hundred, err := strconv.Atoi(at)
	p.Must(err)
	a.counts[test]++
	number := 100*hundred + a.counts[test]
	if a.states[number] == nil {
		a.states[number] = &state{Number: number, Chapter: strings.ReplaceAll(chapter, "_", " "), Name: name, Titles: make(map[i18n.Lang]string)}
	}
	if other := a.states[number].Name; other != name {
		p.Errorf("state %d is %q in one language and %q in the other", number, other, name)
	}
	a.states[number].Titles[p.Lang] = title
	return a.states[number]
}

// add writes a picture of a state.
func (a *album) add(to *state, s shot, picture []byte) {
	a.Lock()
	defer a.Unlock()
	s.File = fmt.Sprintf("%d-%s-%s-%d-%s.png", to.Number, strings.Trim(notOfAName.ReplaceAllString(strings.ToLower(to.Name), "-"), "-"), s.Lang, s.Width, s.Look)
	if size, err := png.DecodeConfig(bytes.NewReader(picture)); err == nil {
		s.Height = size.Height * s.Width / size.Width
	}
	to.Shots = append(to.Shots, s)
	if err := os.WriteFile(filepath.Join(shots, s.File), picture, 0o644); err != nil {
		panic(err)
	}
}

// publish makes the contact sheet.
func (a *album) publish(t *testing.T) {
	t.Helper()
	var all []*state
	for _, number := range slices.Sorted(maps.Keys(a.states)) {
		all = append(all, a.states[number])
	}
	makeSheets(t, all)
}
