package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"joinery/app/i18n"
)

func TestHostileAnswersAreNotStored(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	form := s.visitor(t).openFirstSection(i18n.English)
	const right, wrong = "/en/apply/role", "/en/apply/about?wrong=1"
	tests := []struct {
		name   string
		change url.Values
		leads  string // the redirect after the answers
		never  string // a text that no store may have
	}{
		{"an option that is not offered", url.Values{"region": {"atlantis"}}, wrong, "atlantis"},
		{"a language that is not offered", url.Values{"language": {"klingon"}}, wrong, "klingon"},
		{"an option of another question", url.Values{"region": {"patient"}}, wrong, "patient"},
		{"a key that is unknown", url.Values{"hobby": {"philately"}}, right, "philately"},
		{"a key of another section", url.Values{"goals": {"philately"}}, right, "philately"},
		{"a question that is not asked", url.Values{"country": {"ZW"}, "shown": {"country"}}, right, `"ZW"`},
		{"a text twice", url.Values{"first_name": {"Zoë", "Philately"}}, right, "Philately"},
		{"an option twice", url.Values{"region": {"qc", "qc"}}, right, "Philately"},
		{"two options where one can be chosen", url.Values{"region": {"yt", "ab"}}, right, `["yt"`},
		{"invalid UTF-8", url.Values{"first_name": {"Zo\xeb\xff"}}, wrong, "\xff"},
		{"invalid UTF-8 in a key", url.Values{"first_\xffname": {"philately"}}, right, "philately"},
		{"NUL bytes", url.Values{"first_name": {"Z\x00oe"}, "\x00": {"\x00"}}, right, "\x00"},
		{"controls and what deceives", url.Values{"first_name": {"Zo\u202e\u200b\x1b[31me"}}, right, "\u202e"},
		{"too long", url.Values{"first_name": {strings.Repeat("é", 101)}}, wrong, "\xff"},
		{"markup", url.Values{"first_name": {"<script>alert(1)</script>"}}, wrong, "\xff"},
		{"many keys", url.Values{"shown": make([]string, 5000)}, right, "\xff"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			v := s.visitor(t)
			values := form.values(nil)
			for key, value := range tt.change {
				values[key] = value
			}
			p := v.request(http.MethodPost, form.action, values)
			if got := p.header.Get("Location"); p.status != http.StatusSeeOther || got != tt.leads {
				t.Errorf("%d to %s, want 303 to %s", p.status, got, tt.leads)
			}
			if p = v.open(tt.leads); strings.Contains(p.body, "<script>alert") {
				t.Error("the page runs the answer")
			}
			if kept := s.dump(t); strings.Contains(kept, tt.never) {
				t.Errorf("%q is stored:\n%s", tt.never, kept)
			}
		})
	}
}

// TestOddBodiesAreNoInternalError posts bodies that no form posts.
func TestOddBodiesAreNoInternalError(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	tests := []struct{ name, kind, body string }{
		{"nothing", "", ""},
		{"broken escapes", "application/x-www-form-urlencoded", "first_name=%zz&%=%&&=&last_name"},
		{"JSON", "application/json", `{"first_name": "Philately"}`},
		{"several parts, all missing", "multipart/form-data; boundary=x", "Philately"},
		{"several parts without a boundary", "multipart/form-data", "--x\r\nPhilately"},
		{"no kind that is known", "\xff", "first_name=Philately"},
	}
	for _, tt := range tests {
		for _, path := range []string{"/en/apply/about", "/en/apply/about/region", "/en/apply/check", "/en/confirm/a-b", "/en/address/a-b", "/en/apply/sent/again", "/en/resume", "/en/resume/a", "/en/resume/a/delete", "/en/code", "/en/apply/phone"} {
			req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.url+path, strings.NewReader(tt.body))
			if err != nil {
				t.Fatal(err)
			}
			req.Header.Set("Content-Type", tt.kind)
			res, err := http.DefaultTransport.RoundTrip(req)
			if err != nil {
				t.Fatalf("%s: %s: %v", tt.name, path, err)
			}
			res.Body.Close()
			if res.StatusCode >= 500 {
				t.Errorf("%s: %s: %d", tt.name, path, res.StatusCode)
			}
		}
	}
	if kept := s.dump(t); strings.Contains(kept, "Philately") {
		t.Errorf("something is stored:\n%s", kept)
	}
}

// TestQueryIsNoAnswer guards against Fiber's FormValue, which prefers it.
func TestQueryIsNoAnswer(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	v := s.visitor(t)
	f := v.openFirstSection(i18n.English)
	v.post(f.action+"?first_name=Philately&hobby=Philately", f.values(nil))
	v.want(http.StatusOK, "")
	if kept := s.dump(t); strings.Contains(kept, "Philately") || !strings.Contains(kept, testWord) {
		t.Errorf("the query should not be stored, and the answers should:\n%s", kept)
	}
}

func TestAnswersThatAreNotAskedAreNotSubmitted(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	v := s.visitor(t)
	f := v.openFirstSection(i18n.English)
	f.set("region", "outside")
	v.press(f, "")
	f = v.form("")
	f.set("country", "ZW")
	v.press(f, "") // the draft has it now
	v.open("/en/apply/about")
	f = v.form("")
	f.set("region", "qc")
	f.set("role_other", "Philately") // of another section
	v.press(f, "")
	v.answerSections(answerFirst)
	if strings.Contains(v.page.text(), "Zimbabwe") {
		t.Error("the check page shows the country, which is not asked")
	}
	f = v.form(i18n.T(i18n.English, "check.send"))
	f.fill(answerFirst)
	f.set("philately", "Philately")
	v.press(f, i18n.T(i18n.English, "check.send"))
	a, err := s.application(t.Context(), v.cookie())
	if err != nil {
		t.Fatal(err)
	}
	if a.Answers.Given("country") || strings.Contains(s.dump(t), "Philately") {
		t.Errorf("the application says %v, want no country and nothing made up", a.Answers)
	}
}
