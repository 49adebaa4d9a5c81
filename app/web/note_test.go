package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"joinery/app/i18n"
)

// carry gives the browser a note for a page, as a redirect does.
func (v *visitor) carry(path, note string) {
	v.client.Jar.SetCookies(v.address(), []*http.Cookie{{Name: "note", Value: note + "." + pageDigest(path), Path: "/"}})
}

// TestANoteIsShownOnce reloads the page, and opens another page before the one with the
// note.
func TestANoteIsShownOnce(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		v := s.visitor(t)
		v.saveFirstSection(l)
		led := v.request(http.MethodGet, "/"+string(l)+"/apply/check", nil)
		if led.status != http.StatusSeeOther {
			t.Fatalf("the check page is %d", led.status)
		}
		v.open("/" + string(l) + "/privacy")
		v.request(http.MethodHead, led.header.Get("Location"), nil)
		v.header.Set("Sec-Fetch-Dest", "empty") // a script got a whole page, and will go there
		v.open(led.header.Get("Location"))
		v.header.Del("Sec-Fetch-Dest")
		v.open(led.header.Get("Location"))
		v.wantNote(l, "note.order")
		v.open(led.header.Get("Location"))
		if notes := v.page.notes(); len(notes) > 0 {
			t.Errorf("after a reload the page says %q", notes)
		}
	}
}

// TestAFragmentKeepsItsNoteForAWhile has something on the way drop the mark of a fragment,
// so that the script goes to the whole page.
func TestAFragmentKeepsItsNoteForAWhile(t *testing.T) {
	t.Parallel()
	l := i18n.French
	v := newSite(t, settings{}).visitor(t)
	v.saveFirstSection(l)
	led := v.request(http.MethodGet, "/fr/apply/check", nil).header.Get("Location")
	p := v.htmx(http.MethodGet, led, nil)
	if !strings.Contains(p.text(), i18n.T(l, "note.order")) || !strings.Contains(strings.Join(p.header.Values("Set-Cookie"), ""), "max-age=10;") {
		t.Errorf("the fragment is %v %s", p.header, p.text())
	}
	v.open(led)
	v.wantNote(l, "note.order")
	v.open(led)
	if notes := v.page.notes(); len(notes) > 0 {
		t.Errorf("after a reload the page says %q", notes)
	}
}

// TestALinkMakesNoNote opens links with which a stranger would have the site say what is
// not true.
func TestALinkMakesNoNote(t *testing.T) {
	t.Parallel()
	l := i18n.English
	s := newSite(t, settings{})
	newcomer, applicant, submitter, blocked := s.visitor(t), s.visitor(t), s.visitor(t), s.newcomer(t).blockCookies()
	applicant.saveFirstSection(l)
	submitter.send(l, answerFirst)
	for _, v := range []*visitor{newcomer, applicant, submitter, blocked} {
		for _, path := range []string{"", "/resume", "/apply", "/code", "/apply/later", "/apply/about", "/apply/sent", "/apply/phone", "/apply/delete"} {
			for _, key := range noteKeys {
				query := make(url.Values)
				for _, name := range []string{"note", "wrong", "at", "press", "flash", "cookies"} {
					query.Set(name, key)
				}
				v.open("/en" + path + "?" + query.Encode())
				if strings.Contains(v.page.text(), i18n.T(l, "note."+key)) && key != noteSent && key != noteOrder { // redirects that tell the truth
					t.Errorf("%s?%s says %q", path, query.Encode(), v.page.notes())
				}
			}
		}
	}
}

// TestANoteIsForOnePage gives the browser a note of another page, and notes that are none.
func TestANoteIsForOnePage(t *testing.T) {
	t.Parallel()
	v := newSite(t, settings{}).visitor(t)
	v.open("/en/resume")
	v.carry("/en/apply/later", "mailed")
	v.open("/en/resume")
	for _, note := range []string{"<b>", "made up", "", "title"} {
		if notes := v.page.notes(); len(notes) > 0 || strings.Contains(v.page.body, "<b>") {
			t.Errorf("the page says %q", notes)
		}
		v.carry("/en/resume", note)
		v.open("/en/resume")
	}
}
