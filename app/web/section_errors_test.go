package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"joinery/app/draft"
	"joinery/app/form"
	"joinery/app/i18n"
)

// TestPreviewWithoutAStoreChangesNothing wants the status 204, after which htmx leaves
// the page as it is.
func TestPreviewWithoutAStoreChangesNothing(t *testing.T) {
	t.Parallel()
	for drafts, open := range storeOpeners {
		t.Run(drafts, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, settings{drafts: open})
			v := s.visitor(t)
			v.press(v.openFirstSection(i18n.English), "")
			v.open("/en/apply/about")
			f := v.form("")
			f.set("region", "outside")
			s.draftStore.fail()
			p := v.htmx(http.MethodPost, f.action+"/region", f.values(nil))
			if p.status != http.StatusNoContent || p.body != "" || p.header.Get("HX-Retarget") != "" || len(p.header.Values("Set-Cookie")) > 0 {
				t.Errorf("a preview is %d %q %v, want 204 and nothing", p.status, p.body, p.header)
			}
			logged := s.log.String()
			if !strings.Contains(logged, `"level":"ERROR","msg":"no preview"`) {
				t.Errorf("the log does not say why: %s", logged)
			}
			if strings.Contains(logged, "Xylophone") || strings.Contains(logged, v.cookie()) {
				t.Errorf("the log holds answers or a secret: %s", logged)
			}
		})
	}
}

// TestAPostThatIsNoFormIsRefused protects saved answers: read as a form, such a post
// would clear them all.
func TestAPostThatIsNoFormIsRefused(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	v := s.visitor(t)
	l := i18n.French
	v.apply(l, answerFirst)
	before := s.dump(t)
	for name, kind := range map[string][]string{"none": nil, "text": {"text/plain"}, "JSON": {"application/json"}} {
		for _, path := range []string{"/fr/apply/about", "/fr/apply/about/region", "/fr/apply/check", "/fr/apply/sent/correct"} {
			v.header["Content-Type"] = kind
			v.post(path, url.Values{"first_name": {"Philately"}, "given": {"consent_privacy"}})
			v.want(http.StatusUnsupportedMediaType, i18n.T(l, "error.refused.title"))
			if part := v.htmx(http.MethodPost, path, nil); part.status != http.StatusUnsupportedMediaType || part.header.Get("HX-Retarget") != "#trouble" {
				t.Errorf("%s: %s: htmx is answered %d %v", name, path, part.status, part.header)
			}
		}
	}
	delete(v.header, "Content-Type")
	if after := s.dump(t); after != before {
		t.Errorf("what is no form has left\n%s\nwant\n%s", after, before)
	}
	v.open("/fr/apply/about")
	if got := v.form("").control("first_name").values[0]; !strings.Contains(got, "Xylophone") {
		t.Errorf("the name has become %q", got)
	}
}

// TestATextThatIsTooLongComesBack posts more than a form may have, up to nearly what is
// read, by every button. The page has all the text, and says which answer is too long and
// by how much.
func TestATextThatIsTooLongComesBack(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	before := s.dump(t)
	for _, from := range i18n.Languages {
		for _, size := range []int{maxFormSize + 1, maxBodyRead - 1000} {
			for _, button := range []string{"", i18n.T(from, "nav.later"), i18n.T(from.Other(), "lang.name")} {
				l := from
				if button == i18n.T(from.Other(), "lang.name") {
					l = from.Other()
				}
				v := s.visitor(t)
				f := v.openFirstSection(from)
				f.set("first_name", strings.Repeat("x", size))
				f.set("pronouns", "they")
				v.press(f, button)
				v.want(http.StatusRequestEntityTooLarge, s.wizard.Form.Sections[0].Title.In(l))
				f = v.form("")
				if len(f.control("first_name").values[0]) != size || f.control("pronouns").values[0] != "they" {
					t.Fatalf("of %d characters %d have come back", size, len(f.control("first_name").values[0]))
				}
				name, _ := s.wizard.Form.Sections[0].Field("first_name")
				words := v.page.text()
				for _, want := range []string{i18n.T(l, "unsaved.title"), i18n.T(l, "unsaved.too_long"), i18n.T(l, "problem.max", name.InShort(), name.Limit(), size)} {
					if !strings.Contains(words, want) {
						t.Errorf("the page does not say %q", want)
					}
				}
				if lines := v.page.summary(); len(lines) != 1 {
					t.Errorf("the summary has %d lines, want one", len(lines))
				}
				part := v.htmx(http.MethodPost, f.action, f.values(nil), "HX-Target", "div#page")
				if wantFragment(t, part); part.status != http.StatusRequestEntityTooLarge || part.byID("first_name-problem") == nil {
					t.Errorf("htmx is given %d", part.status)
				}
			}
		}
	}
	if after := s.dump(t); after != before {
		t.Error("something was saved")
	}
}

// TestMoreFieldsThanAFormHas posts what no page has: no answer is too long.
func TestMoreFieldsThanAFormHas(t *testing.T) {
	t.Parallel()
	v := newSite(t, settings{}).visitor(t)
	f := v.openFirstSection(i18n.English)
	values := f.values(nil)
	values.Set("made_up", strings.Repeat("x", maxFormSize))
	v.post(f.action, values)
	v.want(http.StatusRequestEntityTooLarge, "About you")
	if !strings.Contains(v.page.text(), i18n.T(i18n.English, "unsaved.too_large")) || len(v.page.summary()) > 0 {
		t.Errorf("the page says %q", v.page.summary())
	}
}

// TestTooLargeADraftKeepsTheTypedAnswers has a draft from when drafts could be larger.
func TestTooLargeADraftKeepsTheTypedAnswers(t *testing.T) {
	t.Parallel()
	l := i18n.French
	s := newSite(t, settings{})
	v := s.visitor(t)
	v.saveFirstSection(l)
	large := draft.Section{Answers: form.Answers{"affiliation_other": {strings.Repeat("x", 100_000)}}}
	_, err := s.draftStore.Save(t.Context(), v.storedDraft(), draft.Save{Section: "affiliations", Content: large, At: s.now(), Base: draft.AnyVersion})
	if err != nil {
		t.Fatal(err)
	}
	before := s.dump(t)
	v.post("/fr/apply/role", url.Values{"roles": {"clinician"}, "profession": {"Sage-femme"}, "shown": {"profession"}})
	v.want(http.StatusRequestEntityTooLarge, "Votre rôle")
	if got := v.form("").control("profession").values[0]; got != "Sage-femme" || !strings.Contains(v.page.text(), i18n.T(l, "unsaved.too_large")) {
		t.Errorf("the answer has become %.20q; %.500s", got, v.page.text())
	}
	if s.dump(t) != before {
		t.Error("the draft has changed")
	}
}

// TestAnAutosaveErrorLeavesTheFocus wants the error in the line of autosave.
func TestAnAutosaveErrorLeavesTheFocus(t *testing.T) {
	t.Parallel()
	v := newSite(t, settings{}).visitor(t)
	f := v.openFirstSection(i18n.English)
	f.set("first_name", strings.Repeat("x", maxFormSize+1))
	for path, target := range map[string]string{"/save": "div#saving", "/region": "div#region-more"} {
		p := v.htmx(http.MethodPost, f.action+path, f.values(nil), "HX-Target", target)
		if p.status != http.StatusRequestEntityTooLarge || p.header.Get("HX-Retarget") != "#saving" || len(p.texts(hasClass("summary"))) != 1 {
			t.Errorf("%s: %d %v %s", path, p.status, p.header, p.body)
		}
		if strings.Contains(p.body, "autofocus") || p.header.Get("HX-Reselect") != "p" {
			t.Errorf("%s moves the focus, or selects nothing: %v %s", path, p.header, p.body)
		}
	}
	if p := v.htmx(http.MethodPost, "/en/apply/check", f.values(nil), "HX-Target", "div#page"); p.header.Get("HX-Retarget") != "#trouble" {
		t.Errorf("a press of a button is answered at %s", p.header.Get("HX-Retarget"))
	}
}

// TestLogHoldsNoToken requests missing pages under a link with every method, also
// while its store fails.
func TestLogHoldsNoToken(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	v := s.visitor(t)
	v.send(i18n.English, answerFirst)
	link := s.link(t, 1)
	handle, proof, _ := strings.Cut(link[strings.LastIndex(link, "/")+1:], "-")
	ask := func() {
		for _, path := range []string{"", "/", "/renew", "/nowhere", "/not-mine/SECRET", "/renew/SECRET?q=SECRET", "//SECRET", "%2fSECRET", "/%ff"} {
			for _, method := range []string{"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"} {
				v.request(method, link+path, url.Values{"q": {"SECRET"}})
				v.htmx(method, strings.Replace(link, "/confirm/", "/nowhere/", 1)+path, nil)
			}
		}
	}
	ask()
	s.queue.DB.Close()
	ask()
	logged := s.log.String()
	if strings.Count(logged, `"msg":"request"`) < 200 || !strings.Contains(logged, `"msg":"request failed"`) {
		t.Fatalf("this test does not see what is logged, only %s", logged)
	}
	for _, secret := range []string{handle, proof, "SECRET"} {
		if strings.Contains(logged, secret) {
			t.Errorf("the log holds %q", secret)
		}
	}
}

// TestPreviewOfADroppedQuestionChangesNothing wants the status 204.
func TestPreviewOfADroppedQuestionChangesNothing(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	v := s.visitor(t)
	p := v.htmx(http.MethodPost, "/en/apply/about/country", url.Values{"region": {"on"}, "country": {"FR"}, "shown": {"country"}})
	if p.status != http.StatusNoContent || p.body != "" {
		t.Errorf("the preview is %d %q, want 204 and nothing", p.status, p.body)
	}
}

func TestAnUnansweredSectionShowsNoProblem(t *testing.T) {
	t.Parallel()
	v := newSite(t, settings{}).visitor(t)
	v.open("/en/apply/about?wrong=1")
	v.want(http.StatusOK, "")
	if wrong := v.page.byID("first_name-problem"); wrong != nil {
		t.Errorf("the page says %q", text(wrong))
	}
}

func TestAnExclusiveChoiceBesideOthersIsRefusedAndKept(t *testing.T) {
	t.Parallel()
	for l, label := range map[i18n.Lang]string{i18n.English: "Open to all health topics", i18n.French: "Tous les sujets de santé"} {
		v := newSite(t, settings{}).visitor(t)
		v.apply(l, answerFirst)
		v.open("/" + string(l) + "/apply/interests")
		f := v.form("")
		f.set("health_research", "open_to_all", "aging")
		v.post(f.action, f.values(nil))
		if want := i18n.T(l, "problem.exclusive", label); !slices.Contains(v.page.summary(), want) {
			t.Errorf("in %s, the page says %q, want %q", l, v.page.summary(), want)
		}
		if kept := v.form("").control("health_research").values; !slices.Equal(kept, []string{"open_to_all", "aging"}) {
			t.Errorf("in %s, the page keeps %q", l, kept)
		}
	}
}
