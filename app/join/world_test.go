package join

import (
	"errors"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"joinery/app/form"
	"joinery/app/i18n"
)

// A world is some devices, and what the drafts that they made must hold.
type world struct {
	*bench
	t       *testing.T
	devices []*device
	posts   []*post                     // all that was sent
	drafts  map[string]map[string]acked // by the key of the draft and that of the question
	entered map[string]int              // how many were let in to a draft
	saves   int
}

// An acked is what was acknowledged last, and by which save; 0: by none, so
// that it is nobody's loss.
type acked struct {
	value string
	save  int
}

// An asked is a question in a draft.
type asked struct{ draft, question string }

type device struct {
	id    string
	pages []*showing // the newest last
}

// A showing is a page on a device, which may show something outdated.
type showing struct {
	device  *device
	section *form.Section
	seen    Snapshot
	lang    i18n.Lang
	typed   map[string]string // what stands in it
	knows   map[asked]int     // the saves that it has shown, or made
	differs []string          // the questions of which it shows two answers; nil: it is no page about a conflict
	theirs  []string          // those of which the other is chosen

	sent         int            // how many posts
	quiet, aloud map[string]int // by the key of the draft: which of those that were acknowledged was the last of its manner
}

// A post is something that a page sends, and what it had shown until then.
type post struct {
	page  *showing
	id    string
	fill  Submission
	knows map[asked]int
	n     int // of its page
}

// newWorld returns devices of which each holds nothing, or all hold one draft.
func newWorld(t *testing.T, b *bench, devices int, together bool) *world {
	w := &world{bench: b, t: t, drafts: make(map[string]map[string]acked), entered: make(map[string]int)}
	var first *browser
	if together {
		first, w.saves = b.begun(t), 1
		first.open(t, "two").must(t, Continue, form.Answers{"pet": {"cat"}, "petname": {"Łuna"}})
		w.drafts[first.progress(t).Draft.Key] = map[string]acked{
			"mail": {"zoe@example.ca", 1}, "lang": {"en", 1}, "pet": {"cat", 1}, "petname": {"Łuna", 1},
		}
	}
	for range devices {
		d := new(device)
		if together {
			d.id = first.beside(t).id
		}
		w.devices = append(w.devices, d)
	}
	return w
}

// held returns the key of the draft that id opens, or "".
func (w *world) held(r *rapid.T, id string) string {
	p, err := w.Progress(w.t.Context(), id)
	if err != nil {
		r.Fatalf("Progress: %v", err)
	}
	return p.Draft.Key
}

func (w *world) typed(r *rapid.T, key string) form.Answers {
	if key == "" {
		return nil
	}
	d, err := w.Drafts.Load(w.t.Context(), key)
	if err != nil {
		r.Fatalf("Load: %v", err)
	}
	return d.Typed(w.Form)
}

// show opens a page on a device.
func (w *world) show(r *rapid.T, d *device, section *form.Section) *showing {
	progress, err := w.Progress(w.t.Context(), d.id)
	if err != nil {
		r.Fatalf("Progress: %v", err)
	}
	typed := progress.Draft.Typed(w.Form)
	p := &showing{
		device: d, section: section, seen: w.Snapshot(progress.Draft, section), lang: i18n.English,
		typed: make(map[string]string), knows: make(map[asked]int), quiet: make(map[string]int), aloud: make(map[string]int),
	}
	for i := range section.Fields {
		if f := &section.Fields[i]; w.Form.Asked(f, typed) {
			w.ask(p, f.Key, progress.Draft.Key, typed)
		}
	}
	d.pages = append(d.pages, p)
	d.pages = d.pages[max(0, len(d.pages)-4):]
	return p
}

// ask puts a question on p, with the answer that the draft has to it.
func (w *world) ask(p *showing, question, draft string, typed form.Answers) {
	p.typed[question] = typed.First(question)
	p.knows[asked{draft, question}] = w.drafts[draft][question].save
}

func (p *showing) post(m SaveMode) *post {
	f := Submission{Section: p.section, Answers: make(form.Answers), KeepStored: slices.Clone(p.theirs), Snapshot: p.seen, Lang: p.lang, Mode: m}
	for key, value := range p.typed {
		f.Answers[key] = []string{value}
		f.Shown = append(f.Shown, key)
	}
	p.sent++
	return &post{page: p, id: p.device.id, fill: f, knows: maps.Clone(p.knows), n: p.sent}
}

// overtaken reports whether the page of p has saved something quietly since p
// was sent, and has not spoken since. It waits for the answer to whatever it has
// sent before it saves quietly: p can only be a repetition that nobody makes.
func (w *world) overtaken(r *rapid.T, p *post) bool {
	key := w.held(r, p.id)
	return p.page.quiet[key] > max(p.n, p.page.aloud[key])
}

func (w *world) log(p *post) *post {
	w.posts = append(w.posts, p)
	return p
}

// send has p arrive at once. The device goes on with the answer.
func (w *world) send(r *rapid.T, p *post) (saved bool) {
	reply, saved := w.deliver(r, w.log(p))
	switch {
	case saved:
		p.page.device.id, p.page.differs = reply.Session, nil
	case p.fill.Mode != Autosave:
		w.decide(p.page, w.held(r, p.id), reply.Conflict)
	}
	return saved
}

// decide makes p the page about a conflict with what the draft has. It shows
// both answers where there are two, and where they are the same it has shown it.
func (w *world) decide(p *showing, draft string, c *Conflict) {
	p.seen, p.differs = c.Snapshot, []string{}
	for _, d := range c.Differences {
		p.differs = append(p.differs, d.Field.Key)
	}
	for question, value := range p.typed {
		if kept := w.drafts[draft][question]; kept.value == value || slices.Contains(p.differs, question) {
			p.knows[asked{draft, question}] = kept.save
		}
	}
}

// deliver has p arrive, and holds the answer to the promise.
func (w *world) deliver(r *rapid.T, p *post) (reply SaveResult, saved bool) {
	reply, err := w.Save(w.t.Context(), p.id, p.fill)
	if errors.Is(err, ErrConflict) {
		return reply, false
	}
	if err != nil {
		r.Fatalf("Answer: %v", err)
	}
	key, last := w.held(r, reply.Session), p.page.aloud
	if p.fill.Mode == Autosave {
		last = p.page.quiet
	}
	last[key] = max(last[key], p.n)
	w.acknowledge(r, p, key)
	return reply, true
}

// acknowledge notes what p has saved in a draft, which may have taken the place
// of what its page had shown, and of nothing else.
func (w *world) acknowledge(r *rapid.T, p *post, key string) {
	if w.drafts[key] == nil {
		w.drafts[key] = make(map[string]acked)
	}
	w.saves++
	draft, fill := w.drafts[key], p.fill
	pet := draft["pet"].value
	if posted, here := fill.Answers["pet"]; here && !slices.Contains(fill.KeepStored, "pet") {
		pet = posted[0]
	}
	for question, values := range fill.Answers {
		if question == "petname" && pet != "cat" || slices.Contains(fill.KeepStored, question) {
			continue // what is kept stays
		}
		if before := draft[question]; before.value != values[0] {
			if known := p.knows[asked{key, question}]; before.save > 0 && known != before.save {
				r.Fatalf("%s was %q by save %d, and a page that knows of save %d has made it %q", question, before.value, before.save, known, values[0])
			}
			draft[question] = acked{values[0], w.saves}
		}
		p.page.knows[asked{key, question}] = draft[question].save
	}
}
