package web

import (
	"errors"
	"net/url"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/mail"
	"joinery/app/wizard"
)

// A reviewPage shows everything that the applicant is about to submit.
type reviewPage struct {
	page
	botCheck
	Step, Steps int
	Heading     string
	Action      string
	Saving      savingLine // whether the consents are saved
	Version     string     // the version of the draft on the page, see wizard.Progress
	Back        string     // the title of the page before
	Groups      []answerGroup
	Additions   []addition
	Blank       []answerRow // the questions without an answer, in all groups
	ShowBlank   bool        // one of them has the focus
	Dropped     []string    // the answered questions that the form does not ask any more
	Consents    []consentField
	Problems    []problem
	Unsaved     string // the reason why nothing was saved or sent, or ""
}

// An addition is a section that is not asked, which the applicant can add.
type addition struct{ Key, Words string }

type consentField struct {
	Lang                        i18n.Lang
	Key, Wording, Hint, Problem string
	Required, Given, Privacy    bool
	Reworded                    bool // it was ticked beside other words
}

// showReview shows the answers and the consents, once every section is complete.
func (s *Server) showReview(c *fiber.Ctx) error {
	p, err := s.visit(c).progress()
	switch {
	case err != nil:
		return err
	case p.Next != nil:
		return s.redirectToMissing(c, p)
	}
	given := s.Wizard.SavedConsents(p)
	var problems form.Problems
	if p.ReviewRefused() || c.Query(queryWrong) != "" {
		problems = s.Wizard.Form.MissingConsents(given)
	}
	if len(problems) > 0 {
		c.Status(fiber.StatusUnprocessableEntity)
	}
	return s.render(c, "review", s.reviewPage(c, p, given, problems))
}

// redirectToMissing redirects from the review page to the section that is missing. If
// the applicant had come to the end before another change, it leads back to the review
// page.
func (s *Server) redirectToMissing(c *fiber.Ctx, p wizard.Progress) error {
	if p.Outcome.Status != wizard.Unsubmitted {
		return s.redirectToSent(c)
	}
	var from string
	if last := p.Asked[len(p.Asked)-1]; p.Draft.Sections[p.Next.Key].Completed || p.Draft.Sections[last.Key].Completed {
		from = fromReview
	}
	return s.redirectWithNote(c, langOf(c), withQuery(s.apply.path(p.Next), queryFrom, from), s.apply.orderNote(p))
}

// submitPost submits the application. It redirects to the review page if consents are
// missing, and elsewhere if another button was pressed.
func (s *Server) submitPost(c *fiber.Ctx, posted url.Values) error {
	l, do, given := langOf(c), readAction(posted), posted["given"]
	switch v := s.visit(c); {
	case v.session == "" && posted.Has(versionField):
		return wizard.ErrNoDraft // the applicant has left this browser
	case v.switched(posted):
		return s.redirectSwitched(c)
	}
	if to, path := s.exitFromReview(c, do); path != "" {
		return s.leaveReview(c, given, to, path, noteNone)
	}
	p, err := s.visit(c).openDraft()
	_, accepting := do.accepts()
	switch {
	case err != nil:
		return err
	case answersChanged(p, posted):
		return s.leaveReview(c, given, l, s.apply.path(nil), noteChanged)
	case accepting:
		return s.acceptOnReview(c, p, given, do)
	case len(s.Wizard.Form.MissingConsents(given)) > 0:
		return s.refuseReview(c, given)
	case s.looksAutomated(posted):
		return s.leaveReview(c, given, l, s.apply.path(nil), notePress)
	}
	_, err = s.Confirm.Submit(c.UserContext(), p, given, l, s.clientNetwork(c))
	if errors.Is(err, mail.ErrFull) {
		return s.leaveReview(c, given, l, s.apply.path(nil), noteCrowded)
	}
	if err != nil && !errors.Is(err, wizard.ErrNoDraft) {
		return err
	}
	return redirect(c, l, sentPath) // which shows the outcome
}

// answersChanged reports whether the draft differs from the one that the page showed.
func answersChanged(p wizard.Progress, posted url.Values) bool {
	return p.HasDraft() && posted.Has(versionField) && posted.Get(versionField) != p.Version()
}

func (s *Server) reviewPage(c *fiber.Ctx, progress wizard.Progress, given []string, problems form.Problems) reviewPage {
	l := langOf(c)
	steps := len(progress.Asked) + 1
	p := reviewPage{
		page:     s.page(c, i18n.T(l, "check.page_title", steps)),
		botCheck: s.botCheck(s.note(c) == notePress),
		Step:     steps,
		Steps:    steps,
		Heading:  i18n.T(l, "check.title"),
		Action:   localPath(l, s.apply.path(nil)),
		Version:  progress.Version(),
		Back:     s.apply.titleBefore(c, nil, progress.Asked),
	}
	p.Saving = savingLine{Lang: l, AutosavePath: p.Action + "/save", Saved: s.savedAt(l, progress.Draft.Saved)}
	p.Failed, p.Scripts = len(problems) > 0, true
	p.FocusNote = p.FocusNote && !p.Failed // the summary of the problems takes the focus
	p.Dropped = s.droppedQuestions(l, progress.Draft)
	at := s.apply.changedField(c)
	if p.Failed || p.FocusNote {
		at = ""
	}
	if progress.HasDraft() {
		p.addAnswers(s.Wizard.Form, progress.Draft.Answers(s.Wizard.Form), s.advice, at)
	}
	p.Additions = s.additions(l, progress)
	s.addConsents(&p, progress, given, problems)
	return p
}

// additions returns the sections that the applicant can add.
func (s *Server) additions(l i18n.Lang, progress wizard.Progress) (additions []addition) {
	for i := range s.Wizard.Form.Sections {
		if section := &s.Wizard.Form.Sections[i]; progress.CanAdd(section) {
			additions = append(additions, addition{Key: section.Key, Words: section.Add.In(l)})
		}
	}
	return additions
}

// addConsents adds to the page the consents, those in given ticked, and what is wrong with
// them.
func (s *Server) addConsents(p *reviewPage, progress wizard.Progress, given []string, problems form.Problems) {
	reworded := s.Wizard.RewordedConsents(progress)
	for i := range s.Wizard.Form.Consents {
		k := newConsentField(p.Lang, &s.Wizard.Form.Consents[i], s.Name, given, problems)
		k.Reworded = slices.Contains(reworded, k.Key)
		if p.Consents = append(p.Consents, k); k.Problem != "" {
			p.Problems = append(p.Problems, problem{ID: k.Key, Text: k.Problem})
		}
	}
}

// Describes returns the ids of the texts that describe the box besides its wording.
func (k consentField) Describes() string {
	var ids []string
	if k.Reworded {
		ids = append(ids, k.Key+"-notice")
	}
	if k.Problem != "" {
		ids = append(ids, k.Key+"-problem")
	}
	if k.Hint != "" || k.Privacy {
		ids = append(ids, k.Key+"-hint")
	}
	return strings.Join(ids, " ")
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
