package mail

import (
	"errors"
	"fmt"
	"html"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"joinery/app/i18n"
)

var association = Organization{
	Name:    i18n.Text{i18n.English: `The "Élan" Society <3`, i18n.French: "Société d’Étude « Élan »"},
	Address: "1, rue de l’Église\nMontréal (Québec)",
	Contact: "help@example.org",
	Colour:  "#1d3f8a",
}

var (
	written      = time.Date(2026, time.November, 22, 15, 4, 5, 0, time.UTC)
	confirmation = Confirmation{
		Link:    "https://join.example.org/fr/confirm/SECRET?a=1&b=2",
		Code:    "K7RMPX",
		Expires: written.Add(24 * time.Hour),
		End:     written.Add(7 * 24 * time.Hour),
	}
	drafts = []Resumable{
		{written.Add(-time.Hour), "About you", written.Add(719 * time.Hour), "https://join.example.org/fr/resume/SECRET1?a=1&b=2", written.Add(24 * time.Hour)},
		{written.Add(-2 * time.Hour), "Check & send", written.Add(720 * time.Hour), "https://join.example.org/fr/resume/SECRET2?a=1&b=2", written.Add(25 * time.Hour)},
		{written.Add(-3 * time.Hour), "Your role", written.Add(717 * time.Hour), "https://join.example.org/fr/resume/SECRET3?a=1&b=2", written.Add(26 * time.Hour)},
	}
	restoring = Restoring{Link: "https://join.example.org/fr/restore/SECRET5?a=1&b=2", Code: "K7RMPXAC3", Ends: written.Add(720 * time.Hour), Name: "Zoé"}
	reminding = Reminding{
		Saved:    written.Add(-672 * time.Hour),
		Ends:     written.Add(48 * time.Hour),
		Continue: "https://join.example.org/fr/resume/SECRET4?a=1&b=2",
		Delete:   "https://join.example.org/fr/delete/SECRET4?a=1&b=2",
	}
)

func newLetters(t *testing.T) *Letters {
	t.Helper()
	l, err := NewLetters(os.DirFS("../.."), association)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func newConfirmation(t *testing.T, to string, lang i18n.Lang) Letter {
	t.Helper()
	o := NewOrder(Confirm, to, lang, written)
	o.Secrets = []string{"SECRET", confirmation.Code}
	l, err := newLetters(t).Confirm(o, confirmation)
	if err != nil {
		t.Fatal(err)
	}
	l.Written = written
	return l
}

// A spoken is a letter and what it has to say, in that order.
type spoken struct {
	name    string
	letter  Letter
	subject string
	words   []string
}

// askMember returns the letter of newConfirmation as it is for a member.
func askMember(t *testing.T, lang i18n.Lang) Letter {
	t.Helper()
	c := confirmation
	c.Member, c.Name = true, "Zoé"
	l, err := newLetters(t).Confirm(NewOrder(Confirm, "a@example.org", lang, written), c)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// all returns every letter in lang.
func all(t *testing.T, lang i18n.Lang) []spoken {
	t.Helper()
	letters, to, org := newLetters(t), "a@example.org", association.Name.In(lang)
	o := Order{To: to, Lang: lang}
	welcome, err1 := letters.Welcome(o, "")
	updated, err2 := letters.Updated(o, restoring)
	one, err3 := letters.Resume(o, drafts[:1])
	several, err4 := letters.Resume(o, drafts)
	reminder, err5 := letters.Reminder(o, reminding)
	if err := errors.Join(err1, err2, err3, err4, err5); err != nil {
		t.Fatal(err)
	}
	say := func(key string, args ...any) string { return i18n.T(lang, key, args...) }
	way := func(d Resumable) []string {
		return []string{say("mail.resume.saved", d.Saved), say("mail.resume.where", d.Where), say("mail.draft.continue"), d.Link, say("mail.resume.until", d.Expires, d.Ends)}
	}
	return []spoken{
		{"confirm", newConfirmation(t, to, lang), say("mail.confirm.subject", org), []string{
			say("mail.confirm.heading"), say("mail.confirm.why", org), say("mail.confirm.button"), confirmation.Link,
			say("mail.code.label"), confirmation.Code, say("mail.code.use"), say("mail.confirm.expires", confirmation.Expires),
			say("mail.confirm.end", confirmation.End), say("mail.confirm.not_you", say("link.not_mine")),
		}},
		{"confirm to a member", askMember(t, lang), say("mail.member.subject", org), []string{
			"Zoé,", say("mail.member.heading"), say("mail.member.why", org), say("mail.member.replace"), say("mail.member.button"), confirmation.Link,
			say("mail.code.label"), confirmation.Code, say("mail.code.use"), say("mail.confirm.expires", confirmation.Expires),
			say("mail.member.end", confirmation.End), say("mail.member.not_you", say("link.not_mine")),
		}},
		{"welcome", welcome, say("mail.welcome.subject", org), []string{
			say("mail.welcome.heading"), say("mail.welcome.text", org), say("mail.welcome.answers", association.Contact),
		}},
		{"updated", updated, say("mail.updated.subject", org), []string{
			"Zoé,", say("mail.updated.heading"), say("mail.updated.text", org), say("mail.updated.back", restoring.Ends),
			say("mail.updated.button"), restoring.Link, say("mail.code.label"), restoring.Code, say("mail.updated.code"),
			say("mail.welcome.answers", association.Contact), say("mail.updated.not_you", association.Contact),
		}},
		{"resume one draft", one, say("mail.resume.subject", org), slices.Concat(
			[]string{say("mail.resume.heading"), say("mail.resume.why", org)},
			way(drafts[0]), []string{say("mail.draft.not_you", drafts[0].Ends)},
		)},
		{"resume one of several drafts", several, say("mail.resume.subject", org), slices.Concat(
			[]string{say("mail.resume.heading"), say("mail.resume.why", org), say("mail.resume.several")},
			way(drafts[0]), way(drafts[1]), way(drafts[2]), []string{say("mail.draft.not_you", drafts[1].Ends)},
		)},
		{"reminder", reminder, say("mail.reminder.subject", org), []string{
			say("mail.reminder.heading"), say("mail.reminder.why", org, reminding.Saved, reminding.Ends),
			say("mail.draft.continue"), reminding.Continue, say("mail.reminder.until"), say("mail.reminder.instead"),
			say("mail.reminder.delete"), reminding.Delete, say("mail.reminder.only"), say("mail.draft.not_you", reminding.Ends),
		}},
	}
}

// TestBothPartsSayTheSame expects what each letter has to say, and nothing
// else, in both of its parts, in each language.
func TestBothPartsSayTheSame(t *testing.T) {
	for _, lang := range i18n.Languages {
		foot := []string{
			"--", i18n.T(lang, "mail.footer.sender", association.Name),
			i18n.T(lang, "nav.contact", association.Contact), association.Address,
		}
		for _, tt := range all(t, lang) {
			t.Run(fmt.Sprint(tt.name, " in ", lang), func(t *testing.T) {
				if tt.letter.Subject != tt.subject {
					t.Errorf("subject is %q, want %q", tt.letter.Subject, tt.subject)
				}
				want := words(strings.Join(slices.Concat(tt.words, foot), " "))
				if got := words(tt.letter.Text); got != want {
					t.Errorf("the text says\n%s\nwant\n%s", got, want)
				}
				if got := read(lang, tt.letter.HTML); got != want {
					t.Errorf("the HTML says\n%s\nwant\n%s", got, want)
				}
			})
		}
	}
}

// words returns the words of text with one space between them.
func words(text string) string { return strings.Join(strings.Fields(text), " ") }

var (
	link    = regexp.MustCompile(`<a href="([^"]*)"[^>]*>([^<]*)</a>`)
	tag     = regexp.MustCompile(`<[^>]*>`)
	span    = regexp.MustCompile(`</?span[^>]*>`) // does not part words
	preview = regexp.MustCompile(`<div style="display:none;[^>]*>([^<]*)</div>`)
)

// read returns the words of a letter in HTML as its text has them: links come
// after their names, and not again for those who cannot press a button. What is
// hidden there is not among them.
func read(lang i18n.Lang, letter string) string {
	_, body, _ := strings.Cut(letter, "<body")
	body = span.ReplaceAllString(preview.ReplaceAllString(body, ""), "")
	body = "<" + strings.ReplaceAll(body, "<hr", "--<hr")
	body = tag.ReplaceAllString(link.ReplaceAllString(body, "$2 $1"), " ")
	again := regexp.MustCompile(regexp.QuoteMeta(i18n.T(lang, "mail.button.plain")) + `\s+\S+`)
	return words(html.UnescapeString(again.ReplaceAllString(body, "")))
}

func TestTimesAreToldInTheZoneOfTheOrganization(t *testing.T) {
	org := association
	org.Zone = time.FixedZone("EST", -5*60*60)
	letters, err := NewLetters(os.DirFS("../.."), org)
	if err != nil {
		t.Fatal(err)
	}
	r := Reminding{Saved: written, Ends: written.Add(time.Hour)}
	d := Resumable{Saved: r.Saved, Ends: r.Ends, Expires: r.Ends}
	reminder, err1 := letters.Reminder(NewOrder(Reminder, "a@example.org", i18n.English, written), r)
	resume, err2 := letters.Resume(NewOrder(Resume, "a@example.org", i18n.English, written), []Resumable{d})
	if err := errors.Join(err1, err2); err != nil {
		t.Fatal(err)
	}
	for _, l := range []Letter{reminder, resume} {
		if !strings.Contains(l.Text, "10:04 a.m. Eastern time") || !strings.Contains(l.Text, "11:04 a.m. Eastern time") || strings.Contains(l.Text, "UTC") {
			t.Errorf("%s tells its times in another zone:\n%s", l.Kind, l.Text)
		}
	}
}

func TestIDsAreNewForEachLetter(t *testing.T) {
	a, b := newConfirmation(t, "a@example.org", i18n.English), newConfirmation(t, "a@example.org", i18n.English)
	if a.ID == b.ID || len(a.ID) < 22 || !isID(a.ID) {
		t.Errorf("IDs %q and %q, want two different ones of 128 bits", a.ID, b.ID)
	}
}

// TestAMemberGetsTheSameKindOfLetter so that the two share one budget, and
// neither shows who is a member.
func TestAMemberGetsTheSameKindOfLetter(t *testing.T) {
	for _, lang := range i18n.Languages {
		asked, member := newConfirmation(t, "a@example.org", lang), askMember(t, lang)
		if member.Kind != Confirm || asked.Kind != Confirm {
			t.Errorf("the kinds are %q and, to a member, %q, want %q", asked.Kind, member.Kind, Confirm)
		}
		if member.Subject == asked.Subject || strings.Contains(member.Text, i18n.T(lang, "mail.confirm.heading")) {
			t.Errorf("the letter to a member is that to anybody:\n%s\n%s", member.Subject, member.Text)
		}
	}
}
