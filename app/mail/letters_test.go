package mail

import (
	"cmp"
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
	"joinery/app/welcome"
)

var association = Organization{
	Name:    i18n.Text{i18n.English: `The "Élan" Society <3`, i18n.French: "Société d’Étude « Élan »"},
	Site:    "https://join.example.org",
	Address: "1, rue de l’Église\nMontréal (Québec)",
	Contact: "help@example.org",
	Colour:  "#1d3f8a",
	Zone:    time.FixedZone("EST", -5*60*60),
	Places:  welcome.Places{News: i18n.Text{i18n.English: "https://www.example.org/en/news?a=1&b=2", i18n.French: "https://www.example.org/fr/nouvelles?a=1&b=2"}},
	Logo:    Logo{PNG: []byte("\x89PNG"), Width: 120, Height: 40},
}

var (
	written      = time.Date(2026, time.November, 22, 15, 4, 5, 0, time.UTC)
	confirmation = Confirmation{
		Link:    "https://join.example.org/fr/confirm/SECRET?a=1&b=2",
		Code:    "K7RMPX",
		Expires: written.Add(24 * time.Hour),
	}
	drafts = []Resumable{
		{written.Add(-time.Hour), "About you", "https://join.example.org/fr/resume/SECRET1?a=1&b=2", written.Add(24 * time.Hour)},
		{written.Add(-2 * time.Hour), "Check & send", "https://join.example.org/fr/resume/SECRET2?a=1&b=2", written.Add(25 * time.Hour)},
		{written.Add(-3 * time.Hour), "Your role", "https://join.example.org/fr/resume/SECRET3?a=1&b=2", written.Add(26 * time.Hour)},
	}
	restoring = Restoring{Link: "https://join.example.org/fr/restore/SECRET5?a=1&b=2", Code: "K7RMPXAC3", Ends: written.Add(720 * time.Hour), Name: "Zoé"}
	reminding = Reminding{
		Ends:     written.Add(48 * time.Hour),
		Continue: "https://join.example.org/fr/resume/SECRET4?a=1&b=2",
		Delete:   "https://join.example.org/fr/delete/SECRET4?a=1&b=2",
	}
)

func newLetters(t testing.TB) *Letters {
	t.Helper()
	l, err := NewLetters(os.DirFS("../.."), association, func() time.Time { return written })
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func newConfirmation(t testing.TB, to string, lang i18n.Lang) Letter {
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
	footer  string // the key of what the letter says of its sender; "": mail.footer.sender
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
	newcomer, err1 := letters.Welcome(o, "Zoé")
	nameless, err2 := letters.Welcome(o, "")
	updated, err3 := letters.Updated(o, restoring)
	one, err4 := letters.Resume(o, drafts[:1])
	several, err5 := letters.Resume(o, drafts)
	reminder, err6 := letters.Reminder(o, reminding)
	if err := errors.Join(err1, err2, err3, err4, err5, err6); err != nil {
		t.Fatal(err)
	}
	say := func(key string, args ...any) string { return i18n.T(lang, key, args...) }
	until := func(end time.Time) string { return i18n.Until(lang, end.In(association.Zone), written) }
	way := func(d Resumable) []string {
		return []string{say("mail.resume.where", d.Where), say("mail.draft.continue"), d.Link, say("mail.resume.until", until(d.Expires))}
	}
	choice := func(d Resumable) []string {
		return append([]string{say("mail.resume.saved", i18n.Time(lang, d.Saved.In(association.Zone)))}, way(d)...)
	}
	confirming := []string{
		say("mail.confirm.button"), confirmation.Link, say("mail.code.label"), confirmation.Code, say("mail.code.use"), say("mail.confirm.expires", until(confirmation.Expires)),
	}
	notYou := say("mail.resume.not_you", say("draft.delete"))
	joined := []string{say("mail.welcome.text"), say("welcome.news.title"), association.Places.News.In(lang), say("welcome.news.text"), say("mail.welcome.colleague"), association.Site + "/" + string(lang), say("mail.welcome.answers", association.Contact)}
	return append(addressLetters(t, lang), []spoken{
		{"confirm", newConfirmation(t, to, lang), say("mail.confirm.subject", org), slices.Concat(
			[]string{say("mail.confirm.heading"), say("mail.confirm.why")}, confirming, []string{say("mail.confirm.not_you", say("link.not_mine"))},
		), ""},
		{"confirm to a member", askMember(t, lang), say("mail.member.subject", org), slices.Concat(
			[]string{say("mail.greeting", "Zoé"), say("mail.member.heading"), say("mail.member.why"), say("mail.member.replace")},
			confirming, []string{say("mail.member.not_you", say("link.not_mine"))},
		), ""},
		{"welcome", newcomer, say("mail.welcome.subject", org), append([]string{say("mail.welcome.named", "Zoé")}, joined...), ""},
		{"welcome without a name", nameless, say("mail.welcome.subject", org), append([]string{say("mail.welcome.heading")}, joined...), ""},
		{"updated", updated, say("mail.updated.subject", org), []string{
			say("mail.greeting", "Zoé"), say("mail.updated.heading"), say("mail.updated.text"), say("mail.updated.back", until(restoring.Ends)),
			say("mail.updated.button"), restoring.Link, say("mail.updated.code"), restoring.Code, say("mail.updated.keep"),
			say("mail.welcome.answers", association.Contact), say("mail.updated.not_you", association.Contact),
		}, ""},
		{"resume one draft", one, say("mail.resume.subject", org), slices.Concat(
			[]string{say("mail.resume.heading"), say("mail.resume.why")}, way(drafts[0]), []string{notYou},
		), ""},
		{"resume one of several drafts", several, say("mail.resume.subject", org), slices.Concat(
			[]string{say("mail.resume.heading"), say("mail.resume.why"), say("mail.resume.several")},
			choice(drafts[0]), choice(drafts[1]), choice(drafts[2]), []string{notYou},
		), ""},
		{"reminder", reminder, say("mail.reminder.subject", org), []string{
			say("mail.reminder.heading"), say("mail.reminder.why", until(reminding.Ends)),
			say("mail.draft.continue"), reminding.Continue, say("mail.reminder.instead"), say("draft.delete"), reminding.Delete, say("mail.reminder.not_you", say("draft.delete")),
		}, ""},
	}...)
}

// TestBothPartsSayTheSame expects what each letter has to say, and nothing
// else, in both of its parts, in each language.
func TestBothPartsSayTheSame(t *testing.T) {
	for _, lang := range i18n.Languages {
		for _, tt := range all(t, lang) {
			foot := []string{
				"--", i18n.T(lang, cmp.Or(tt.footer, "mail.footer.sender"), association.Name),
				i18n.T(lang, "nav.contact", association.Contact), association.Address,
			}
			t.Run(fmt.Sprint(tt.name, " in ", lang), func(t *testing.T) {
				if tt.letter.Subject != tt.subject {
					t.Errorf("subject is %q, want %q", tt.letter.Subject, tt.subject)
				}
				want := words(strings.Join(slices.Concat([]string{association.Name.In(lang)}, tt.words, foot), " "))
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
	piece   = "<wbr>" // does not part words
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
	body = strings.ReplaceAll(span.ReplaceAllString(preview.ReplaceAllString(body, ""), ""), piece, "")
	body = "<" + strings.ReplaceAll(body, "<hr", "--<hr")
	body = tag.ReplaceAllString(link.ReplaceAllString(body, "$2 $1"), " ")
	again := regexp.MustCompile(regexp.QuoteMeta(i18n.T(lang, "mail.button.plain")) + `\s+\S+\s+\S+`) // the link is its own name
	return words(html.UnescapeString(again.ReplaceAllString(body, "")))
}

var date = regexp.MustCompile(`(Nov|Dec)\x{a0}\d|\d\x{a0}(nov|déc)\.`)

// TestTimesAreToldAsTheReaderUnderstandsThem, wherever and whenever that is. A letter has
// one date, so that it is not mistaken for another.
func TestTimesAreToldAsTheReaderUnderstandsThem(t *testing.T) {
	for l, want := range map[i18n.Lang]string{i18n.English: "Nov\u00a023 at 10:04\u00a0a.m. Eastern time.", i18n.French: "23\u00a0nov. à 10\u00a0h\u00a004, heure de l’Est."} {
		for _, tt := range all(t, l) {
			dates := len(date.FindAllString(tt.letter.Text, -1))
			if tt.name != "resume one of several drafts" && dates > 1 || strings.HasPrefix(tt.name, "welcome") != (dates == 0) {
				t.Errorf("%s tells %d dates:\n%s", tt.name, dates, tt.letter.Text)
			}
			if tt.name == "confirm" && !strings.Contains(tt.letter.Text, want) || strings.Contains(tt.letter.Text, "UTC") {
				t.Errorf("%s does not say %q:\n%s", tt.name, want, tt.letter.Text)
			}
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
