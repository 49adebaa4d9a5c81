//go:build e2e

package e2e

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

	"joinery/app/i18n"
)

// shots is a folder. If it is given, the walks keep pictures in it of every page
// and state, and leave it to other days to look for barriers.
var shots = os.Getenv("SHOTS")

// A look is how pages are shown to some people, or on paper.
type look struct {
	name   string
	widths []int
	media  emulation.SetEmulatedMediaParams
	text   string // the size of text, if it is not the usual one
}

var screens = []int{320, 768, 1280}

// usual are the looks in which every page is drawn, and odd those for a few.
var (
	usual  = []look{{name: "light", widths: screens, media: features("light", "none")}, {name: "dark", widths: screens, media: features("dark", "none")}}
	forced = look{name: "forced", widths: screens, media: features("dark", "active")}
	large  = look{name: "large", widths: screens[1:], media: features("light", "none"), text: "200%"}
	paper  = look{name: "paper", widths: []int{700}, media: emulation.SetEmulatedMediaParams{Media: "print"}}
)

// features are those of somebody for whom nothing on a page may move.
func features(scheme, colours string) emulation.SetEmulatedMediaParams {
	return emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: scheme}, {Name: "forced-colors", Value: colours},
		{Name: "prefers-reduced-motion", Value: "reduce"},
	}}
}

// isDrawn keeps pictures of the page as it now is, if they are wanted, and
// leaves it as it was.
func (p *person) isDrawn(state string, looks ...look) {
	p.Helper()
	if shots == "" {
		return
	}
	if looks == nil {
		looks = usual
	}
	name, err := ask[string](p, "title()")
	p.must(err)
	begun := pictures.begin(p, state, name)
	for _, l := range looks {
		for _, width := range l.widths {
			pictures.add(begun, shot{Lang: p.lang, Look: l.name, Width: width}, p.draw(l, width))
		}
	}
	p.isShown(usual[0], 1000)
}

// isShown shows the page in a look.
func (p *person) isShown(l look, width int) {
	p.Helper()
	call(p, emulation.SetEmulatedMedia, l.media)
	_, err := ask[bool](p, "document.documentElement.style.fontSize = $0, scrollTo(0, 0), true", l.text)
	p.must(err)
	p.isSeenAt(width)
}

// draw returns a picture of the whole page, once everything on it is there.
func (p *person) draw(l look, width int) []byte {
	p.Helper()
	p.isShown(l, width)
	sees(p, true, "[...document.images].every(i => i.complete) && document.fonts.status === 'loaded'")
	picture, err := chromedp.Run(p.ctx, chromedp.FullScreenshot(100))
	p.must(err)
	return picture
}

// A state is a page as it was at one moment of a walk.
type state struct {
	Number  int
	Chapter string // the walk
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

// An album is all states, by number: the hundreds are those of the walk. It may
// be used concurrently.
type album struct {
	sync.Mutex
	turns  map[string]int // how many states somebody has seen in a walk
	states map[int]*state
}

var pictures = album{turns: make(map[string]int), states: make(map[int]*state)}

var notOfAName = regexp.MustCompile(`[^a-z0-9]+`)

// begin makes room for the pictures of the next state in the walk of p. That has
// the same number in both languages.
func (a *album) begin(p *person, name, title string) *state {
	a.Lock()
	defer a.Unlock()
	whose := p.Name() // such as TestShots/walks/2_Drafts/in_French_with_JavaScript
	at, chapter, _ := strings.Cut(strings.Split(whose, "/")[2], "_")
	hundred, err := strconv.Atoi(at)
	p.must(err)
	a.turns[whose]++
	number := 100*hundred + a.turns[whose]
	if a.states[number] == nil {
		a.states[number] = &state{Number: number, Chapter: strings.ReplaceAll(chapter, "_", " "), Name: name, Titles: make(map[i18n.Lang]string)}
	}
	if other := a.states[number].Name; other != name {
		p.Errorf("state %d is %q in one language and %q in the other", number, other, name)
	}
	a.states[number].Titles[p.lang] = title
	return a.states[number]
}

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

// TestShots draws the whole site. It is no test of anything: what it draws is to
// be looked at.
func TestShots(t *testing.T) {
	if shots == "" {
		t.Skip("SHOTS names no folder to draw into")
	}
	if err := os.MkdirAll(shots, 0o755); err != nil {
		t.Fatal(err)
	}
	t.Run("walks", func(t *testing.T) {
		t.Run("1 The application", TestNoPageHasABarrier)
		t.Run("2 Drafts", TestNoPageAboutADraftHasABarrier)
		t.Run("3 A form that changes", TestNoPageOfAChangedFormHasABarrier)
		t.Run("4 Trouble", TestNoPageInTroubleHasABarrier)
		t.Run("5 Without JavaScript", TestNoPageWithoutJavaScriptHasABarrier)
		t.Run("6 Letters", TestNoLetterHasABarrier)
	})
	pictures.publish(t)
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
