package journeytest

import (
	"errors"
	"maps"
	"reflect"
	"slices"
	"testing"

	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/resume"
	"joinery/app/token"
	"joinery/app/wizard"
)

// A Browser holds a draft by its session, or none yet.
type Browser struct {
	*Journey
	Session string
}

// A Page is one showing of a section in a browser.
type Page struct {
	*Browser
	Section  *form.Section
	Snapshot wizard.Snapshot
	Answers  form.Answers // that stand on it, by the questions that it has
	Lang     i18n.Lang
}

// Browser returns a browser with the given session; "": it holds no draft.
func (j *Journey) Browser(session string) *Browser { return &Browser{Journey: j, Session: session} }

// Begun returns a browser whose draft has the first section, finished.
func (j *Journey) Begun(t testing.TB) *Browser {
	t.Helper()
	b := j.Browser("")
	b.Open(t, "one").MustSave(t, wizard.Continue, form.Answers{"mail": {"zoe@example.ca"}, "lang": {"en"}})
	return b
}

// BegunWith returns a browser that left the first section with this address in it.
func (j *Journey) BegunWith(t testing.TB, address string) *Browser {
	t.Helper()
	b := j.Browser("")
	b.Open(t, "one").MustSave(t, wizard.Leave, form.Answers{"mail": {address}})
	return b
}

// FilledIn returns a browser whose draft has an answer to every question.
func (j *Journey) FilledIn(t testing.TB) *Browser {
	t.Helper()
	b := j.Browser(j.Finished(t))
	b.Open(t, "two").MustSave(t, wizard.Continue, form.Answers{"pet": {"cat"}, "petname": {"Łuna"}})
	b.WantNext(t, "")
	return b
}

// Beside returns another browser that was let in to the draft of b.
func (b *Browser) Beside(t testing.TB) *Browser {
	t.Helper()
	link, _, err := b.Resume.CheckHandoff(t.Context(), b.HandoffCode(t), resume.Client{Device: "another device", Network: "network"})
	Must(t, err)
	other := b.Enter(t, link, token.Secret())
	if other.Session == "" {
		t.Fatal("the other browser was not let in")
	}
	return other
}

// Progress returns the progress of b.
func (b *Browser) Progress(t testing.TB) wizard.Progress {
	t.Helper()
	p, err := b.Wizard.Progress(t.Context(), b.Session)
	if err != nil {
		t.Fatalf("Progress: %v", err)
	}
	return p
}

// Open shows a section as it is in the draft, with the questions that it has
// then.
func (b *Browser) Open(t testing.TB, section string) *Page {
	t.Helper()
	asked, ok := b.Form.Section(section)
	if !ok {
		t.Fatalf("there is no section %s", section)
	}
	d := b.Progress(t).Draft
	p := &Page{Browser: b, Section: asked, Snapshot: b.Wizard.Snapshot(d, asked), Answers: make(form.Answers), Lang: i18n.English}
	typed := d.Typed(b.Form)
	for i := range asked.Fields {
		if f := &asked.Fields[i]; b.Form.OnPage(f, typed) {
			p.Answers[f.Key] = slices.Clone(typed[f.Key])
		}
	}
	return p
}

// Save saves the page with these answers typed into it besides. A question that
// they answer is on the page from then on.
func (p *Page) Save(t testing.TB, m wizard.SaveMode, typed form.Answers) (wizard.SaveResult, error) {
	t.Helper()
	maps.Copy(p.Answers, typed)
	result, err := p.Journey.Save(t.Context(), p.Session, p.Submission(m))
	if err == nil {
		p.Session = result.Session
	}
	return result, err
}

// MustSave does what Save does, which must succeed.
func (p *Page) MustSave(t testing.TB, m wizard.SaveMode, typed form.Answers) wizard.SaveResult {
	t.Helper()
	result, err := p.Save(t, m, typed)
	if err != nil {
		t.Fatalf("Save: %v", err)
	}
	return result
}

// Submission returns the page as it is posted now.
func (p *Page) Submission(m wizard.SaveMode) wizard.Submission {
	return wizard.Submission{
		Section: p.Section, Answers: maps.Clone(p.Answers), Shown: slices.Collect(maps.Keys(p.Answers)),
		Snapshot: wizard.ParseSnapshot(p.Snapshot.String()), Lang: p.Lang, Mode: m,
	}
}

// WantTyped wants the draft to hold these answers, right or wrong, and no others.
func (b *Browser) WantTyped(t testing.TB, want form.Answers) {
	t.Helper()
	typed := b.Progress(t).Draft.Typed(b.Form)
	got := maps.Clone(typed)
	maps.DeleteFunc(got, func(key string, _ []string) bool { return !typed.Given(key) })
	if !reflect.DeepEqual(got, want) {
		t.Errorf("the draft has %v, want %v", got, want)
	}
}

// WantNext wants the section with this key to be the next to be done; "": none.
func (b *Browser) WantNext(t testing.TB, want string) {
	t.Helper()
	var got string
	if next := b.Progress(t).Next; next != nil {
		got = next.Key
	}
	if got != want {
		t.Errorf("section %q is to be done next, want %q", got, want)
	}
}

// WantNoDraft wants the browser to hold none.
func (b *Browser) WantNoDraft(t testing.TB) {
	t.Helper()
	p := b.Progress(t)
	if p.HasDraft() || len(p.Draft.Sections) > 0 || p.Next != &b.Form.Sections[0] || p.LeftAt != "" {
		t.Errorf("Progress = %+v, want nothing, and the first section next", p)
	}
}

// WantDraft wants the browser to hold the draft with this key.
func (b *Browser) WantDraft(t testing.TB, want string) {
	t.Helper()
	if got := b.Progress(t).Draft.Key; got != want || got == "" {
		t.Errorf("the browser holds the draft %q, want %q", got, want)
	}
}

// WantClosed wants the draft to be closed in the browser.
func (b *Browser) WantClosed(t testing.TB) {
	t.Helper()
	if p, err := b.Journey.Progress(t.Context(), b.Session); !errors.Is(err, wizard.ErrClosed) || p.HasDraft() {
		t.Errorf("the browser holds the draft %q, %v, want it closed there", p.Draft.Key, err)
	}
}

// DraftKey returns the key of the draft to which the session of b leads, also if the
// draft was closed in b.
func (b *Browser) DraftKey(t testing.TB) (key string) {
	t.Helper()
	Must(t, b.File.Read().QueryRowContext(t.Context(), `SELECT draft FROM sessions WHERE digest = $1`, token.Digest(b.Session)).Scan(&key))
	return key
}

// WantSameDraft wants a to hold the draft that b holds, or held until it was closed
// there.
func WantSameDraft(t testing.TB, a, b *Browser) {
	t.Helper()
	a.WantDraft(t, b.DraftKey(t))
}
