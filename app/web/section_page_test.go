package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"joinery/app/i18n"
)

// openFirstSection opens the first section and fills in its form.
func (v *visitor) openFirstSection(l i18n.Lang) *htmlForm {
	v.t.Helper()
	v.open("/" + string(l) + "/apply")
	f := v.form("")
	f.fill(answerFirst)
	return f
}

func TestRefusedAnswersStayOnThePage(t *testing.T) {
	t.Parallel()
	v := newSite(t, settings{}).visitor(t)
	for _, l := range i18n.Languages {
		f := v.openFirstSection(l)
		f.set("first_name", "")
		f.set("email", "<nobody>")
		f.set("region", "qc")
		f.set("pronouns", strings.Repeat("é", 41))
		v.press(f, "")
		if !slices.Equal(v.statuses, []int{http.StatusSeeOther, http.StatusUnprocessableEntity}) || v.page.url.RequestURI() != f.action+"?wrong=1" {
			t.Errorf("wrong answers lead by %v to %s, want by 303 to a page of its own that says 422", v.statuses, v.page.url)
		}
		if got := v.page.summary(); len(got) != 3 || !strings.HasPrefix(v.page.title(), i18n.T(l, "error.prefix")) {
			t.Errorf("title %q, summary %q, want an error and 3 lines", v.page.title(), got)
		}
		shown := v.form("")
		for _, c := range f.visibleControls() {
			if again := shown.control(c.name); again == nil || !slices.Equal(again.values, c.values) {
				t.Errorf("%s was %q and is now %+v", c.name, c.values, again)
			}
		}
		for _, id := range []string{"first_name", "email", "pronouns"} {
			control := v.page.byID(id)
			described := attribute(control, "aria-describedby")
			if attribute(control, "aria-invalid") != "true" || !strings.Contains(described, id+"-problem") {
				t.Errorf("%s is not marked as wrong: %v", id, control.Attr)
			}
			if problem := text(v.page.byID(id + "-problem")); !slices.ContainsFunc(v.page.summary(), func(line string) bool {
				return strings.HasSuffix(problem, line)
			}) {
				t.Errorf("at %s stands %q, in the summary %q", id, problem, v.page.summary())
			}
		}
	}
}

func TestConditionalQuestionComesAfterContinue(t *testing.T) {
	t.Parallel()
	v := newSite(t, settings{}).visitor(t)
	f := v.openFirstSection(i18n.French)
	f.set("region", "outside")
	v.press(f, "")
	if !slices.Equal(v.statuses, []int{http.StatusSeeOther, http.StatusOK}) || v.page.url.Path != f.action {
		t.Errorf("led by %v to %s, want by 303 to %s again", v.statuses, v.page.url.Path, f.action)
	}
	v.wantNote(i18n.French, "note.more")
	if len(v.page.summary()) > 0 || strings.HasPrefix(v.page.title(), i18n.T(i18n.French, "error.prefix")) {
		t.Errorf("without a mistake the summary says %q", v.page.summary())
	}
	again := v.form("")
	if again.control("country") == nil {
		t.Fatal("the question about the country is not on the page")
	}
	v.press(again, "")
	v.want(http.StatusUnprocessableEntity, "")
	if len(v.page.summary()) != 1 || v.page.byID("country-problem") == nil {
		t.Errorf("without a country the summary is %q, want one line, about it", v.page.summary())
	}
}

// TestAnAnswerReturnsWithItsQuestion changes an answer twice.
func TestAnAnswerReturnsWithItsQuestion(t *testing.T) {
	t.Parallel()
	v := newSite(t, settings{}).visitor(t)
	for _, region := range []string{"outside", "outside", "qc", "outside"} {
		v.open("/en/apply/about")
		f := v.form("")
		f.fill(answerLast)
		f.set("region", region)
		if region == "qc" && f.control("country").values[0] != "another" {
			t.Fatalf("the country is %q, want another", f.control("country").values)
		}
		v.press(f, "")
	}
	v.want(http.StatusOK, "")
	f := v.form("")
	if c := f.control("country"); c == nil || !slices.Equal(c.values, []string{"another"}) {
		t.Errorf("the country has come back as %+v, want another", c)
	}
}

func TestPreviewSavesNothing(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	v := s.visitor(t)
	f := v.openFirstSection(i18n.English)
	before := s.dump(t)
	tests := []struct {
		name        string
		field, says string
		there       string // an id that the fragment must have
		gone        string // an id that it must not have
	}{
		{"a question is raised", "region", "outside", "country", "region-problem"},
		{"no question is raised", "region", "qc", "region-more", "country"},
		{"an error", "email", "nobody", "email-problem", ""},
		{"an error mended", "email", "zoe@example.ca", "email-field", "email-problem"},
		{"an advice to come", "first_name", "", "first_name-problem", "last_name"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f.set(tt.field, tt.says)
			part := v.htmx(http.MethodPost, f.action+"/"+tt.field, f.values(nil))
			if part.status != http.StatusOK || part.byID(tt.there) == nil || part.byID(tt.gone) != nil && tt.gone != "" {
				t.Errorf("%d, want 200 with #%s and without #%s:\n%s", part.status, tt.there, tt.gone, part.body)
			}
			if cookies := part.header.Values("Set-Cookie"); len(cookies) > 0 {
				t.Errorf("a preview sets %q", cookies)
			}
		})
	}
	if after := s.dump(t); after != before {
		t.Errorf("previews have saved\n%s", after)
	}
}

func TestPreviewCountsCharactersOfLongText(t *testing.T) {
	t.Parallel()
	v := newSite(t, settings{}).visitor(t)
	part := v.htmx(http.MethodPost, "/fr/apply/interests/goals", url.Values{"goals": {"é試\r\né"}})
	if got, want := text(part.byID("goals-length")), i18n.N(i18n.French, "field.count", 4, 1000); got != want {
		t.Errorf("the count is %q, want %q", got, want)
	}
}

func TestPreviewAnnouncesFollowUpsAndCounts(t *testing.T) {
	t.Parallel()
	v := newSite(t, settings{}).visitor(t)
	for _, ticked := range [][]string{nil, {"policy"}, {"policy", "clinical"}} {
		part := v.htmx(http.MethodPost, "/fr/apply/interests/expertise", url.Values{"expertise": ticked})
		if got, want := text(part.byID("expertise-count")), i18n.N(i18n.French, "field.chosen", len(ticked)); got != want {
			t.Errorf("of %q the count is %q, want %q", ticked, got, want)
		}
	}
	part := v.htmx(http.MethodPost, "/fr/apply/role/roles", url.Values{"roles": {"other"}})
	other := v.site.wizard.Form.Field("role_other")
	if got, want := text(part.byID("roles-more")), i18n.T(i18n.French, "field.raised", other.Label); !strings.HasPrefix(got, want) {
		t.Errorf("a screen reader announces %q, want first of all %q", got, want)
	}
	if part := v.htmx(http.MethodPost, "/fr/apply/about/language", url.Values{}); part.byID("language-count") != nil {
		t.Error("two choices are counted")
	}
}

func TestEnterContinues(t *testing.T) {
	t.Parallel()
	v := newSite(t, settings{}).visitor(t)
	v.apply(i18n.English, answerFirst)
	for _, section := range v.site.wizard.Form.Sections {
		v.open("/en/apply/" + section.Key)
		if button := v.form("").button(""); hasAttribute(button, "name") {
			t.Errorf("in %s Enter presses %s=%s", section.Key, attribute(button, "name"), attribute(button, "value"))
		}
	}
}

// TestTheDraftComesFirstForWhoComesBack comes back to a section at once, and an hour later.
func TestTheDraftComesFirstForWhoComesBack(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		v := s.visitor(t)
		v.press(v.openFirstSection(l), "")
		place := i18n.T(l, "draft.place", s.wizard.Form.Sections[1].Title)
		for _, later := range []time.Duration{0, time.Hour} {
			s.pass(later)
			v.open("/" + string(l) + "/apply/about")
			before, after, _ := strings.Cut(v.page.text(), s.wizard.Form.Sections[0].Fields[0].Label.In(l))
			greeting, _, _ := strings.Cut(i18n.T(l, "draft.saved", ""), "!")
			if strings.Contains(before, place) != (later > 0) || strings.Contains(after, place) != (later == 0) || strings.Contains(v.page.text(), greeting) != (later > 0) {
				t.Errorf("after %v the page says %q before the questions, then %q", later, before, after)
			}
		}
		v.press(v.openFirstSection(l), "")
		v.open("/" + string(l) + "/apply/about")
		if before, _, _ := strings.Cut(v.page.text(), s.wizard.Form.Sections[0].Fields[0].Label.In(l)); strings.Contains(before, place) {
			t.Errorf("after a save the page says %q before the questions", before)
		}
	}
}
