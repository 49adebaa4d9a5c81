package mail

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	htmltemplate "html/template"
	"io/fs"
	"strings"
	texttemplate "text/template"
	"time"

	"joinery/app/i18n"
)

// Letters writes letters from the templates in views/mail, one for all
// languages, with the words of the catalogues. It may be used concurrently.
type Letters struct {
	org  Organization
	now  func() time.Time
	html *htmltemplate.Template
	text *texttemplate.Template
}

// functions are what the templates can call besides the built-in ones.
var functions = map[string]any{"t": i18n.T}

// NewLetters reads the templates from views, in which "views/mail/confirm.html"
// opens. It writes every letter once: a template that cannot be written in some
// language is an error now, not when an applicant waits for the letter. Now is the clock
// of whoever reads a letter as soon as it is written, usually [time.Now].
func NewLetters(views fs.FS, org Organization, now func() time.Time) (*Letters, error) {
	org.Zone = cmp.Or(org.Zone, time.UTC)
	l := &Letters{
		org:  org,
		now:  now,
		html: htmltemplate.New("").Funcs(functions),
		text: texttemplate.New("").Funcs(functions),
	}
	if err := l.parse(views); err != nil {
		return nil, err
	}
	for _, lang := range i18n.Languages {
		if err := l.rehearse(lang); err != nil {
			return nil, err
		}
	}
	return l, nil
}

// rehearse writes every letter in lang, with all that may be in it.
func (l *Letters) rehearse(lang i18n.Lang) error {
	full, o := *l, Order{Lang: lang}
	full.org.Logo.PNG = []byte{0}
	full.org.Places.Members = i18n.Text{lang: "https://localhost"}
	return full.writeAll(o)
}

// writeAll writes every letter once.
func (l *Letters) writeAll(o Order) error {
	_, confirm := l.Confirm(o, Confirmation{Code: "ABCDEF", Link: "https://localhost"})
	_, again := l.Confirm(o, Confirmation{Code: "ABCDEF", Member: true, Name: "A"})
	_, welcome := l.Welcome(o, "")
	_, greeted := l.Welcome(o, "A")
	_, updated := l.Updated(o, Restoring{Code: "ABCDEFGHJ", Name: "A"})
	_, asking := l.NewAddress(o, AddressAsking{Code: "ABCDEFGHJ"})
	_, changed := l.AddressChanged(o, AddressChange{To: "A", Name: "A"})
	_, twice := l.AddressChanged(o, AddressChange{})
	_, resume := l.Resume(o, make([]Resumable, 2))
	_, reminder := l.Reminder(o, Reminding{})
	return errors.Join(confirm, again, welcome, greeted, updated, asking, changed, twice, resume, reminder)
}

// parse names each template by its path without its ending, as the site does.
func (l *Letters) parse(views fs.FS) error {
	files, err := fs.Glob(views, "views/mail/*.*")
	if err != nil {
		return fmt.Errorf("mail: %w", err)
	}
	for _, file := range files {
		source, err := fs.ReadFile(views, file)
		if err != nil {
			return fmt.Errorf("mail: %w", err)
		}
		if name, ok := strings.CutSuffix(file, ".html"); ok {
			_, err = l.html.New(name).Parse(string(source))
		} else if name, ok := strings.CutSuffix(file, ".txt"); ok {
			_, err = l.text.New(name).Parse(string(source))
		}
		if err != nil {
			return fmt.Errorf("mail: %s: %w", file, err)
		}
	}
	return nil
}

// A Confirmation is what a letter of the kind [Confirm] tells.
type Confirmation struct {
	Link    string
	Code    string    // letters and digits: the other way to confirm, for people who cannot open Link
	Expires time.Time // of Link and Code
	Member  bool      // a member has the address, whose answers may be replaced
	Name    string    // of the applicant, if others have the address: the letter begins with it; or ""
}

// Confirm writes the letter that asks whether an application is its reader's. To
// a member it says so; only there is it told that they are one.
func (l *Letters) Confirm(o Order, c Confirmation) (Letter, error) {
	if c.Member {
		return l.write("member", o, page{Confirmation: c, Greeted: c.Name})
	}
	return l.write("confirm", o, page{Confirmation: c, Greeted: c.Name})
}

// Welcome writes the letter to a new member of this first name; "" if it is not known.
func (l *Letters) Welcome(o Order, name string) (Letter, error) {
	return l.write("welcome", o, page{Greeted: name})
}

// A Restoring is what a letter of the kind [Updated] tells: how the former answers are
// put back.
type Restoring struct {
	Link string
	Code string    // letters and digits, which the page of Link takes
	Ends time.Time // of the former answers
	Name string    // of the member, as it was: the letter begins with it; or ""
}

// Updated writes the letter to a member whose answers were just replaced.
func (l *Letters) Updated(o Order, r Restoring) (Letter, error) {
	return l.write("updated", o, page{Restoring: r, Greeted: r.Name})
}

// A Resumable is one draft that a letter of the kind [Resume] leads back to.
type Resumable struct {
	Saved   time.Time // tells the reader which draft it is, as does Where
	Where   string    // the title of the page with which it goes on
	Link    string    // its page offers to continue it, and to delete it
	Expires time.Time // of the link
}

// Resume writes the letter to a person who asked for links to their drafts. It
// lists the drafts, of which there is at least one, in that order.
func (l *Letters) Resume(o Order, drafts []Resumable) (Letter, error) {
	return l.write("resume", o, page{Drafts: drafts})
}

// A Reminding is what a letter of the kind [Reminder] tells.
type Reminding struct {
	Ends     time.Time // of the draft, and of the link to continue it
	Continue string    // a link
	Delete   string    // a link
}

// Reminder writes the only letter that reminds a person of their draft.
func (l *Letters) Reminder(o Order, r Reminding) (Letter, error) {
	return l.write("reminder", o, page{Reminding: r})
}

// write writes the letter of o from the templates with the given name.
func (l *Letters) write(name string, o Order, p page) (Letter, error) {
	p.Lang, p.zone, p.now = o.Lang, l.org.Zone, l.now()
	p.Org, p.Address, p.Contact, p.Colour = l.org.Name.In(p.Lang), l.org.Address, l.org.Contact, l.org.Colour
	p.Home = l.org.Site + "/" + string(p.Lang)
	p.Cards = l.org.Places.Cards(p.Lang)
	if len(l.org.Logo.PNG) > 0 {
		p.Logo = &l.org.Logo
	}
	p.Subject = i18n.T(p.Lang, "mail."+name+".subject", p.Org)
	var html, text bytes.Buffer
	if err := l.html.ExecuteTemplate(&html, "views/mail/"+name, p); err != nil {
		return Letter{}, fmt.Errorf("mail: %s: %w", name, err)
	}
	if err := l.text.ExecuteTemplate(&text, "views/mail/"+name, p); err != nil {
		return Letter{}, fmt.Errorf("mail: %s: %w", name, err)
	}
	return Letter{Order: o, Subject: p.Subject, Text: text.String(), HTML: html.String()}, nil
}
