package web

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"joinery/app/i18n"
)

// applicantPhases bring an applicant to where their pages are kept open.
var applicantPhases = map[string]func(*visitor){
	"begun": func(v *visitor) { v.apply(i18n.English, answerFirst) },
	"sent":  func(v *visitor) { v.send(i18n.English, answerFirst); v.site.pass(time.Hour) },
}

// buttonsOf are the keys of the buttons on the pages of a phase.
var buttonsOf = map[string]map[string][]string{
	"begun": {
		"/check":  {"check.send", "nav.later", "draft.phone"},
		"/phone":  {"phone.make"},
		"/later":  {"later.send"},
		"/delete": {"delete.button"},
		"/leave":  {"leave.button", "later.send"},
	},
	"sent": {
		"/sent":  {"proof.send", "sent.again", "sent.readdress", "sent.correct"},
		"/leave": {"leave.button"},
	},
}

// formsOf returns the filled forms of the pages of a phase, by their page and button.
func (v *visitor) formsOf(phase string) map[string]*htmlForm {
	v.t.Helper()
	forms := make(map[string]*htmlForm)
	for path, buttons := range buttonsOf[phase] {
		v.open("/en/apply" + path)
		for _, key := range buttons {
			f := v.form(i18n.T(i18n.English, key))
			for name, value := range map[string]string{"code": "ABCD-EFGH", "address": "ada@example.ca", "given": "consent_news"} {
				if f.control(name) != nil {
					f.set(name, value)
				}
			}
			forms[path+" "+key] = f
		}
	}
	return forms
}

// TestFormsOfAnotherPersonDoNothing presses the buttons of pages whose applicant has left
// the browser, before and after sending, once it holds what another person has begun or
// sent.
func TestFormsOfAnotherPersonDoNothing(t *testing.T) {
	for drafts, open := range storeOpeners {
		for of, first := range applicantPhases {
			for since, second := range applicantPhases {
				t.Run(drafts+", "+of+", "+since, func(t *testing.T) {
					t.Parallel()
					v := newSite(t, settings{drafts: open}).visitor(t)
					first(v)
					forms := v.formsOf(of)
					v.open("/en" + leavePath)
					v.pressButton(i18n.T(i18n.English, "leave.button"))
					second(v)
					v.site.letters(t) // sends what waits
					v.wantFormsDoNothing(forms, of, since)
				})
			}
		}
	}
}

// wantFormsDoNothing presses the buttons of forms of another person, and saves the ticked
// consents quietly.
func (v *visitor) wantFormsDoNothing(forms map[string]*htmlForm, of, since string) {
	v.t.Helper()
	l, letters, session, before := i18n.English, len(v.site.letters(v.t)), v.cookie(), v.site.dump(v.t)
	if consents := forms["/check check.send"]; consents != nil {
		p := v.htmx(http.MethodPost, "/en/apply/check/save", consents.values(nil))
		if p.status != http.StatusConflict || !strings.Contains(p.text(), i18n.T(l, "saving.not_held")) {
			v.t.Errorf("a quiet save of consents is %d: %s", p.status, p.text())
		}
	}
	for name, f := range forms {
		_, key, _ := strings.Cut(name, " ")
		v.press(f, i18n.T(l, key))
		if v.site.dump(v.t) != before || v.cookie() != session || len(v.site.letters(v.t)) != letters {
			v.t.Fatalf("the button %s has done something:\n%s", name, v.site.dump(v.t))
		}
		switch {
		case since == "begun" && key == "sent.correct", since == "sent" && of == "begun" && !strings.HasPrefix(name, "/check") && key != "leave.button":
			// leads to what the browser holds, as without the page
		default:
			v.wantNote(l, "note.switched")
		}
	}
}
