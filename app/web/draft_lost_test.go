package web

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"joinery/app/i18n"
)

// loseDraft makes the store forget the draft of v, as a Redis without persistence does.
func (s *site) loseDraft(v *visitor) {
	v.t.Helper()
	if err := s.draftStore.Delete(v.t.Context(), v.draftKey()); err != nil {
		v.t.Fatal(err)
	}
}

// saysLost reports whether the page says that the draft of v is lost, and since when.
func (v *visitor) saysLost(l i18n.Lang, key string, last time.Time) bool {
	return strings.Contains(v.page.text(), i18n.T(l, key, i18n.When(l, last.UTC(), v.site.now())))
}

func TestAPersonIsToldThatTheirDraftIsLost(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		v := s.visitor(t)
		v.press(v.openFirstSection(l), "")
		last := s.now()
		s.pass(3 * time.Hour)
		role := v.open("/" + string(l) + "/apply/role")
		s.loseDraft(v)
		for _, path := range []string{"/apply", "/apply/about", "/apply/role", "/apply/check"} {
			v.open("/" + string(l) + path)
			v.want(http.StatusOK, s.wizard.Form.Sections[0].Title.In(l))
			if !v.saysLost(l, "lost_data.text", last) || len(v.page.notes()) > 0 {
				t.Errorf("%s says %s", path, v.page.text())
			}
		}
		if v.open("/" + string(l)); !v.saysLost(l, "lost_data.landing", last) {
			t.Errorf("the first page says %q", v.page.notes())
		}
		v.page = role
		f := v.form("")
		f.fill(answerFirst)
		saved := v.request(http.MethodPost, f.action+"/save", f.values(nil))
		if saved.status != http.StatusGone || !strings.Contains(saved.text(), i18n.T(l, "lost_data.saving")) {
			t.Errorf("an autosave is answered with %d, %s", saved.status, saved.text())
		}
		v.press(f, "")
		v.wantNote(l, "note.lost_data")
		v.want(http.StatusOK, s.wizard.Form.Sections[0].Title.In(l))
		v.saveFirstSection(l)
		if v.open("/" + string(l)); v.saysLost(l, "lost_data.landing", last) {
			t.Error("with a new draft the first page still tells of the old one")
		}
	}
}

// TestADraftThatEndedIsNotCalledLost whether it was deleted or has expired.
func TestADraftThatEndedIsNotCalledLost(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(*site, *visitor){
		"deleted": func(s *site, v *visitor) {
			if err := s.deleteDraft(t.Context(), v.cookie()); err != nil {
				t.Fatal(err)
			}
		},
		"expired": func(s *site, _ *visitor) { s.pass(draftTTL) },
	} {
		s := newSite(t, settings{})
		v := s.visitor(t)
		v.saveFirstSection(i18n.English)
		last := s.now()
		end(s, v)
		if v.open("/en/apply"); v.saysLost(i18n.English, "lost_data.text", last) {
			t.Errorf("a draft that was %s is called lost", name)
		}
	}
}

// TestALossIsToldOfThoughDraftsWereKeptForAnotherTime restarts a site with other TTLs. A
// draft that is lost is called lost, since its save, until it would have ended by itself.
func TestALossIsToldOfThoughDraftsWereKeptForAnotherTime(t *testing.T) {
	t.Parallel()
	const shorter, longer = draftTTL / 3, 3 * draftTTL
	for name, c := range map[string]struct {
		saved  time.Duration   // the TTL of the save
		later  []time.Duration // those of later starts
		passed time.Duration
		lost   bool
	}{
		"lost in the shorter time":        {longer, []time.Duration{draftTTL}, draftTTL - time.Hour, true},
		"ended in the shorter time":       {longer, []time.Duration{draftTTL}, draftTTL + time.Hour, false},
		"ended long ago":                  {longer, []time.Duration{draftTTL}, longer - time.Hour, false},
		"lost after the time was longer":  {draftTTL, []time.Duration{longer, draftTTL}, time.Hour, true},
		"lost before the longer time":     {shorter, []time.Duration{draftTTL}, time.Hour, true},
		"ended before the time is longer": {shorter, []time.Duration{draftTTL}, shorter + time.Hour, false},
	} {
		s := newSite(t, settings{})
		owner := s.visitorWithDraft(t, i18n.English, "Ada")
		last := s.now()
		if err := s.accessStore.SetExpiry(t.Context(), owner.draftKey(), last, last.Add(c.saved)); err != nil {
			t.Fatal(err)
		}
		for _, ttl := range c.later {
			if err := s.accessStore.FollowTTL(t.Context(), ttl); err != nil {
				t.Fatal(err)
			}
		}
		s.pass(c.passed)
		if c.passed < draftTTL { // after that it has ended
			s.loseDraft(owner)
		}
		if owner.open("/en/apply"); owner.saysLost(i18n.English, "lost_data.text", last) != c.lost {
			t.Errorf("%s: the page says %s", name, owner.page.text())
		}
	}
}

func TestALinkToALostDraftSaysSo(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	owner := s.visitorWithDraft(t, i18n.English, "Ada")
	link := s.requestedLink(t, i18n.English, "Ada", 1)
	last := s.now()
	s.loseDraft(owner)
	v := s.visitor(t)
	v.open(link)
	v.want(http.StatusGone, i18n.T(i18n.English, "lost_data.title"))
	if !v.saysLost(i18n.English, "lost_data.link", last) {
		t.Errorf("the page says %s", v.page.text())
	}
}
