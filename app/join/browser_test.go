package join

import (
	"errors"
	"maps"
	"reflect"
	"slices"
	"testing"

	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/token"
)

// A browser holds a draft by its id, or none yet.
type browser struct {
	*bench
	id string
}

// A page is one showing of a section in a browser.
type page struct {
	*browser
	section *form.Section
	seen    Snapshot
	answers form.Answers // that stand in it, by the questions that it has
	lang    i18n.Lang
}

// begun returns a browser whose draft has the first section, finished.
func (b *bench) begun(t *testing.T) *browser {
	t.Helper()
	w := &browser{bench: b}
	w.open(t, "one").must(t, Continue, form.Answers{"mail": {"zoe@example.ca"}, "lang": {"en"}})
	return w
}

// beside returns another browser that was let in to the draft of w.
func (w *browser) beside(t *testing.T) *browser {
	t.Helper()
	fine(t, w.CreateHandoff(t.Context(), w.id, i18n.English))
	code, err := w.HandoffCode(t.Context(), w.id)
	fine(t, err)
	way, _, err := w.RedeemHandoff(t.Context(), code.Code, Client{"another device", "network"})
	fine(t, err)
	id, err := w.Enter(t.Context(), way, "", token.Secret())
	if err != nil || id == "" {
		t.Fatalf("Enter = %q, %v", id, err)
	}
	return &browser{bench: w.bench, id: id}
}

func (w *browser) progress(t *testing.T) Progress {
	t.Helper()
	progress, err := w.Progress(t.Context(), w.id)
	if err != nil {
		t.Fatalf("Progress: %v", err)
	}
	return progress
}

// open shows a section as it is in the draft, with the questions that are
// asked then.
func (w *browser) open(t *testing.T, section string) *page {
	t.Helper()
	asked, ok := w.Form.Section(section)
	if !ok {
		t.Fatalf("there is no section %s", section)
	}
	d := w.progress(t).Draft
	p := &page{browser: w, section: asked, seen: w.Snapshot(d, asked), answers: make(form.Answers), lang: i18n.English}
	typed := d.Typed(w.Form)
	for i := range asked.Fields {
		if f := &asked.Fields[i]; w.Form.Asked(f, typed) {
			p.answers[f.Key] = slices.Clone(typed[f.Key])
		}
	}
	return p
}

// save saves the page with these answers typed into it besides. A question
// that they answer is on the page from then on.
func (p *page) save(t *testing.T, m SaveMode, typed form.Answers) (SaveResult, error) {
	t.Helper()
	maps.Copy(p.answers, typed)
	reply, err := p.Save(t.Context(), p.id, p.filled(m))
	if err == nil {
		p.id = reply.Session
	}
	return reply, err
}

func (p *page) filled(m SaveMode) Submission {
	return Submission{
		Section: p.section, Answers: maps.Clone(p.answers), Shown: slices.Collect(maps.Keys(p.answers)),
		Snapshot: ParseSnapshot(p.seen.String()), Lang: p.lang, Mode: m,
	}
}

func (p *page) must(t *testing.T, m SaveMode, typed form.Answers) SaveResult {
	t.Helper()
	reply, err := p.save(t, m, typed)
	if err != nil {
		t.Fatalf("Answer: %v", err)
	}
	return reply
}

// wantTyped wants the draft to hold these answers, right or wrong, and no
// others.
func (w *browser) wantTyped(t *testing.T, want form.Answers) {
	t.Helper()
	if got := saying(w.progress(t).Draft.Typed(w.Form)); !reflect.DeepEqual(got, want) {
		t.Errorf("the draft has %v, want %v", got, want)
	}
}

// saying returns the answers that say something.
func saying(all form.Answers) form.Answers {
	said := maps.Clone(all)
	maps.DeleteFunc(said, func(key string, _ []string) bool { return !all.Given(key) })
	return said
}

// wantNext wants the section with this key to be the next to be done; "": none.
func (w *browser) wantNext(t *testing.T, want string) {
	t.Helper()
	var got string
	if next := w.progress(t).Next; next != nil {
		got = next.Key
	}
	if got != want {
		t.Errorf("section %q is to be done next, want %q", got, want)
	}
}

// wantNoDraft wants the browser to hold none.
func (w *browser) wantNoDraft(t *testing.T) {
	t.Helper()
	if p := w.progress(t); p.Draft.Key != "" || len(p.Draft.Sections) > 0 || p.Next != &w.Form.Sections[0] || p.LeftAt != "" {
		t.Errorf("Progress = %+v, want nothing, and the first section next", p)
	}
}

func wantError(t *testing.T, doing string, got, want error) {
	t.Helper()
	if !errors.Is(got, want) || (got == nil) != (want == nil) {
		t.Errorf("%s: %v, want %v", doing, got, want)
	}
}
