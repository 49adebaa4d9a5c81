package web

import (
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"joinery/app/address"
	"joinery/app/i18n"
)

// typedInto finds the controls of templates that people type into. The trap of the bot
// check is none: people do not see it.
var typedInto = regexp.MustCompile(`<textarea\b[^\n]*|<input [^\n]*type="(?:text|email|{{\.Kind}})"[^\n]*`)

func TestWhatIsTypedIntoHasTheDirectionOfItsText(t *testing.T) {
	t.Parallel()
	found := 0
	for _, path := range templateFiles(t) {
		template, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, control := range typedInto.FindAllString(string(template), -1) {
			if strings.Contains(control, `name="`+trapField+`"`) {
				continue
			}
			if found++; !strings.Contains(control, ` dir="auto"`) {
				t.Errorf(`%s lacks dir="auto": %s`, path, control)
			}
		}
	}
	if found < 8 {
		t.Errorf("found %d controls", found)
	}
}

// wantDirectionOf checks that what says exactly words has the direction of its text.
func (v *visitor) wantDirectionOf(words ...string) {
	v.t.Helper()
	for _, want := range words {
		shown := elements(v.page.root, func(e *html.Node) bool { return text(e) == want && isTag("dd", "span", "strong")(e) })
		if len(shown) == 0 || slices.ContainsFunc(shown, func(e *html.Node) bool { return attribute(e, "dir") != "auto" }) {
			v.t.Errorf(`%s does not show %q, or not with dir="auto"`, v.page.url, want)
		}
	}
}

func TestAnAnswerIsShownInTheDirectionOfItsText(t *testing.T) {
	t.Parallel()
	const first, last, theirs = "(مريم)", "שרה!", "ليلى."
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		v := s.visitor(t)
		v.answeredAs(l, first, last)
		v.wantDirectionOf(first, last, typedEmail)
		f := v.form(i18n.T(l, "check.send"))
		f.fill(answerFirst)
		v.press(f, i18n.T(l, "check.send"))
		v.wantDirectionOf(canonicalEmail)
		v.open("/" + string(l) + "/apply/receipt")
		v.wantDirectionOf(first, last, typedEmail)
		reader := s.visitor(t)
		reader.open(s.link(t, 1))
		reader.wantDirectionOf(address.Masked(canonicalEmail))

		c := openConflict(t, s, l, "about", url.Values{"first_name": {theirs}}, url.Values{"first_name": {first}})
		c.posting.press(c.form, "")
		c.posting.wantDirectionOf(theirs, first)
	}
}

// TestALongAnswerIsShownInTheDirectionOfItsText wants it of each paragraph, by the
// style sheet.
func TestALongAnswerIsShownInTheDirectionOfItsText(t *testing.T) {
	t.Parallel()
	l := i18n.French
	v := newSite(t, settings{}).visitor(t)
	v.sendWithText(l, "مرحبا.")
	v.open("/fr/apply/receipt")
	v.wantDirectionOf("مرحبا.")
	styles, err := os.ReadFile("../../static/joinery.css")
	if err != nil || !strings.Contains(string(styles), ".long[dir] { unicode-bidi: plaintext; }") {
		t.Errorf("the paragraphs of a long answer have one direction: %v", err)
	}
}
