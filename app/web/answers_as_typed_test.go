package web

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"joinery/app/i18n"
)

// answeredAs answers the first section with this name, and the other sections anyhow.
func (v *visitor) answeredAs(l i18n.Lang, first, last string) {
	v.t.Helper()
	f := v.openFirstSection(l)
	f.set("first_name", first)
	f.set("last_name", last)
	v.press(f, "")
	v.answerSections(answerFirst)
}

// TestANameStaysAsItWasTyped types an accent after its letter, and a character that
// composing (NFC) would change for good.
func TestANameStaysAsItWasTyped(t *testing.T) {
	t.Parallel()
	const first, last = "Zoe\u0301", "\ufa19田"
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		v := s.visitor(t)
		v.answeredAs(l, first, last)
		v.wantShown(first, last)
		v.open("/" + string(l) + "/apply/about")
		if f := v.form(""); f.control("first_name").values[0] != first || f.control("last_name").values[0] != last {
			t.Errorf("the fields have %+q and %+q", f.control("first_name").values, f.control("last_name").values)
		}
		v.open("/" + string(l) + "/apply/check")
		f := v.form(i18n.T(l, "check.send"))
		f.fill(answerFirst)
		v.press(f, i18n.T(l, "check.send"))
		v.open("/" + string(l) + "/apply/receipt")
		v.wantShown(first, last)
		v.open(s.link(t, 1))
		members := s.allMembers(t)
		if len(members) != 1 || members[0].Answers.First("first_name") != first || members[0].Answers.First("last_name") != last {
			t.Errorf("the members are %+v, want one with this name", members)
		}
	}
}

// wantShown checks that the page shows these answers.
func (v *visitor) wantShown(answers ...string) {
	v.t.Helper()
	shown := v.page.texts(isTag("dd"))
	for _, want := range answers {
		if !slices.Contains(shown, want) {
			v.t.Errorf("%s shows %+q, want %+q", v.page.url, shown, want)
		}
	}
}

func TestAnAccentAfterItsLetterDoesNotCount(t *testing.T) {
	t.Parallel()
	l := i18n.English
	v := newSite(t, settings{}).visitor(t)
	v.apply(l, answerFirst)
	for _, section := range v.site.wizard.Form.Sections {
		question, ok := section.Field("goals")
		if !ok {
			continue
		}
		v.open("/en/apply/" + section.Key)
		f := v.form("")
		f.set("goals", strings.Repeat("e\u0301", question.Limit()))
		part := v.htmx(http.MethodPost, "/en/apply/"+section.Key+"/goals", f.values(nil))
		if got, want := text(part.byID("goals-length")), i18n.N(l, "field.count", question.Limit(), question.Limit()); got != want {
			t.Errorf("the page counts %q, want %q", got, want)
		}
		if v.press(f, ""); v.page.status != http.StatusOK {
			t.Errorf("it is refused: %q", v.page.summary())
		}
	}
}

func TestTheReceiptAsPDFHasComposedLetters(t *testing.T) {
	t.Parallel()
	rows := receiptRows([]answerRow{{Label: "Name", Values: []string{"Zoe\u0301", "Roy"}}})
	if got := rows[0].Values; !slices.Equal(got, []string{"Zoé", "Roy"}) {
		t.Errorf("the answers in the PDF are %+q", got)
	}
}
