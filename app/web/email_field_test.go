package web

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"joinery/app/i18n"
)

// An emailPage is a page that takes an address.
type emailPage struct {
	name, field string
	prepare     func(v *visitor, l i18n.Lang)
	form        func(v *visitor, l i18n.Lang) *htmlForm
	send        string // the key of the words on the button; "": the default button
	accept      func(l i18n.Lang, meant string) string
}

// emailPages are the four pages that take an address.
var emailPages = []emailPage{
	{"section", "email", func(v *visitor, l i18n.Lang) {},
		func(v *visitor, l i18n.Lang) *htmlForm { return v.openFirstSection(l) }, "",
		func(l i18n.Lang, meant string) string { return i18n.T(l, "advice.accept", meant) }},
	{"sent", "address", func(v *visitor, l i18n.Lang) { v.send(l, answerFirst) },
		func(v *visitor, l i18n.Lang) *htmlForm {
			v.open("/" + string(l) + sentPath)
			return v.form(i18n.T(l, "sent.readdress"))
		}, "sent.readdress",
		func(l i18n.Lang, _ string) string { return i18n.T(l, "sent.meant.send") }},
	{"resume request", "address", func(v *visitor, l i18n.Lang) {},
		func(v *visitor, l i18n.Lang) *htmlForm {
			v.open("/" + string(l) + "/resume")
			return v.form(i18n.T(l, "lost.send"))
		}, "lost.send",
		func(l i18n.Lang, meant string) string { return i18n.T(l, "advice.send_link", meant) }},
	{"save for later", "address", func(v *visitor, l i18n.Lang) { v.saveFirstSection(l) },
		func(v *visitor, l i18n.Lang) *htmlForm {
			v.open("/" + string(l) + "/apply/later")
			return v.form(i18n.T(l, "later.send"))
		}, "later.send",
		func(l i18n.Lang, meant string) string { return i18n.T(l, "advice.send_link", meant) }},
}

// eachEmailPage tries an address on each page that takes one, in each language.
func eachEmailPage(t *testing.T, typed string, check func(t *testing.T, v *visitor, l i18n.Lang, at emailPage)) {
	t.Helper()
	for _, at := range emailPages {
		for _, l := range i18n.Languages {
			t.Run(at.name+" "+string(l), func(t *testing.T) {
				t.Parallel()
				v := newSite(t, settings{}).visitor(t)
				at.prepare(v, l)
				f := at.form(v, l)
				f.set(at.field, typed)
				words := ""
				if at.send != "" {
					words = i18n.T(l, at.send)
				}
				v.press(f, words)
				check(t, v, l, at)
			})
		}
	}
}

// typedEmailOn returns the value of the address field of a page.
func (v *visitor) typedEmailOn(at emailPage) string { return attribute(v.page.byID(at.field), "value") }

func TestAWrongAddressIsExplainedOnEveryPage(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, typed, key, sign, meant string }{
		{"name before it", "A Name <name@example.com>", "problem.email_blank", "", "name@example.com"},
		{"semicolon behind", "name@example.com;", "problem.email_after", ";", "name@example.com"},
		{"at sign of full width", "name＠example.com", "problem.email_wrong_at", "＠", "name@example.com"},
		{"typographic apostrophe", "o’brien@example.com", "problem.email_before", "’", "o'brien@example.com"},
		{"mark of direction inside", "na\u200eme@example.com", "problem.email_invisible", "", "name@example.com"},
		{"mailto", "mailto:name@example.com", "problem.email_before", ":", "name@example.com"},
		{"dot behind", "name@example.com.", "problem.email_dot", "", "name@example.com"},
		{"accent", "zoé@example.com", "problem.email_before", "é", ""},
		{"accent of its own", "zoe\u0301@example.com", "problem.email_before", "é", ""},
		{"two at signs", "zoe@home@example.com", "problem.email_several_at", "", ""},
		{"no at sign", "zoe.example.com", "problem.email_no_at", "", ""},
		{"blank inside", "zoe roy@example.com", "problem.email_blank", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			eachEmailPage(t, tt.typed, func(t *testing.T, v *visitor, l i18n.Lang, at emailPage) {
				want := i18n.T(l, tt.key)
				if tt.sign != "" {
					want = i18n.T(l, tt.key, tt.sign)
				}
				if got := v.page.summary(); v.page.status != http.StatusUnprocessableEntity || !slices.Equal(got, []string{want}) {
					t.Errorf("%d, the summary is %q, want %q", v.page.status, got, want)
				}
				if got := text(v.page.byID(at.field + "-problem")); got != i18n.T(l, "error.prefix")+" "+want {
					t.Errorf("at the field stands %q, want %q", got, want)
				}
				if got := v.typedEmailOn(at); got != tt.typed {
					t.Errorf("the field has %q, want what was typed: %q", got, tt.typed)
				}
				asks := strings.Contains(v.page.text(), i18n.T(l, "advice.meant", tt.meant))
				if offers := slices.Contains(v.page.texts(isTag("button")), at.accept(l, tt.meant)); asks != offers || offers != (tt.meant != "") {
					t.Errorf("%q is asked for: %v, and offered: %v", tt.meant, asks, offers)
				}
			})
		})
	}
}

func TestTheMeantAddressIsUsedWithOnePress(t *testing.T) {
	t.Parallel()
	const meant = "name@example.com"
	eachEmailPage(t, "A Name <"+meant+">", func(t *testing.T, v *visitor, l i18n.Lang, at emailPage) {
		v.pressButton(at.accept(l, meant))
		if v.page.status != http.StatusOK || len(v.page.summary()) > 0 {
			t.Fatalf("it leads to %s, %d %q", v.page.url, v.page.status, v.page.summary())
		}
		switch at.name {
		case "section":
			if got := v.typedEmailOn(at); got != meant {
				t.Errorf("the address is %q, want %q", got, meant)
			}
		case "resume request":
			v.wantNote(l, "note.asked")
		default:
			if letters := v.site.letters(t); len(letters) == 0 || letters[0].To != meant {
				t.Errorf("the letters are %+v, want one to %s", letters, meant)
			}
		}
	})
}

// TestATypoInTheAddressForALinkIsShown wants the link sent there, and the meant address
// offered.
func TestATypoInTheAddressForALinkIsShown(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		v := newSite(t, settings{}).visitor(t)
		v.saveFirstSection(l)
		v.requestLink(l, "zoe@gmial.com")
		v.wantNote(l, "note.mailed")
		v.site.letters(t)
		v.pressButton(i18n.T(l, "advice.send_link", "zoe@gmail.com"))
		v.wantNote(l, "note.mailed")
		if letters := v.site.letters(t); len(letters) != 2 || letters[0].To != "zoe@gmail.com" {
			t.Errorf("the letters are %+v, want the last to zoe@gmail.com", letters)
		}
		if got := v.typedAddress(l); got != "zoe@gmail.com" {
			t.Errorf("the address is now %q", got)
		}
	}
}

// TestALinkIsNotSentToATypoUnasked wants the meant address offered before a link goes to
// nobody, and the typed one used when the applicant insists.
func TestALinkIsNotSentToATypoUnasked(t *testing.T) {
	t.Parallel()
	const typed, meant = "zoe@gmial.com", "zoe@gmail.com"
	for _, l := range i18n.Languages {
		v := newSite(t, settings{}).visitor(t)
		ask := func(address string) {
			f := v.form(i18n.T(l, "lost.send"))
			f.set("address", address)
			v.press(f, i18n.T(l, "lost.send"))
		}
		v.open("/" + string(l) + "/resume")
		ask(typed)
		v.want(http.StatusUnprocessableEntity, i18n.T(l, "lost.title"))
		if got := attribute(v.page.byID("address"), "value"); got != typed {
			t.Errorf("the field has %q", got)
		}
		asked := v.page
		v.pressButton(i18n.T(l, "advice.send_link", meant))
		v.wantNote(l, "note.asked")
		v.page = asked
		ask("zoe@hotmial.com") // another typo is asked about anew
		v.want(http.StatusUnprocessableEntity, i18n.T(l, "lost.title"))
		ask("zoe@hotmial.com")
		v.wantNote(l, "note.asked")
	}
}
