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

// A reviewPage shows everything that will be sent.
type reviewPage struct {
	page
	botCheck
	Step, Steps int
	Heading     string
	Action      string
	Version     string // the draft as the page shows it, see join.Progress
	Back        pageLink
	Groups      []answerGroup
	Dropped     []string // the questions that were answered and are not asked any more
	Consents    []consentField
	Problems    []problem
}

// A answerGroup is what was answered to one section.
type answerGroup struct {
	Key, Title string
	Rows       []answerRow
}

// A answerRow is one question and its answer, in words.
type answerRow struct {
	Lang      i18n.Lang // of the page
	Label     string
	LabelLang i18n.Lang // the language of Label
	Values    []string  // none: not provided
	Long      bool      // keeps its lines
	Advice    *advice   // nil: none
}

type consentField struct {
	Lang                        i18n.Lang
	Key, Wording, Hint, Problem string
	Required, Given, Privacy    bool
}

// showReview shows what will be sent, once every section is finished.
func (s *Server) showReview(c *fiber.Ctx) error {
	progress, err := s.Join.Progress(c.UserContext(), s.session(c))
	switch {
	case errors.Is(err, join.ErrSent):
		return redirect(c, langOf(c), "/apply/sent")
	case err != nil:
		return err
	case progress.Next != nil:
		return s.redirectToMissing(c, progress)
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
	return s.render(c, "review", s.reviewPage(c, progress, given, problems))
}

// redirectToMissing leads from the check page to what is missing. Who had finished that
// section before, and made it incomplete by another change, comes back here
// from it.
func (s *Server) redirectToMissing(c *fiber.Ctx, progress join.Progress) error {
	if _, err := s.Join.Sent(c.UserContext(), s.session(c)); err == nil {
		return redirect(c, langOf(c), "/apply/sent")
	}
	var from string
	if progress.Draft.Sections[progress.Next.Key].Completed {
		from = "check"
	}
	return redirect(c, langOf(c), withQuery(sectionPath(progress.Next), "note", "order", "from", from))
}

// submit sends the application, or leads back to the page for the consents that
// are missing, or to where another button wants to go.
func (s *Server) submit(c *fiber.Ctx) error {
	posted, l := readPost(c), langOf(c)
	do, given := posted.Get("do"), posted["given"]
	if to, path := s.exitFromReview(l, do); path != "" {
		return s.leaveReview(c, given, to, path)
	}
	switch changed, err := s.answersChanged(c, posted); {
	case err != nil:
		return err
	case changed:
		return s.leaveReview(c, given, l, withQuery(sectionPath(nil), "ticked", "1", "note", "changed"))
	case strings.HasPrefix(do, acceptPrefix):
		return s.acceptOnReview(c, given, do)
	case len(s.Join.Form.MissingConsents(given)) > 0:
		return s.leaveReview(c, given, l, withQuery(sectionPath(nil), "ticked", "1", "wrong", "1"))
	case s.looksAutomated(posted):
		return s.leaveReview(c, given, l, withQuery(sectionPath(nil), "ticked", "1", "note", "press"))
	}
	_, err := s.Join.Send(c.UserContext(), s.session(c), given, l, s.clientNetwork(c))
	switch {
	case errors.Is(err, join.ErrIncomplete):
		return redirect(c, l, sectionPath(nil)) // which leads to what is missing
	case errors.Is(err, join.ErrNoDraft):
		return redirect(c, l, "/apply/sent") // which knows what became of it
	case err != nil:
		return err
	}
	return redirect(c, l, "/apply/sent")
}

// answersChanged reports whether what would be sent is not what the page showed.
func (s *Server) answersChanged(c *fiber.Ctx, posted url.Values) (bool, error) {
	here, err := s.currentProgress(c)
	return here.ShortID() != "" && posted.Has("version") && posted.Get("version") != here.Version(), err
}

func (s *Server) reviewPage(c *fiber.Ctx, progress join.Progress, given []string, problems form.Problems) reviewPage {
	l, f, all := langOf(c), s.Join.Form, progress.Draft.Answers(s.Join.Form)
	steps := len(f.Sections) + 1
	p := reviewPage{
		page:     s.page(c, i18n.T(l, "check.page_title", steps)),
		botCheck: s.botCheck(c.Query("note") == "press"),
		Step:     steps,
		Steps:    steps,
		Heading:  i18n.T(l, "check.title"),
		Action:   localPath(l, sectionPath(nil)),
		Version:  progress.Version(),
		Back:     s.pageBefore(c, len(f.Sections)),
	}
	p.Failed, p.Scripts, p.Datalists = len(problems) > 0, true, datalists(s.Join.Form, l)
	p.Dropped = s.droppedQuestions(l, progress.Draft)
	for i := range f.Sections {
		p.Groups = append(p.Groups, newAnswerGroup(l, f, &f.Sections[i], all, s.advice))
	}
	for i := range f.Consents {
		k := newConsentField(l, &f.Consents[i], s.Name, given, problems)
		if p.Consents = append(p.Consents, k); k.Problem != "" {
			p.Problems = append(p.Problems, problem{ID: k.Key, Text: k.Problem})
		}
	}
	return p
}

// newAnswerGroup returns what was answered to a section of d, with what advise has to
// say about it; nil: nothing.
func newAnswerGroup(l i18n.Lang, d *form.Definition, section *form.Section, all form.Answers, advise func(context.Context, i18n.Lang, *form.Field, string) *advice) answerGroup {
	g := answerGroup{Key: section.Key, Title: section.Title.In(l)}
	for i := range section.Fields {
		f := &section.Fields[i]
		if !d.Asked(f, all) {
			continue
		}
		r := answerRow{Lang: l, Label: f.Label.In(l), LabelLang: l, Values: f.Labels(l, all), Long: f.Kind == form.LongText}
		if advise != nil {
			r.Advice = advise(noWait, l, f, all.First(f.Key))
		}
		g.Rows = append(g.Rows, r)
	}
	return g
}

// droppedQuestions returns the labels of the questions that were answered under an
// earlier form, and that this one does not ask.
func (s *Server) droppedQuestions(l i18n.Lang, d draft.Draft) []string {
	var labels []string
	for _, section := range d.Sections {
		for _, label := range s.Join.Form.Dropped(s.Join.Former[section.Form], d.Typed(s.Join.Form)) {
			labels = append(labels, label.In(l))
		}
	}
	slices.Sort(labels)
	return slices.Compact(labels)
}

func newConsentField(l i18n.Lang, k *form.Consent, org i18n.Text, given []string, problems form.Problems) consentField {
	shown := consentField{
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
