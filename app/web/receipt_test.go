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
			if !hasClass("advice")(e) {
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
			i18n.T(l, "receipt.state"), i18n.T(l, "receipt.waiting", i18n.Time(l, sent.Add(waitingTTL).In(time.Local))),
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
		for _, said := range []string{"help@hub.example", "1 Quay Street, Harbour QC", org.In(l), i18n.T(l, "receipt.until", i18n.Time(l, sent.Add(waitingTTL).In(time.Local)))} {
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
	sender, writer, nobody := s.visitor(t), s.visitor(t), s.visitor(t)
	sender.sendWithText(i18n.French, "Zoë")
	writer.apply(i18n.French, answerFirst)
	for _, path := range []string{"/fr/apply/receipt", "/fr/apply/receipt.pdf"} {
		for _, v := range []*visitor{writer, nobody} {
			p := v.request(http.MethodGet, path, nil)
			if p.status != http.StatusSeeOther || p.header.Get("Location") != "/fr/apply" || p.header.Get("Cache-Control") != "no-store" {
				t.Errorf("%s: %d, to %q, %v", path, p.status, p.header.Get("Location"), p.header)
			}
		}
		if p := sender.request(http.MethodGet, path, nil); p.status != http.StatusOK || p.header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s, for who sent: %d, %v", path, p.status, p.header)
		}
	}
}

// TestReceiptEndsWithItsRetention follows a receipt through the states of its
// application.
func TestReceiptEndsWithItsRetention(t *testing.T) {
	t.Parallel()
	l := i18n.English
	tests := []struct {
		name string
		then func(t *testing.T, s *site, v *visitor, link string)
		gone bool
	}{
		{"it waits, up to the end", func(_ *testing.T, s *site, _ *visitor, _ string) { s.pass(waitingTTL - 3*time.Second) }, false},
		{"it is confirmed", func(_ *testing.T, _ *site, v *visitor, link string) { v.open(link) }, false},
		{"it is confirmed, up to the end", func(_ *testing.T, s *site, v *visitor, link string) { v.open(link); s.pass(waitingTTL - 3*time.Second) }, false},
		{"it is confirmed, and its time is over", func(_ *testing.T, s *site, v *visitor, link string) { v.open(link); s.pass(waitingTTL) }, true},
		{"it was not confirmed in time", func(_ *testing.T, s *site, _ *visitor, _ string) { s.pass(waitingTTL) }, true},
		{"it is withdrawn", func(t *testing.T, s *site, v *visitor, _ string) {
			a, err := s.application(t.Context(), v.cookie())
			if err == nil {
				err = s.memberStore.Withdraw(t.Context(), a.ID, s.now())
			}
			if err != nil {
				t.Fatal(err)
			}
		}, true},
		{"somebody with the same address has confirmed newer answers", func(t *testing.T, s *site, v *visitor, link string) {
			v.open(link)
			other := s.visitor(t)
			other.sendWithText(l, "Newer")
			other.open(s.link(t, 3)) // after the two letters of the first
		}, true},
		{"the member has left", func(t *testing.T, s *site, v *visitor, link string) {
			v.open(link)
			if _, err := s.queue.DB.Write().ExecContext(t.Context(), `DELETE FROM members`); err != nil {
				t.Fatal(err)
			}
		}, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, settings{})
			v := s.visitor(t)
			v.sendWithText(l, "Zoë")
			tt.then(t, s, v, s.link(t, 1))
			v.wantReceipt(l, !tt.gone)
		})
	}
}

// wantReceipt wants a receipt with its answers and links or, if there is false, no
// receipt and no links.
func (v *visitor) wantReceipt(l i18n.Lang, there bool) {
	v.t.Helper()
	home := "/" + string(l) + "/apply/"
	v.open(home + "sent")
	if page, pdf := v.page.link(i18n.T(l, "receipt.keep.page")), v.page.link(i18n.T(l, "receipt.pdf")); (page != "") != there || (pdf != "") != there {
		v.t.Errorf("the page leads to %q and %q, want a receipt to be there: %t", page, pdf, there)
	}
	v.open(home + "receipt.pdf")
	if is := v.page.header.Get("Content-Type") == "application/pdf"; is != there {
		v.t.Errorf("the PDF is there: %t, want %t", is, there)
	}
	v.open(home + "receipt")
	if there {
		v.want(http.StatusOK, i18n.T(l, "receipt.title"))
	} else {
		v.want(http.StatusGone, i18n.T(l, "receipt.gone.title"))
	}
	if words := v.page.text(); strings.Contains(words, "Zoë") != there || strings.Contains(words, "Newer") {
		v.t.Errorf("the page says %s, want the answers: %t", words, there)
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
