package join

import (
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"joinery/app/address"
	"joinery/app/mail"
	"joinery/app/token"
)

// TestNoAcknowledgedSaveIsLost has two or three devices do whatever devices do,
// in any order, and holds them to this: what was acknowledged is in the draft,
// until somebody whose page has shown it says something else.
func TestNoAcknowledgedSaveIsLost(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		b.Limits.PerAddress = mail.Budget{}
		rapid.Check(t, func(r *rapid.T) {
			w := newWorld(t, b, rapid.IntRange(2, 3).Draw(r, "devices"), rapid.Bool().Draw(r, "one draft"))
			r.Repeat(map[string]func(*rapid.T){
				"open a page":       func(r *rapid.T) { w.open(r, w.device(r)) },
				"type":              w.typeSomething,
				"save quietly":      func(r *rapid.T) { w.send(r, w.page(r).post(Autosave)) },
				"continue":          func(r *rapid.T) { w.send(r, w.page(r).post(Continue)) },
				"leave":             func(r *rapid.T) { w.send(r, w.page(r).post(Leave)) },
				"switch language":   w.switchLanguage,
				"send, to arrive":   w.hold,
				"arrive, or again":  w.arrive,
				"resume by mail":    w.resume,
				"hand over":         w.handOver,
				"choose":            w.choose,
				"choose, and again": func(r *rapid.T) { w.choose(r); w.arrive(r) },
				"":                  w.check,
			})
		})
	})
}

func (w *world) device(r *rapid.T) *device {
	return w.devices[rapid.IntRange(0, len(w.devices)-1).Draw(r, "device")]
}

// page returns one of the pages that are open on one of the devices.
func (w *world) page(r *rapid.T) *showing {
	d := w.device(r)
	if len(d.pages) == 0 {
		return w.open(r, d)
	}
	return d.pages[rapid.IntRange(0, len(d.pages)-1).Draw(r, "page")]
}

func (w *world) open(r *rapid.T, d *device) *showing {
	return w.show(r, d, &w.Form.Sections[rapid.IntRange(0, 1).Draw(r, "section")])
}

// values are what is typed, few enough to be typed twice.
var values = map[string][]string{
	"mail":    {"zoe@example.ca", "ann@example.ca", "nobody", ""},
	"lang":    {"en", "fr"},
	"pet":     {"cat", "none"},
	"petname": {"Łuna", "Miou", ""},
}

// typeSomething types into a question of a page. That of the name appears, with
// what is kept of it, once its pet is chosen.
func (w *world) typeSomething(r *rapid.T) {
	p := w.page(r)
	if p.differs != nil {
		return // there is only to choose
	}
	if _, here := p.typed["petname"]; p.typed["pet"] == "cat" && !here {
		key := w.held(r, p.device.id)
		w.ask(p, "petname", key, w.typed(r, key))
	}
	question := rapid.SampledFrom(slices.Sorted(maps.Keys(p.typed))).Draw(r, "question")
	p.typed[question] = rapid.SampledFrom(values[question]).Draw(r, "value")
}

func (w *world) switchLanguage(r *rapid.T) {
	p := w.page(r)
	if w.send(r, p.post(Leave)) {
		w.show(r, p.device, p.section).lang = p.lang.Other()
	}
}

// hold sends what is on a page, which has not arrived yet.
func (w *world) hold(r *rapid.T) {
	p := w.page(r)
	w.log(p.post(rapid.SampledFrom([]SaveMode{Autosave, Continue, Leave}).Draw(r, "manner")))
}

// arrive has something arrive that was sent before, be it for the first time or
// once more.
func (w *world) arrive(r *rapid.T) {
	if len(w.posts) == 0 {
		return
	}
	if p := w.posts[rapid.IntRange(0, len(w.posts)-1).Draw(r, "post")]; !w.overtaken(r, p) {
		w.deliver(r, p)
	}
}

// resume has one device continue what another began, by a letter.
func (w *world) resume(r *rapid.T) {
	if from, to := w.device(r), w.device(r); w.mayEnter(r, from) {
		holder := &browser{bench: w.bench, id: from.id}
		way := w.way(w.t, holder.mailed(w.t, "zoe@example.ca"))
		to.id = w.enterWith(w.t, way, to.id, token.Secret()).id
	}
}

func (w *world) handOver(r *rapid.T) {
	if from, to := w.device(r), w.device(r); w.mayEnter(r, from) {
		holder := &browser{bench: w.bench, id: from.id}
		way, _, err := w.RedeemHandoff(w.t.Context(), holder.code(w.t), Client{"a device", "network"})
		fine(w.t, err)
		to.id = w.enterWith(w.t, way, to.id, token.Secret()).id
	}
}

// mayEnter reports whether the draft of a device can be entered without taking
// it from the device that came to it first.
func (w *world) mayEnter(r *rapid.T, from *device) bool {
	key := w.held(r, from.id)
	w.entered[key]++
	return key != "" && w.entered[key] < 15
}

// choose chooses, on a page about a conflict, whose answers are to stay.
func (w *world) choose(r *rapid.T) {
	for _, p := range w.device(r).pages {
		if p.differs == nil {
			continue
		}
		for _, key := range p.differs {
			if rapid.Bool().Draw(r, "theirs in "+key) {
				p.theirs = append(p.theirs, key)
			}
		}
		w.send(r, p.post(rapid.SampledFrom([]SaveMode{Continue, Leave}).Draw(r, "manner")))
		return
	}
}

// check compares what the drafts hold with what was acknowledged.
func (w *world) check(r *rapid.T) {
	for key, draft := range w.drafts {
		d, err := w.Drafts.Load(w.t.Context(), key)
		if err != nil {
			r.Fatalf("Load: %v", err)
		}
		typed, right := d.Typed(w.Form), d.Answers(w.Form)
		for question, want := range draft {
			if got := typed.First(question); got != want.value {
				r.Fatalf("%s is %q, want %q, which was acknowledged", question, got, want.value)
			}
			if valid := address.Valid(want.value); question == "mail" && right.Given(question) != valid {
				r.Fatalf("%q is an answer: %t, want %t", want.value, !valid, valid)
			}
		}
	}
}
