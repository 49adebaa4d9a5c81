package web

import (
	"errors"
	"slices"

	"github.com/gofiber/fiber/v2"

	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/join"
)

// A checkPage shows everything that will be sent.
type checkPage struct {
	page
	Step, Steps int
	Heading     string
	Action      string
	Back        string
	Groups      []group
	Consents    []consent
	Problems    []problem
}

// A group is what was answered to one section.
type group struct {
	Key, Title string
	Change     string // leads to the section and back
	Rows       []row
}

// A row is one question and its answer, in words.
type row struct {
	Label  string
	Values []string // none: not provided
	Long   bool     // keeps its lines
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
	if c.Query("ticked") != "" { // right after a switch of the language; later they may be out of date
		given = progress.Ticked()
	}
	return s.render(c, "check", s.checkPage(c, progress, given, nil))
}

// leadBack leads from the check page to what is missing. Who had finished that
// section before, and made it incomplete by another change, comes back here
// from it.
func (s *Server) leadBack(c *fiber.Ctx, progress join.Progress) error {
	if _, err := s.Join.Sent(c.UserContext(), s.draftID(c)); err == nil {
		return redirect(c, langOf(c), "/apply/sent")
	}
	path := pathTo(progress.Next) + "?note=order"
	if _, before := progress.Draft.Sections[progress.Next.Key]; before {
		path += "&from=check"
	}
	return redirect(c, langOf(c), path)
}

// send sends the application, or shows the page again with the consents that
// are missing.
func (s *Server) send(c *fiber.Ctx) error {
	posted, l := readPost(c), langOf(c)
	if to, switching := i18n.Parse(posted.Get("do")); switching {
		if err := s.Join.Tick(c.UserContext(), s.draftID(c), posted["given"], l); err != nil && !errors.Is(err, join.ErrSent) {
			return err
		}
		return redirect(c, to, pathTo(nil)+"?ticked=1")
	}
	problems, err := s.Join.Send(c.UserContext(), s.draftID(c), posted["given"], l)
	switch {
	case errors.Is(err, join.ErrUnfinished):
		return redirect(c, l, pathTo(nil)) // which leads to what is missing
	case errors.Is(err, join.ErrNoDraft):
		return redirect(c, l, "/apply/sent") // which knows what became of it
	case err != nil:
		return err
	case len(problems) > 0:
		return s.showRefused(c, posted["given"], problems)
	}
	return redirect(c, l, "/apply/sent")
}

func (s *Server) showRefused(c *fiber.Ctx, given []string, problems form.Problems) error {
	progress, err := s.Join.Progress(c.UserContext(), s.draftID(c))
	switch {
	case errors.Is(err, join.ErrSent):
		return redirect(c, langOf(c), "/apply/sent") // another tab was quicker
	case err != nil:
		return err
	}
	c.Status(fiber.StatusUnprocessableEntity)
	return s.render(c, "check", s.checkPage(c, progress, given, problems))
}

func (s *Server) checkPage(c *fiber.Ctx, progress join.Progress, given []string, problems form.Problems) checkPage {
	l, f, all := langOf(c), s.Join.Form, progress.Draft.Answers()
	steps := len(f.Sections) + 1
	p := checkPage{
		page:    s.page(c, i18n.T(l, "check.page_title", steps)),
		Step:    steps,
		Steps:   steps,
		Heading: i18n.T(l, "check.title"),
		Action:  in(l, pathTo(nil)),
		Back:    in(l, pathTo(&f.Sections[len(f.Sections)-1])),
	}
	p.Failed = len(problems) > 0
	for i := range f.Sections {
		p.Groups = append(p.Groups, newGroup(l, f, &f.Sections[i], all))
	}
	for i := range f.Consents {
		k := newConsent(l, &f.Consents[i], s.Name, given, problems)
		if p.Consents = append(p.Consents, k); k.Problem != "" {
			p.Problems = append(p.Problems, problem{ID: k.Key, Text: k.Problem})
		}
	}
	return p
}

func newGroup(l i18n.Lang, d *form.Definition, section *form.Section, all form.Answers) group {
	g := group{Key: section.Key, Title: section.Title.In(l), Change: in(l, pathTo(section)) + "?from=check"}
	for i := range section.Fields {
		if f := &section.Fields[i]; d.Asked(f, all) {
			g.Rows = append(g.Rows, row{Label: f.Label.In(l), Values: f.Words(l, all), Long: f.Kind == form.LongText})
		}
	}
	return g
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
