package web

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"joinery/app/draft"
	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/join"
)

// A checkPage shows everything that will be sent.
type checkPage struct {
	page
	press
	Step, Steps int
	Heading     string
	Action      string
	Shown       string // the draft as the page shows it, see join.Progress
	Back        place
	Groups      []group
	Dropped     []string // the questions that were answered and are not asked any more
	Consents    []consent
	Problems    []problem
}

// A group is what was answered to one section.
type group struct {
	Key, Title string
	Rows       []row
}

// A row is one question and its answer, in words.
type row struct {
	Lang   i18n.Lang // of the page
	Label  string
	In     i18n.Lang // the language of Label
	Values []string  // none: not provided
	Long   bool      // keeps its lines
	Advice *advice   // nil: none
}

type consent struct {
	Lang                        i18n.Lang
	Key, Wording, Hint, Problem string
	Required, Given, Privacy    bool
}

// showCheck shows what will be sent, once every section is finished.
func (s *Server) showCheck(c *fiber.Ctx) error {
	progress, err := s.Join.Progress(c.UserContext(), s.draftID(c))
	switch {
	case errors.Is(err, join.ErrSent):
		return redirect(c, langOf(c), "/apply/sent")
	case err != nil:
		return err
	case progress.Next != nil:
		return s.leadBack(c, progress)
	}
	var given []string
	if c.Query("ticked") != "" { // somebody comes back who ticked them here; others may have forgotten that they did
		given = s.Join.SavedConsents(progress)
	}
	var problems form.Problems
	if c.Query("wrong") != "" {
		problems = s.Join.Form.MissingConsents(given)
	}
	if len(problems) > 0 {
		c.Status(fiber.StatusUnprocessableEntity)
	}
	return s.render(c, "review", s.checkPage(c, progress, given, problems))
}

// leadBack leads from the check page to what is missing. Who had finished that
// section before, and made it incomplete by another change, comes back here
// from it.
func (s *Server) leadBack(c *fiber.Ctx, progress join.Progress) error {
	if _, err := s.Join.Sent(c.UserContext(), s.draftID(c)); err == nil {
		return redirect(c, langOf(c), "/apply/sent")
	}
	var from string
	if progress.Draft.Sections[progress.Next.Key].Completed {
		from = "check"
	}
	return redirect(c, langOf(c), query(pathTo(progress.Next), "note", "order", "from", from))
}

// send sends the application, or leads back to the page for the consents that
// are missing, or to where another button wants to go.
func (s *Server) send(c *fiber.Ctx) error {
	posted, l := readPost(c), langOf(c)
	do, given := posted.Get("do"), posted["given"]
	if to, path := s.leaving(l, do); path != "" {
		return s.leaveCheck(c, given, to, path)
	}
	switch changed, err := s.changed(c, posted); {
	case err != nil:
		return err
	case changed:
		return s.leaveCheck(c, given, l, query(pathTo(nil), "ticked", "1", "note", "changed"))
	case strings.HasPrefix(do, accepting):
		return s.acceptOnCheck(c, given, do)
	case len(s.Join.Form.MissingConsents(given)) > 0:
		return s.leaveCheck(c, given, l, query(pathTo(nil), "ticked", "1", "wrong", "1"))
	case s.suspect(posted):
		return s.leaveCheck(c, given, l, query(pathTo(nil), "ticked", "1", "note", "press"))
	}
	_, err := s.Join.Send(c.UserContext(), s.draftID(c), given, l, s.from(c))
	switch {
	case errors.Is(err, join.ErrIncomplete):
		return redirect(c, l, pathTo(nil)) // which leads to what is missing
	case errors.Is(err, join.ErrNoDraft):
		return redirect(c, l, "/apply/sent") // which knows what became of it
	case err != nil:
		return err
	}
	return redirect(c, l, "/apply/sent")
}

// changed reports whether what would be sent is not what the page showed.
func (s *Server) changed(c *fiber.Ctx, posted url.Values) (bool, error) {
	here, err := s.here(c)
	return here.ShortID() != "" && posted.Has("version") && posted.Get("version") != here.Version(), err
}

func (s *Server) checkPage(c *fiber.Ctx, progress join.Progress, given []string, problems form.Problems) checkPage {
	l, f, all := langOf(c), s.Join.Form, progress.Draft.Answers(s.Join.Form)
	steps := len(f.Sections) + 1
	p := checkPage{
		page:    s.page(c, i18n.T(l, "check.page_title", steps)),
		press:   s.press(c.Query("note") == "press"),
		Step:    steps,
		Steps:   steps,
		Heading: i18n.T(l, "check.title"),
		Action:  in(l, pathTo(nil)),
		Shown:   progress.Version(),
		Back:    s.before(c, len(f.Sections)),
	}
	p.Failed, p.Scripts, p.Lists = len(problems) > 0, true, suggested(s.Join.Form, l)
	p.Dropped = s.dropped(l, progress.Draft)
	for i := range f.Sections {
		p.Groups = append(p.Groups, newGroup(l, f, &f.Sections[i], all, s.advice))
	}
	for i := range f.Consents {
		k := newConsent(l, &f.Consents[i], s.Name, given, problems)
		if p.Consents = append(p.Consents, k); k.Problem != "" {
			p.Problems = append(p.Problems, problem{ID: k.Key, Text: k.Problem})
		}
	}
	return p
}

// newGroup returns what was answered to a section of d, with what advise has to
// say about it; nil: nothing.
func newGroup(l i18n.Lang, d *form.Definition, section *form.Section, all form.Answers, advise func(context.Context, i18n.Lang, *form.Field, string) *advice) group {
	g := group{Key: section.Key, Title: section.Title.In(l)}
	for i := range section.Fields {
		f := &section.Fields[i]
		if !d.Asked(f, all) {
			continue
		}
		r := row{Lang: l, Label: f.Label.In(l), In: l, Values: f.Labels(l, all), Long: f.Kind == form.LongText}
		if advise != nil {
			r.Advice = advise(atOnce, l, f, all.First(f.Key))
		}
		g.Rows = append(g.Rows, r)
	}
	return g
}

// dropped returns the labels of the questions that were answered under an
// earlier form, and that this one does not ask.
func (s *Server) dropped(l i18n.Lang, d draft.Draft) []string {
	var labels []string
	for _, section := range d.Sections {
		for _, label := range s.Join.Form.Dropped(s.Join.Former[section.Form], d.Typed(s.Join.Form)) {
			labels = append(labels, label.In(l))
		}
	}
	slices.Sort(labels)
	return slices.Compact(labels)
}

func newConsent(l i18n.Lang, k *form.Consent, org i18n.Text, given []string, problems form.Problems) consent {
	shown := consent{
		Lang:     l,
		Key:      k.Key,
		Wording:  k.In(l, org),
		Hint:     k.Hint.In(l),
		Required: k.Required,
		Given:    slices.Contains(given, k.Key),
		Privacy:  k.Privacy,
	}
	if p, ok := problems[k.Key]; ok {
		shown.Problem = p.In(l)
	}
	return shown
}
