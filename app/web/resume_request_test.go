package web

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"joinery/app/i18n"
)

// requestedLink requests a link to a draft in a new browser, and returns it. It wants
// the given number of letters.
func (s *site) requestedLink(t *testing.T, l i18n.Lang, name string, want int) string {
	t.Helper()
	v := s.visitor(t)
	v.open("/" + string(l) + "/resume")
	f := v.form(i18n.T(l, "lost.send"))
	f.set("address", mailboxOf(name))
	v.press(f, i18n.T(l, "lost.send"))
	v.want(http.StatusOK, i18n.T(l, "lost.title"))
	v.wantNote(l, "note.asked")
	s.resume.ProcessRequests(t.Context())
	return s.link(t, want)
}

// TestResumeRequestRevealsNothing compares all answers: with a draft and without,
// beyond the budget, and while stores fail.
func TestResumeRequestRevealsNothing(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	s.visitorWithDraft(t, i18n.French, "Ada")
	v := s.visitor(t)
	v.open("/fr/resume")
	f := v.form(i18n.T(i18n.French, "lost.send"))
	s.pass(time.Minute)
	ask := func(name string) string {
		f.set("address", mailboxOf(name))
		p := v.request(http.MethodPost, f.action, f.values(nil))
		p.header.Del("Date")
		p.header.Del("X-Request-Id")
		if p.status != http.StatusSeeOther || !strings.HasPrefix(p.header.Get("Location"), "/fr/resume?at=") {
			t.Fatalf("asking is %d %v", p.status, p.header)
		}
		var all strings.Builder
		if err := p.header.Write(&all); err != nil {
			t.Fatal(err)
		}
		return all.String() + p.body
	}
	want := ask("Nobody")
	same := func(name, how string) {
		t.Helper()
		if got := ask(name); got != want {
			t.Errorf("%s: %s\nwant\n%s", how, got, want)
		}
	}
	same("Ada", "with a draft")
	s.resume.ProcessRequests(t.Context())
	if letters := s.letters(t); len(letters) != 1 || letters[0].To != mailboxOf("Ada") {
		t.Fatalf("the letters are %+v, want one, to Ada", letters)
	}
	for range s.limits.PerAddress.Max + 1 {
		same("Ada", "again and again")
		s.resume.ProcessRequests(t.Context())
	}
	if letters := s.letters(t); len(letters) != s.limits.PerAddress.Max {
		t.Errorf("there are %d letters, want %d", len(letters), s.limits.PerAddress.Max)
	}
	s.queue.DB.Close()
	s.draftStore.fail()
	same("Ada", "with stores that are down")
	if strings.Contains(s.log.String(), "hospital") {
		t.Errorf("the log holds an address: %s", s.log)
	}
}

func TestResumeRequestNeedsAnAddress(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	before := s.dump(t)
	for _, l := range i18n.Languages {
		for _, typed := range []string{"", "<ada>", "ada@hospital", "ada@hospital.example, bob@hospital.example", "Ada <ada@hospital.example>", strings.Repeat("a", 300) + "@hospital.example"} {
			v := s.visitor(t)
			v.open("/" + string(l) + "/resume")
			f := v.form(i18n.T(l, "lost.send"))
			f.set("address", typed)
			v.press(f, i18n.T(l, "lost.send"))
			v.want(http.StatusUnprocessableEntity, i18n.T(l, "lost.title"))
			if got := v.page.summary(); len(got) != 1 || got[0] != emailProblem(l, typed) {
				t.Errorf("%q: the summary says %q", typed, got)
			}
			if got := v.form(i18n.T(l, "lost.send")).control("address").values[0]; got != typed {
				t.Errorf("%q has become %q", typed, got)
			}
			if field := v.page.byID("address"); attribute(field, "aria-describedby") != "address-problem" || attribute(field, "aria-invalid") != "true" {
				t.Errorf("%q: the field is %v", typed, field.Attr)
			}
		}
	}
	s.resume.ProcessRequests(t.Context())
	if after := s.dump(t); after != before {
		t.Errorf("there is something now:\n%s", after)
	}
}

// TestARequestThatIsNotTakenIsNotPromised has too many requests wait. The answer is the
// same for an address with a draft and for one without.
func TestARequestThatIsNotTakenIsNotPromised(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		s.visitorWithDraft(t, l, "Ada")
		for s.resume.RequestLink("zoe@hospital.example", l, "") {
		}
		v := s.visitor(t)
		for _, address := range []string{mailboxOf("Ada"), "nobody@hospital.example"} {
			v.open("/" + string(l) + "/resume")
			f := v.form(i18n.T(l, "lost.send"))
			f.set("address", address)
			v.press(f, i18n.T(l, "lost.send"))
			v.want(http.StatusServiceUnavailable, i18n.T(l, "lost.title"))
			v.wantNote(l, "lost.busy")
			if got := attribute(v.page.byID("address"), "value"); got != address {
				t.Errorf("the address has become %q", got)
			}
		}
		s.resume.ProcessRequests(t.Context())
		v.pressButton(i18n.T(l, "lost.send"))
		v.wantNote(l, "note.asked")
	}
}
