package join

import (
	"testing"

	"joinery/app/form"
	"joinery/app/i18n"
)

func TestWhereSomebodyGoesOn(t *testing.T) {
	cat := form.Answers{"pet": {"cat"}, "petname": {"Łuna"}}
	one := func(m SaveMode) func(*testing.T, *browser) {
		return func(t *testing.T, w *browser) { w.open(t, "one").must(t, m, form.Answers{"lang": {"fr"}}) }
	}
	two := func(m SaveMode) func(*testing.T, *browser) {
		return func(t *testing.T, w *browser) { w.open(t, "two").must(t, m, cat) }
	}
	wrong := func(t *testing.T, w *browser) { w.open(t, "one").must(t, Continue, form.Answers{"mail": {"nobody"}}) }
	tick := func(t *testing.T, w *browser) {
		fine(t, w.SaveConsents(t.Context(), w.id, []string{"news"}, i18n.English))
	}
	type steps []func(*testing.T, *browser)
	tests := []struct {
		name  string
		steps steps // after the first section was continued
		where string
		left  string
	}{
		{"on with what is next", nil, "two", ""},
		{"in what they left", steps{two(Leave)}, "two", "two"},
		{"in what they were filling in", steps{two(Autosave)}, "two", "two"},
		{"in an earlier one that they left", steps{two(Continue), one(Leave)}, "one", "one"},
		{"in the one they were in last", steps{one(Autosave), two(Autosave)}, "two", "two"},
		{"on once they have continued", steps{one(Autosave), one(Continue)}, "two", ""},
		{"on the last page when all is done", steps{two(Continue)}, "", ""},
		{"on the last page that they left", steps{two(Continue), tick}, "", "check"},
		{"on the last page though they once left another", steps{two(Leave), two(Continue), tick}, "", "check"},
		{"in what is wrong", steps{two(Continue), wrong}, "one", ""},
		{"in what is wrong rather than in what comes later", steps{wrong, two(Leave)}, "one", "two"},
	}
	overStores(t, func(t *testing.T, b *bench) {
		for _, tt := range tests {
			t.Run(tt.name, func(t *testing.T) {
				w := b.begun(t)
				for _, step := range tt.steps {
					step(t, w)
				}
				p, where := w.progress(t), ""
				if section := p.NextPage(b.Form); section != nil {
					where = section.Key
				}
				if where != tt.where || p.LeftAt != tt.left || p.LeftAtReview() != (tt.left == "check") {
					t.Errorf("they go on in %q and left %q, %t, want %q and %q", where, p.LeftAt, p.LeftAtReview(), tt.where, tt.left)
				}
			})
		}
	})
}

func TestWhereIsTheSameOnEveryDevice(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		w := b.begun(t)
		other := w.beside(t)
		p := w.open(t, "two")
		p.lang = i18n.French
		p.must(t, Leave, form.Answers{"pet": {"cat"}})
		if got := other.progress(t); got.NextPage(b.Form).Key != "two" || got.Draft.Lang != i18n.French {
			t.Errorf("on another device they go on in %s in %s, want two in French", got.NextPage(b.Form).Key, got.Draft.Lang)
		}
		if a, b := w.progress(t).ShortID(), other.progress(t).ShortID(); a != b || a == "" {
			t.Errorf("the draft has the names %q and %q, want one", a, b)
		}
	})
}

func TestWhatIsReachable(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	w := &browser{bench: b}
	reachable := func() (found string) {
		p := w.progress(t)
		for i := range b.Form.Sections {
			if p.Reachable(b.Form, &b.Form.Sections[i]) {
				found += b.Form.Sections[i].Key + " "
			}
		}
		return found
	}
	want := func(want string) {
		t.Helper()
		if got := reachable(); got != want {
			t.Errorf("reachable are %q, want %q", got, want)
		}
	}
	want("one ")
	w.open(t, "one").must(t, Leave, form.Answers{"mail": {"zoe@example.ca"}, "lang": {"en"}})
	want("one ")
	w.open(t, "one").must(t, Continue, nil)
	want("one two ")
	w.id = b.finished(t)
	want("one two ")
}
