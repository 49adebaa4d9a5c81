package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"joinery/app/i18n"
)

// wantTyped wants controls of the page to have values.
func (v *visitor) wantTyped(want map[string]string) {
	v.t.Helper()
	for key, value := range want {
		if got := v.form("").control(key).values[0]; got != value {
			v.t.Errorf("%s is %q, want %q", key, got, value)
		}
	}
}

// TestASuggestionIsAcceptedAtTheField presses the button without JavaScript, also
// beside a problem.
func TestASuggestionIsAcceptedAtTheField(t *testing.T) {
	t.Parallel()
	for _, typed := range []string{"zoe@gmial.com", "zoe@gmail,com"} {
		for _, from := range []string{"", "?from=check"} {
			for _, l := range i18n.Languages {
				s := newSite(t, settings{})
				v := s.visitor(t)
				home := "/" + string(l) + "/apply/about"
				v.open(home + from)
				f := v.form("")
				f.set("email", typed)
				f.set("first_name", "Zoë")
				f.set("pronouns", strings.Repeat("é", 41)) // too long
				v.press(f, "")
				v.want(http.StatusUnprocessableEntity, s.wizard.Form.Sections[0].Title.In(l))
				says, button := v.page.adviceAt("email")
				if says != i18n.T(l, "advice.meant", "zoe@gmail.com") || button != i18n.T(l, "advice.accept", "zoe@gmail.com") {
					t.Fatalf("%s: the advice is %q, %q", typed, says, button)
				}
				if wrong := v.page.byID("email-problem") != nil; wrong != strings.Contains(typed, ",") {
					t.Errorf("%s: that there is an error is %v", typed, wrong)
				}
				v.pressButton(button)
				v.want(http.StatusUnprocessableEntity, s.wizard.Form.Sections[0].Title.In(l)) // the other problems stay
				if lines := v.page.summary(); len(lines) != 2 || v.page.byID("pronouns-problem") == nil || v.page.byID("email-problem") != nil {
					t.Errorf("%s: the summary is %q, want the region and the pronouns", typed, lines)
				}
				if got := v.page.url.RequestURI() + "#" + v.page.url.Fragment; v.statuses[0] != http.StatusSeeOther || got != home+from+"#email" {
					t.Errorf("accepting leads by %v to %s, want by 303 to the field", v.statuses, got)
				}
				v.wantTyped(map[string]string{"email": "zoe@gmail.com", "first_name": "Zoë", "pronouns": strings.Repeat("é", 41)})
				if says, button := v.page.adviceAt("email"); says+button != "" {
					t.Errorf("there still is the advice %q %q", says, button)
				}
				if kept := s.dump(t); !strings.Contains(kept, "zoe@gmail.com") || strings.Contains(kept, typed) {
					t.Errorf("kept is\n%s\nwant the address that was meant", kept)
				}
			}
		}
	}
}

// TestAnAcceptedSuggestionIsComputedAgain posts actions that no page offers.
func TestAnAcceptedSuggestionIsComputedAgain(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, typed, do, want string }{
		{"an address of its own", "zoe@clinic.example", "accept:email=mallory@evil.example", "zoe@clinic.example"},
		{"nothing to mend", "zoe@clinic.example", "accept:email", "zoe@clinic.example"},
		{"another question", "zoe@gmial.com", "accept:first_name", "zoe@gmial.com"},
		{"no question", "zoe@gmial.com", "accept:", "zoe@gmial.com"},
		{"a header", "zoe@gmial.com", "accept:email\r\nSet-Cookie: draft=x", "zoe@gmial.com"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			v := newSite(t, settings{}).visitor(t)
			f := v.openFirstSection(i18n.English)
			f.set("email", tt.typed)
			values := f.values(nil)
			values.Set("do", tt.do)
			p := v.request(http.MethodPost, f.action, values)
			if p.status != http.StatusSeeOther || !strings.HasPrefix(p.header.Get("Location"), "/en/apply/about") || len(p.header.Values("Set-Cookie")) != 1 {
				t.Errorf("%d %v, want 303 back to the section", p.status, p.header)
			}
			v.open("/en/apply/about")
			if got := v.form("").control("email").values[0]; got != tt.want {
				t.Errorf("the address is %q, want %q", got, tt.want)
			}
			v.answerSections(answerFirst)
			given := url.Values{"given": {"consent_news"}, "do": {tt.do}}
			v.post("/en/apply/check", given)
			v.wantConsents(i18n.English, "consent_news")
			if len(v.page.notes()) > 0 || !strings.Contains(v.page.text(), tt.want) || strings.Contains(v.page.text(), "mallory") {
				t.Errorf("the check page says %q", v.page.text())
			}
		})
	}
}

// applyWithTypo goes to the review page with a typo in the address.
func (v *visitor) applyWithTypo(l i18n.Lang) {
	v.t.Helper()
	f := v.openFirstSection(l)
	f.set("email", "Zoe.Xylophone@gmial.com")
	v.press(f, "")
	v.answerSections(answerFirst)
}

func TestASuggestionIsAcceptedOnTheReviewPage(t *testing.T) {
	t.Parallel()
	for drafts, open := range storeOpeners {
		for _, l := range i18n.Languages {
			t.Run(drafts+" "+string(l), func(t *testing.T) {
				t.Parallel()
				const meant = "Zoe.Xylophone@gmail.com"
				s := newSite(t, settings{drafts: open})
				v := s.visitor(t)
				v.applyWithTypo(l)
				before := v.page.texts(isTag("dd"))
				accept := i18n.T(l, "advice.accept", meant)
				if says := i18n.T(l, "advice.meant", meant) + " " + accept; !slices.Contains(before, says) {
					t.Fatalf("the page does not say %q: %q", says, before)
				}
				f := v.form(accept)
				f.set("given", "consent_news")
				f.set(trapField, "filled in by the browser")
				v.post(f.action, f.values(f.button(accept))) // a button that does not submit has no bot check
				v.wantConsents(l, "consent_news")
				v.wantNote(l, "note.accepted")
				if focused := elements(v.page.root, func(e *html.Node) bool { return hasAttribute(e, "autofocus") }); len(focused) != 1 || !hasClass("note")(focused[0]) {
					t.Errorf("the focus goes to %d elements, want the note", len(focused))
				}
				want := slices.DeleteFunc(before, func(says string) bool { return strings.HasSuffix(says, accept) })
				want[slices.Index(want, "Zoe.Xylophone@gmial.com")] = meant
				if got := v.page.texts(isTag("dd")); !slices.Equal(got, want) {
					t.Errorf("the answers are now\n%q, want\n%q", got, want)
				}
				if v.open("/" + string(l) + "/apply"); !strings.HasSuffix(v.page.url.Path, "/check") {
					t.Errorf("going on leads to %s, want the check page", v.page.url.Path)
				}
				f = v.form(i18n.T(l, "check.send"))
				f.set("given", "consent_privacy")
				v.press(f, i18n.T(l, "check.send"))
				v.want(http.StatusOK, i18n.T(l, "sent.waiting.title"))
				if letters := s.letters(t); len(letters) != 1 || letters[0].To != meant {
					t.Errorf("the letters are %+v, want one to %s", letters, meant)
				}
			})
		}
	}
}

// TestAcceptingOnAStaleReviewPageChangesNothing presses the button after another tab
// has changed the address, deleted the draft, or submitted.
func TestAcceptingOnAStaleReviewPageChangesNothing(t *testing.T) {
	t.Parallel()
	l := i18n.English
	accept := i18n.T(l, "advice.accept", "Zoe.Xylophone@gmail.com")
	s := newSite(t, settings{})
	v := s.visitor(t)
	v.applyWithTypo(l)
	stale := v.form(accept)
	v.open("/en/apply/about")
	f := v.form("")
	f.set("email", "zoe@hotmial.com")
	v.press(f, "")
	v.press(stale, accept)
	v.want(http.StatusOK, i18n.T(l, "check.title"))
	v.wantNote(l, "note.changed")
	if !strings.Contains(v.page.text(), "zoe@hotmial.com") {
		t.Errorf("the page says %q, want the address of the other tab", v.page.text())
	}

	current := v.form(i18n.T(l, "check.send"))
	current.fill(answerFirst)
	v.press(current, i18n.T(l, "check.send"))
	v.want(http.StatusOK, i18n.T(l, "sent.waiting.title"))
	before := s.dump(t)
	v.press(stale, accept)
	if after := s.dump(t); after != before || !strings.HasSuffix(v.page.url.Path, "/apply/sent") {
		t.Errorf("after sending it leads to %s and leaves\n%s", v.page.url, after)
	}

	v = s.visitor(t)
	before = s.dump(t)
	v.press(stale, accept)
	if after := s.dump(t); after != before || !strings.HasSuffix(v.page.url.Path, "/apply/about") {
		t.Errorf("without a draft it leads to %s and leaves\n%s", v.page.url, after)
	}
}

// TestAcceptingBeforeTheEndChangesNothing posts to the review page while a section is
// incomplete.
func TestAcceptingBeforeTheEndChangesNothing(t *testing.T) {
	t.Parallel()
	v := newSite(t, settings{}).visitor(t)
	f := v.openFirstSection(i18n.English)
	f.set("email", "zoe@gmial.com")
	v.press(f, i18n.T(i18n.English, "nav.later"))
	v.post("/en/apply/check", url.Values{"do": {"accept:email"}})
	v.wantNote(i18n.English, "note.order")
	if got := v.form("").control("email").values[0]; got != "zoe@gmial.com" || v.page.url.Path != "/en/apply/about" {
		t.Errorf("at %s the address is %q", v.page.url, got)
	}
}

// TestAcceptingWithoutAStoreLosesNothing wants an error message and the typed answers.
func TestAcceptingWithoutAStoreLosesNothing(t *testing.T) {
	t.Parallel()
	l := i18n.French
	s := newSite(t, settings{})
	v := s.visitor(t)
	v.applyWithTypo(l)
	check := v.form("")
	v.open("/fr/apply/about")
	accept := i18n.T(l, "advice.accept", "Zoe.Xylophone@gmail.com")
	f := v.form(accept)
	s.draftStore.fail()
	v.press(f, accept)
	v.want(http.StatusServiceUnavailable, s.wizard.Form.Sections[0].Title.In(l))
	if got := v.form("").control("email").values[0]; got != "Zoe.Xylophone@gmail.com" {
		t.Errorf("the address is %q", got)
	}
	v.press(check, accept)
	v.want(http.StatusServiceUnavailable, i18n.T(l, "check.title"))
	if strings.Contains(s.log.String(), "Xylophone") {
		t.Errorf("the log holds the address: %s", s.log)
	}
}
