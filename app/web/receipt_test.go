package web

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"joinery/app/i18n"
	"joinery/app/member"
)

// sendWithText submits an application with words as the answer to each text question.
func (v *visitor) sendWithText(l i18n.Lang, words string) {
	v.t.Helper()
	v.open("/" + string(l))
	v.open(v.page.link("primary"))
	for !strings.HasSuffix(v.page.url.Path, "/check") {
		f := v.form("")
		f.fill(answerLast)
		for _, c := range f.visibleControls() {
			if c.kind == "text" || c.kind == "textarea" {
				c.values = []string{words}
			}
		}
		if v.press(f, ""); v.page.status != http.StatusOK {
			v.t.Fatalf("at %s: %d, %q", v.page.url.Path, v.page.status, v.page.summary())
		}
	}
	f := v.form(i18n.T(l, "check.send"))
	f.fill(answerFirst)
	v.press(f, i18n.T(l, "check.send"))
	v.want(http.StatusOK, i18n.T(l, "sent.waiting.title"))
}

// answersShown returns the questions and the answers of the page.
func (p *htmlPage) answersShown() (shown []string) {
	for _, row := range elements(p.root, hasClass("row")) {
		for _, e := range elements(row, isTag("dt", "dd")) {
			if !hasClass("advice")(e) && !hasClass("edit")(e) {
				shown = append(shown, text(e))
			}
		}
	}
	return shown
}

func TestReceiptShowsTheAnswers(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		v := s.visitor(t)
		v.apply(l, answerAll)
		checked := v.page.answersShown()
		f := v.form(i18n.T(l, "check.send"))
		f.fill(answerFirst)
		v.press(f, i18n.T(l, "check.send"))
		sent := s.now()
		s.pass(time.Hour)
		v.open(v.page.link(i18n.T(l, "receipt.keep.page")))
		v.want(http.StatusOK, i18n.T(l, "receipt.title"))
		shown := v.page.answersShown()
		want := []string{
			i18n.T(l, "receipt.sent"), i18n.Time(l, sent.In(time.Local)),
			i18n.T(l, "receipt.state"), i18n.T(l, "receipt.waiting", i18n.Until(l, sent.Add(waitingTTL).In(time.Local), s.now())),
		}
		want = append(want, checked...)
		given := f.control("given").values
		for _, k := range s.wizard.Form.Consents {
			answer := i18n.T(l, "receipt.refused")
			if slices.Contains(given, k.Key) {
				answer = i18n.T(l, "receipt.given")
			}
			want = append(want, k.In(l, org), answer)
		}
		if !slices.Equal(shown, want) {
			t.Errorf("the receipt shows\n%q, want\n%q", shown, want)
		}
		words := v.page.text()
		for _, said := range []string{"help@hub.example", "1 Quay Street, Harbour QC", org.In(l), i18n.T(l, "receipt.until", i18n.Until(l, sent.Add(waitingTTL).In(time.Local), s.now()))} {
			if !strings.Contains(words, said) {
				t.Errorf("the receipt does not say %q: %s", said, words)
			}
		}
		v.wantNoSecret(s.link(t, 1), v.page.body)
	}
}

// wantNoSecret wants a receipt without any secret that confirms or opens anything.
func (v *visitor) wantNoSecret(link, receipt string) {
	v.t.Helper()
	_, token, _ := strings.Cut(link, "/confirm/")
	handle, proof, _ := strings.Cut(token, "-")
	for _, secret := range []string{handle, proof, v.cookie(), "/confirm/"} {
		if secret == "" || strings.Contains(receipt, secret) {
			v.t.Errorf("the receipt holds the secret %q", secret)
		}
	}
}

// TestReceiptIsForTheApplicantsBrowser wants other browsers to be redirected to the
// form.
func TestReceiptIsForTheApplicantsBrowser(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	sender, writer, newcomer := s.visitor(t), s.visitor(t), s.visitor(t)
	sender.sendWithText(i18n.French, "Zoë")
	writer.apply(i18n.French, answerFirst)
	for _, path := range []string{"/fr/apply/receipt", "/fr/apply/receipt.pdf"} {
		for _, v := range []*visitor{writer, newcomer} {
			p := v.request(http.MethodGet, path, nil)
			if p.status != http.StatusSeeOther || p.header.Get("Location") != "/fr/apply" || p.header.Get("Cache-Control") != "no-store, no-cache" {
				t.Errorf("%s: %d, to %q, %v", path, p.status, p.header.Get("Location"), p.header)
			}
		}
		if p := sender.request(http.MethodGet, path, nil); p.status != http.StatusOK || p.header.Get("Cache-Control") != "no-store, no-cache" {
			t.Errorf("%s, for the applicant: %d, %v", path, p.status, p.header)
		}
	}
}

// TestReceiptHidesAnEarlierMembership submits an application with the address of a
// member, and wants a receipt about that application alone.
func TestReceiptHidesAnEarlierMembership(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	l := i18n.French
	owner, v := s.visitor(t), s.visitor(t)
	owner.sendWithText(l, "Zoë")
	owner.open(s.link(t, 1))
	joined := s.now()
	s.pass(48 * time.Hour)
	v.sendWithText(l, "Newer")
	v.open(s.link(t, 3))
	v.answer(l, someMember, "")
	confirmed := s.now()
	v.open("/fr/apply/receipt")
	words := v.page.text()
	if !strings.Contains(words, i18n.T(l, "receipt.member", i18n.Time(l, confirmed.In(time.Local)))) || strings.Contains(words, i18n.Date(l, joined.In(time.Local))) {
		t.Errorf("the receipt says %s", words)
	}
}

// TestReceiptSaysConsentsAsTheyWereShown wants the wording of the consents also on the
// page in the other language.
func TestReceiptSaysConsentsAsTheyWereShown(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	v := s.visitor(t)
	v.sendWithText(i18n.French, "Zoë")
	v.open("/en/apply/receipt")
	v.want(http.StatusOK, i18n.T(i18n.English, "receipt.title"))
	in := v.page.texts(func(e *html.Node) bool { return e.Data == "dt" && attribute(e, "lang") == "fr-CA" })
	var want []string
	for _, k := range s.wizard.Form.Consents {
		want = append(want, k.In(i18n.French, org))
	}
	if !slices.Equal(in, want) {
		t.Errorf("in French the page says %q, want %q", in, want)
	}
	if words := v.page.text(); !strings.Contains(words, i18n.T(i18n.English, "receipt.given")) {
		t.Errorf("the page does not say in English what was agreed to: %s", words)
	}
}

// TestReceiptKeepsItsForm wants the answered questions after the form has changed.
func TestReceiptKeepsItsForm(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	v := s.visitor(t)
	v.sendWithText(i18n.English, "Zoë")
	v.open("/en/apply/receipt")
	before := v.page.answersShown()
	s.changeForm(t, editedForm(t, func(form formSource) {
		form.section("about").field("first_name")["label"] = map[string]any{"en": "Called", "fr": "Appel"}
	}))
	v.open("/en/apply/receipt")
	if after := v.page.answersShown(); !slices.Equal(after, before) {
		t.Errorf("the receipt shows %q, want %q", after, before)
	}
	if a, err := s.application(t.Context(), v.cookie()); err != nil || a.State != member.Waiting {
		t.Errorf("the application is %+v, %v", a, err)
	}
}
