package wizard_test

import (
	"errors"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/journeytest"
	"joinery/app/wizard"
)

// A model is some devices, and what the drafts that they made must hold.
type model struct {
	*journeytest.Journey
	t       *testing.T
	devices []*device
	posts   []*post                           // all that was sent
	drafts  map[string]map[string]savedAnswer // by the key of the draft and that of the question
	entered map[string]int                    // how many devices were let in to a draft
	saves   int
}

// A savedAnswer is what was acknowledged last, and by which save; 0: by none, so
// that it cannot be lost.
type savedAnswer struct {
	value string
	save  int
}

// A draftQuestion is a question in a draft.
type draftQuestion struct{ draft, question string }

type device struct {
	session string
	pages   []*openPage // the newest last
}

// An openPage is a page on a device, which may show something outdated.
type openPage struct {
	device      *device
	section     *form.Section
	snapshot    wizard.Snapshot
	lang        i18n.Lang
	typed       map[string]string     // what stands on it
	knows       map[draftQuestion]int // the saves that it has shown, or made
	differences []string              // the questions of which it shows two answers; nil: it is no page about a conflict
	keepStored  []string              // those of which the stored answer is chosen

	sent                 int            // how many posts
	lastAutosave, lastGo map[string]int // by the key of the draft: the number of the last post that was acknowledged as an autosave, and by a button
}

// A post is something that a page sends, and what the page had shown until then.
type post struct {
	page    *openPage
	session string
	sub     wizard.Submission
	knows   map[draftQuestion]int
	n       int // of its page
}

// newModel returns devices of which each holds nothing, or all hold one draft.
func newModel(t *testing.T, j *journeytest.Journey, devices int, together bool) *model {
	m := &model{Journey: j, t: t, drafts: make(map[string]map[string]savedAnswer), entered: make(map[string]int)}
	var first *journeytest.Browser
	if together {
		first, m.saves = j.Begun(t), 1
		first.Open(t, "two").MustSave(t, wizard.Continue, form.Answers{"pet": {"cat"}, "petname": {"Łuna"}})
		m.drafts[first.Progress(t).Draft.Key] = map[string]savedAnswer{
			"mail": {"zoe@example.ca", 1}, "lang": {"en", 1}, "pet": {"cat", 1}, "petname": {"Łuna", 1},
		}
	}
	for range devices {
		d := new(device)
		if together {
			d.session = first.Beside(t).Session
		}
		m.devices = append(m.devices, d)
	}
	return m
}

// draftOf returns the key of the draft that a session leads to, or "", also if it was
// closed there.
func (m *model) draftOf(r *rapid.T, session string) string {
	p, err := m.Progress(m.t.Context(), session)
	if err != nil && !errors.Is(err, wizard.ErrClosed) {
		r.Fatalf("Progress: %v", err)
	}
	return p.Draft.Key
}

// typed returns what a draft holds, right or wrong.
func (m *model) typed(r *rapid.T, key string) form.Answers {
	if key == "" {
		return nil
	}
	d, err := m.Drafts.Load(m.t.Context(), m.StoredDraft(m.t, key))
	if err != nil {
		r.Fatalf("Load: %v", err)
	}
	return d.Typed(m.Form)
}

// show opens a page on a device. A device in which the draft was closed begins anew,
// with no page from before.
func (m *model) show(r *rapid.T, d *device, section *form.Section) *openPage {
	progress, err := m.Progress(m.t.Context(), d.session)
	if errors.Is(err, wizard.ErrClosed) {
		d.session, d.pages, progress, err = "", nil, m.Wizard.Start(), nil
	}
	if err != nil {
		r.Fatalf("Progress: %v", err)
	}
	typed := progress.Draft.Typed(m.Form)
	p := &openPage{
		device: d, section: section, snapshot: m.Wizard.Snapshot(progress.Draft, section), lang: i18n.English,
		typed: make(map[string]string), knows: make(map[draftQuestion]int), lastAutosave: make(map[string]int), lastGo: make(map[string]int),
	}
	for i := range section.Fields {
		if f := &section.Fields[i]; m.Form.Asked(f, typed) {
			m.ask(p, f.Key, progress.Draft.Key, typed)
		}
	}
	d.pages = append(d.pages, p)
	d.pages = d.pages[max(0, len(d.pages)-4):]
	return p
}

// ask puts a question on p, with the answer that the draft has to it.
func (m *model) ask(p *openPage, question, draft string, typed form.Answers) {
	p.typed[question] = typed.First(question)
	p.knows[draftQuestion{draft, question}] = m.drafts[draft][question].save
}

func (p *openPage) post(mode wizard.SaveMode) *post {
	sub := wizard.Submission{
		Section: p.section, Answers: make(form.Answers), KeepStored: slices.Clone(p.keepStored), Snapshot: p.snapshot, Lang: p.lang, Mode: mode,
	}
	for key, value := range p.typed {
		sub.Answers[key] = []string{value}
		sub.Shown = append(sub.Shown, key)
	}
	p.sent++
	return &post{page: p, session: p.device.session, sub: sub, knows: maps.Clone(p.knows), n: p.sent}
}

// overtaken reports whether the page of p has made an autosave since p was sent,
// and no button was pressed on it since. A page waits for the answer to all that it
// has sent before it saves by itself: p can only be a repetition that no browser
// makes.
func (m *model) overtaken(r *rapid.T, p *post) bool {
	key := m.draftOf(r, p.session)
	return p.page.lastAutosave[key] > max(p.n, p.page.lastGo[key])
}

func (m *model) record(p *post) *post {
	m.posts = append(m.posts, p)
	return p
}

// send has p arrive at once. The device goes on with the answer.
func (m *model) send(r *rapid.T, p *post) (saved bool) {
	result, saved := m.deliver(r, m.record(p))
	switch {
	case saved:
		p.page.device.session, p.page.differences = result.Session, nil
	case result.Conflict != nil && p.sub.Mode != wizard.Autosave:
		m.showConflict(p.page, m.draftOf(r, p.session), result.Conflict)
	}
	return saved
}

// showConflict makes p the page about a conflict with the draft. It shows both
// answers where there are two; where they are the same it has shown the stored one.
func (m *model) showConflict(p *openPage, draft string, c *wizard.Conflict) {
	p.snapshot, p.differences = c.Snapshot, []string{}
	for _, d := range c.Differences {
		p.differences = append(p.differences, d.Field.Key)
	}
	for question, value := range p.typed {
		if stored := m.drafts[draft][question]; stored.value == value || slices.Contains(p.differences, question) {
			p.knows[draftQuestion{draft, question}] = stored.save
		}
	}
}

// deliver has p arrive, and holds the answer to the promise.
func (m *model) deliver(r *rapid.T, p *post) (result wizard.SaveResult, saved bool) {
	result, err := m.Save(m.t.Context(), p.session, p.sub)
	if errors.Is(err, wizard.ErrConflict) || errors.Is(err, wizard.ErrClosed) || errors.Is(err, wizard.ErrNotHeld) {
		return result, false
	}
	if err != nil {
		r.Fatalf("Save: %v", err)
	}
	key, last := m.draftOf(r, result.Session), p.page.lastGo
	if p.sub.Mode == wizard.Autosave {
		last = p.page.lastAutosave
	}
	last[key] = max(last[key], p.n)
	m.acknowledge(r, p, key)
	return result, true
}

// acknowledge notes what p has saved in a draft, which may have replaced what its
// page had shown, and nothing else.
func (m *model) acknowledge(r *rapid.T, p *post, key string) {
	if m.drafts[key] == nil {
		m.drafts[key] = make(map[string]savedAnswer)
	}
	m.saves++
	draft, sub := m.drafts[key], p.sub
	pet := draft["pet"].value
	if posted, shown := sub.Answers["pet"]; shown && !slices.Contains(sub.KeepStored, "pet") {
		pet = posted[0]
	}
	for question, values := range sub.Answers {
		if question == "petname" && pet != "cat" || slices.Contains(sub.KeepStored, question) {
			continue // what is stored stays
		}
		if before := draft[question]; before.value != values[0] {
			if known := p.knows[draftQuestion{key, question}]; before.save > 0 && known != before.save {
				r.Fatalf("%s was %q by save %d, and a page that knows of save %d has made it %q", question, before.value, before.save, known, values[0])
			}
			draft[question] = savedAnswer{values[0], m.saves}
		}
		p.page.knows[draftQuestion{key, question}] = draft[question].save
	}
}
