package web

import (
	"net/http"
	"net/url"
	"testing"

	"joinery/app/access"
	"joinery/app/dbtest"
	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/wizard"
)

// secondForm is a form that shares only an address and a language with the one for
// membership.
const secondForm = `{
	"version": "1",
	"sections": [
		{"key": "project", "title": {"en": "Your project", "fr": "Votre projet"}, "fields": [
			{"key": "project_title", "kind": "text", "required": true,
				"label": {"en": "Title of the project", "fr": "Titre du projet"}, "missing": {"en": "Name the project", "fr": "Nommez le projet"}},
			{"key": "reply_to", "kind": "email", "role": "address", "required": true,
				"label": {"en": "Where do we write to?", "fr": "Où écrire?"}, "missing": {"en": "Give an address", "fr": "Donnez une adresse"}},
			{"key": "reply_in", "kind": "radio", "role": "language", "required": true,
				"label": {"en": "Language", "fr": "Langue"}, "missing": {"en": "Choose", "fr": "Choisissez"},
				"options": [{"code": "en", "label": {"en": "English", "fr": "Anglais"}}, {"code": "fr", "label": {"en": "French", "fr": "Français"}}]}
		]},
		{"key": "budget", "title": {"en": "Budget", "fr": "Budget"}, "fields": [
			{"key": "amount", "kind": "text", "required": true,
				"label": {"en": "Amount", "fr": "Montant"}, "missing": {"en": "Name the amount", "fr": "Indiquez le montant"}}
		]}
	],
	"consents": []
}`

// mountSecond adds a second wizard, with another form and its own stores, at a path of
// a site.
func (s *site) mountSecond(t *testing.T, base string) *wizard.Wizard {
	t.Helper()
	questions, err := form.Parse([]byte(secondForm))
	if err != nil {
		t.Fatal(err)
	}
	file := dbtest.New(t)
	w, err := wizard.New(wizard.Options{
		Form: questions, Drafts: openSQLiteDrafts(t, s.clock), Access: access.NewStore(file, dbtest.Ring(t, file)), Now: s.now, TTL: draftTTL,
	})
	if err != nil {
		t.Fatal(err)
	}
	second := s.server.mount(w, base, "call")
	for _, l := range i18n.Languages {
		second.routesIn(s.server.app.Group("/" + string(l)))
	}
	return w
}

// TestASecondFormStandsBesideTheFirst fills in two forms in one browser, each at its
// own path and with its own cookie.
func TestASecondFormStandsBesideTheFirst(t *testing.T) {
	t.Parallel()
	var second *wizard.Wizard
	s := newSite(t, settings{addSecondForm: func(s *site) { second = s.mountSecond(t, "/call") }})
	v := s.visitor(t)
	v.apply(i18n.English, answerFirst)
	before := v.draftKey()

	v.open("/en/call")
	v.want(http.StatusOK, "Your project")
	v.open("/en/call/budget") // not reachable yet
	v.want(http.StatusOK, "Your project")
	f := v.form(i18n.T(i18n.English, "nav.continue"))
	v.press(f, i18n.T(i18n.English, "nav.continue"))
	v.want(http.StatusUnprocessableEntity, "Your project")
	f = v.form(i18n.T(i18n.English, "nav.continue"))
	f.set("project_title", "Listening")
	f.set("reply_to", "zoe@example.ca")
	f.set("reply_in", "en")
	v.press(f, i18n.T(i18n.English, "nav.continue"))
	v.want(http.StatusOK, "Budget")

	f = v.form(i18n.T(i18n.English, "nav.continue"))
	f.set("amount", "100")
	if saved := v.htmx(http.MethodPost, f.action+"/save", f.values(nil)); saved.status != http.StatusOK {
		t.Errorf("an autosave of the second form is answered with %d", saved.status)
	}
	v.open("/fr/call/budget")
	v.want(http.StatusOK, "Budget")
	if amount := v.form(i18n.T(i18n.French, "nav.continue")).values(nil).Get("amount"); amount != "100" {
		t.Errorf("the amount is %q, want what was saved", amount)
	}

	var session string
	for _, c := range v.client.Jar.Cookies(&url.URL{Scheme: "http", Host: v.address().Host, Path: "/"}) {
		if c.Name == "call" {
			session = c.Value
		}
	}
	p, err := second.Progress(t.Context(), session)
	if err != nil || p.Draft.Typed(second.Form).First("project_title") != "Listening" {
		t.Errorf("the second draft is %+v, %v", p.Draft, err)
	}
	if v.draftKey() != before {
		t.Error("the second form has changed which draft of the first this browser holds")
	}
	v.open("/en/apply")
	v.want(http.StatusOK, i18n.T(i18n.English, "check.title"))
}
