package wizard_test

import (
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"joinery/app/address"
	"joinery/app/journeytest"
	"joinery/app/mail"
	"joinery/app/resume"
	"joinery/app/token"
	"joinery/app/wizard"
)

// TestNoAcknowledgedSaveIsLost has two or three devices do what devices do, in any
// order, and holds the wizard to this: an answer that was acknowledged is in the
// draft until a page that has shown it replaces it.
func TestNoAcknowledgedSaveIsLost(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		j.Limits.PerAddress = mail.Budget{}
		rapid.Check(t, func(r *rapid.T) {
			m := newModel(t, j, rapid.IntRange(2, 3).Draw(r, "devices"), rapid.Bool().Draw(r, "one draft"))
			r.Repeat(map[string]func(*rapid.T){
				"open a page":          func(r *rapid.T) { m.openPage(r, m.device(r)) },
				"type":                 m.typeAnswer,
				"autosave":             func(r *rapid.T) { m.send(r, m.page(r).post(wizard.Autosave)) },
				"continue":             func(r *rapid.T) { m.send(r, m.page(r).post(wizard.Continue)) },
				"leave":                func(r *rapid.T) { m.send(r, m.page(r).post(wizard.Leave)) },
				"switch language":      m.switchLanguage,
				"send, to arrive":      m.sendLate,
				"arrive, or once more": m.arrive,
				"resume by mail":       m.resumeByMail,
				"hand over":            m.handOver,
				"choose":               m.choose,
				"choose, and arrive":   func(r *rapid.T) { m.choose(r); m.arrive(r) },
				"":                     m.check,
			})
		})
	})
}

func (m *model) device(r *rapid.T) *device {
	return m.devices[rapid.IntRange(0, len(m.devices)-1).Draw(r, "device")]
}

// page returns one of the pages that are open on one of the devices.
func (m *model) page(r *rapid.T) *openPage {
	d := m.device(r)
	if len(d.pages) == 0 {
		return m.openPage(r, d)
	}
	return d.pages[rapid.IntRange(0, len(d.pages)-1).Draw(r, "page")]
}

func (m *model) openPage(r *rapid.T, d *device) *openPage {
	return m.show(r, d, &m.Form.Sections[rapid.IntRange(0, 1).Draw(r, "section")])
}

// values are what is typed, few enough to be typed twice.
var values = map[string][]string{
	"mail":    {"zoe@example.ca", "ann@example.ca", "nobody", ""},
	"lang":    {"en", "fr"},
	"pet":     {"cat", "none"},
	"petname": {"Łuna", "Miou", ""},
}

// typeAnswer types into a question of a page. The question for the name appears,
// with the answer that the draft has, once its pet is chosen.
func (m *model) typeAnswer(r *rapid.T) {
	p := m.page(r)
	if p.differences != nil {
		return // there is only a choice to be made
	}
	if _, shown := p.typed["petname"]; p.typed["pet"] == "cat" && !shown {
		key := m.draftOf(r, p.device.session)
		m.ask(p, "petname", key, m.typed(r, key))
	}
	question := rapid.SampledFrom(slices.Sorted(maps.Keys(p.typed))).Draw(r, "question")
	p.typed[question] = rapid.SampledFrom(values[question]).Draw(r, "value")
}

func (m *model) switchLanguage(r *rapid.T) {
	p := m.page(r)
	if m.send(r, p.post(wizard.Leave)) {
		m.show(r, p.device, p.section).lang = p.lang.Other()
	}
}

// sendLate sends what is on a page, which does not arrive yet.
func (m *model) sendLate(r *rapid.T) {
	p := m.page(r)
	m.record(p.post(rapid.SampledFrom([]wizard.SaveMode{wizard.Autosave, wizard.Continue, wizard.Leave}).Draw(r, "mode")))
}

// arrive has a post arrive that was sent before, for the first time or once more.
func (m *model) arrive(r *rapid.T) {
	if len(m.posts) == 0 {
		return
	}
	if p := m.posts[rapid.IntRange(0, len(m.posts)-1).Draw(r, "post")]; !m.overtaken(r, p) {
		m.deliver(r, p)
	}
}

// resumeByMail has one device continue by a letter what another began.
func (m *model) resumeByMail(r *rapid.T) {
	if from, to := m.device(r), m.device(r); m.mayEnter(r, from) {
		link := m.ResumeLink(m.t, m.Browser(from.session).MailLink(m.t, "zoe@example.ca"))
		to.session = m.EnterWith(m.t, link, to.session, token.Secret()).Session
	}
}

// handOver has one device continue by a code what another began.
func (m *model) handOver(r *rapid.T) {
	if from, to := m.device(r), m.device(r); m.mayEnter(r, from) {
		by := resume.Client{Device: "a device", Network: "network"}
		link, _, err := m.Resume.CheckHandoff(m.t.Context(), m.Browser(from.session).HandoffCode(m.t), by)
		journeytest.Must(m.t, err)
		to.session = m.EnterWith(m.t, link, to.session, token.Secret()).Session
	}
}

// mayEnter reports whether one more device can be let in to the draft of a device
// without taking it from the device that came first.
func (m *model) mayEnter(r *rapid.T, from *device) bool {
	key := m.draftOf(r, from.session)
	m.entered[key]++
	return key != "" && m.entered[key] < 15
}

// choose chooses, on a page about a conflict, which answers are to stay.
func (m *model) choose(r *rapid.T) {
	for _, p := range m.device(r).pages {
		if p.differences == nil {
			continue
		}
		for _, key := range p.differences {
			if rapid.Bool().Draw(r, "stored in "+key) {
				p.keepStored = append(p.keepStored, key)
			}
		}
		m.send(r, p.post(rapid.SampledFrom([]wizard.SaveMode{wizard.Continue, wizard.Leave}).Draw(r, "mode")))
		return
	}
}

// check compares what the drafts hold with what was acknowledged.
func (m *model) check(r *rapid.T) {
	for key, acknowledged := range m.drafts {
		d, err := m.Drafts.Load(m.t.Context(), m.StoredDraft(m.t, key))
		if err != nil {
			r.Fatalf("Load: %v", err)
		}
		typed, right := d.Typed(m.Form), d.Answers(m.Form)
		for question, want := range acknowledged {
			if got := typed.First(question); got != want.value {
				r.Fatalf("%s is %q, want %q, which was acknowledged", question, got, want.value)
			}
			if valid := address.Valid(want.value); question == "mail" && right.Given(question) != valid {
				r.Fatalf("%q is an answer: %t, want %t", want.value, !valid, valid)
			}
		}
	}
}
