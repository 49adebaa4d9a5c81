package web

import (
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"joinery/app/i18n"
	"joinery/app/mail"
)

// TestTypedTextAddsNoRecipient types text that could add a recipient or change a
// letter. The form refuses it, or one ordinary letter goes to one address.
func TestTypedTextAddsNoRecipient(t *testing.T) {
	t.Parallel()
	usual := newSite(t, settings{})
	usual.visitor(t).send(i18n.English, answerFirst)
	want := usual.letters(t)[0]

	const refused = ""
	tests := []struct {
		name, question, typed string
		goes                  string // the address that the letter goes to, or refused
	}{
		{"a header behind the address", "email", "zoe@clinic.example\r\nBcc: victim@elsewhere.example", refused},
		{"a header behind a lone line feed", "email", "zoe@clinic.example\nBcc: victim@elsewhere.example", refused},
		{"a header behind a lone carriage return", "email", "zoe@clinic.example\rBcc: victim@elsewhere.example", refused},
		{"a header behind a line separator", "email", "zoe@clinic.example\u2028Bcc: victim@elsewhere.example", refused},
		{"a header in escapes", "email", "zoe@clinic.example%0d%0aBcc:victim@elsewhere.example", refused},
		{"a command of SMTP", "email", "zoe@clinic.example>\r\nRCPT TO:<victim@elsewhere.example", refused},
		{"only a line break behind the address", "email", "zoe@clinic.example\r\n", "zoe@clinic.example"},
		{"a list", "email", "zoe@clinic.example, victim@elsewhere.example", refused},
		{"a list with semicolons", "email", "zoe@clinic.example;victim@elsewhere.example", refused},
		{"a list with blanks", "email", "zoe@clinic.example victim@elsewhere.example", refused},
		{"a group", "email", "all: zoe@clinic.example, victim@elsewhere.example;", refused},
		{"a display name", "email", "Zoë <zoe@clinic.example>", refused},
		{"a display name that is an address", "email", `"zoe@clinic.example" <victim@elsewhere.example>`, refused},
		{"angle brackets", "email", "<zoe@clinic.example>", refused},
		{"a comment", "email", "zoe@clinic.example (victim@elsewhere.example)", refused},
		{"a link", "email", "mailto:zoe@clinic.example?bcc=victim@elsewhere.example", refused},
		{"a quoted local part", "email", `"zoe"@clinic.example`, refused},
		{"a blank in a quoted local part", "email", `"zoe victim@elsewhere.example "@clinic.example`, refused},
		{"two signs", "email", "zoe@clinic.example@elsewhere.example", refused},
		{"a route", "email", "@elsewhere.example:zoe@clinic.example", refused},
		{"a percent sign, which some servers passed on", "email", "victim%elsewhere.example@clinic.example", "victim%elsewhere.example@clinic.example"},
		{"an option of a command", "email", "-OQueueDirectory=x@clinic.example", "-OQueueDirectory=x@clinic.example"},
		{"an address with an IP", "email", "zoe@[127.0.0.1]", refused},
		{"a local host", "email", "zoe@localhost", refused},
		{"a control character", "email", "zo\x01e@clinic\x7f.example", "zoe@clinic.example"},
		{"NUL, where some programs stop reading", "email", "zoe@clinic.example\x00.elsewhere.example", "zoe@clinic.example.elsewhere.example"},
		{"bytes that are no text", "email", "zo\xffe@clinic.example", refused},
		{"a Cyrillic letter in the local part", "email", "z\u043ee@clinic.example", refused},
		{"a Cyrillic letter in the domain, which is another one then", "email", "zoe@clini\u0441.example", "zoe@xn--clini-5ye.example"},
		{"letters of full width", "email", "zoe@\uff43linic.example", "zoe@clinic.example"},
		{"a sign of full width", "email", "zoe\uff20clinic.example", refused},
		{"a dot of another script", "email", "zoe@clinic\u3002example", "zoe@clinic.example"},
		{"marks of writing direction around it", "email", "\u200ezoe@clinic.example\u200f", "zoe@clinic.example"},
		{"a mark of writing direction within", "email", "zoe\u200f@clinic.example", refused},
		{"letters turned around", "email", "\u202emoc.elsewhere@zoe\u202c@clinic.example", refused},
		{"what turns letters around, and nothing more", "email", "zoe\u202e@clinic.example", "zoe@clinic.example"},
		{"300 characters", "email", strings.Repeat("z", 285) + "@clinic.example", refused},
		{"a local part of 65 characters", "email", strings.Repeat("z", 65) + "@clinic.example", refused},
		{"a long label", "email", "zoe@" + strings.Repeat("z", 64) + ".example", refused},
		{"a header behind the name", "first_name", "Zoë\r\nSubject: Cheap pills", typedEmail},
		{"a header with an address behind the name", "first_name", "Zoë\r\nBcc: victim@elsewhere.example", refused},
		{"an address for a name", "last_name", "<victim@elsewhere.example>", refused},
		{"NUL in the name", "last_name", "Gagn\x00é", typedEmail},
		{"a link for a name", "last_name", "See https://spam.example now", typedEmail},
	}
	for i, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			l := i18n.Languages[i%len(i18n.Languages)]
			s := newSite(t, settings{})
			v := s.visitor(t)
			f := v.openFirstSection(l)
			f.set("language", string(i18n.English)) // of the letter
			f.set(tt.question, tt.typed)
			v.press(f, "")
			if tt.goes == refused {
				v.wantFieldProblem(tt.question)
				return
			}
			v.continueAndSend(l)
			wantOneLetterLike(t, s.letters(t), want, tt.goes)
			if strings.Contains(s.log.String(), "clinic") {
				t.Errorf("the log holds the address: %s", s.log)
			}
		})
	}
}

// wantFieldProblem wants one problem, with a sentence at the question.
func (v *visitor) wantFieldProblem(question string) {
	v.t.Helper()
	v.want(http.StatusUnprocessableEntity, "")
	at := v.page.byID(question + "-problem")
	if lines := v.page.summary(); len(lines) != 1 || at == nil || !strings.HasSuffix(text(at), lines[0]) {
		v.t.Errorf("the summary says %q, at the question %v", lines, at)
	}
	if letters := v.site.letters(v.t); len(letters) > 0 {
		v.t.Errorf("there are letters: %+v", letters)
	}
}

// wantOneLetterLike wants a single letter to one address, with the header fields of
// usual.
func wantOneLetterLike(t *testing.T, letters []mail.StoredMail, usual mail.StoredMail, to string) {
	t.Helper()
	if len(letters) != 1 {
		t.Fatalf("there are %d letters, want 1", len(letters))
	}
	got := letters[0]
	if canonical := strings.Replace(to, "Hospital.Example", "hospital.example", 1); got.To != canonical || len(got.Header["To"]) != 1 {
		t.Errorf("the letter goes to %q, want %s alone", got.Header["To"], canonical)
	}
	if names, want := slices.Sorted(maps.Keys(got.Header)), slices.Sorted(maps.Keys(usual.Header)); !slices.Equal(names, want) || got.Subject != usual.Subject {
		t.Errorf("the header has %q with the subject %q, want %q with %q", names, got.Subject, want, usual.Subject)
	}
	for _, says := range []string{"victim", "pills", "spam", "Gagn"} {
		if strings.Contains(got.Text+got.HTML, says) {
			t.Errorf("the letter says %q:\n%s", says, got.Text)
		}
	}
}
