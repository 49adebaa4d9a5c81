package web

import (
	"cmp"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"joinery/app/confirm"
	"joinery/app/i18n"
	"joinery/app/member"
)

// A questionPage asks the reader of a mailbox which of those who share it applied.
type questionPage struct {
	page
	Problems   []problem
	Action     string
	DraftID    string // for the post; "": the path identifies the application
	Members    []sharingMember
	Most       int                // how many members can share a mailbox, if they do; or 0
	Someone    string             // the answer of a person who is no member
	Chosen     string             // the answer that was given
	Unanswered string             // the problem with the answer, or ""
	Until      string             // when the application ends without an answer
	Decline    string             // the path to decline, on the page of a link, or ""
	TakesCode  bool               // this browser is not the one that applied
	Typed      string             // the code
	WrongCode  string             // the problem with the code, or ""
	CodeResult confirm.CodeResult // of the code that was posted, for the languageSwitch, or ""
	CodesLeft  int                // the number of attempts left, for the languageSwitch
	Switched   bool               // a languageSwitch was posted, so nothing is judged
}

// A sharingMember is a member with the address.
type sharingMember struct {
	Ref, Name string
	Since     string // a date, if it takes one to tell the member from another, or ""
}

// OnlyName returns the name of the only member, or "".
func (p questionPage) OnlyName() string {
	if len(p.Members) != 1 {
		return ""
	}
	return p.Members[0].Name
}

// answerField is the name of the field with the answer.
const answerField = "who"

func (s *Server) questionPage(c *fiber.Ctx, q confirm.Question, ends time.Time) questionPage {
	l := langOf(c)
	p := questionPage{
		page: s.page(c, i18n.T(l, "link.held.title")), Someone: confirm.SomeoneElse, Until: i18n.Until(l, ends.In(s.Zone), s.Now()),
	}
	if q.Full {
		p.Most = member.MaxSharing
	}
	for _, m := range q.Members {
		shown := sharingMember{Ref: m.Ref, Name: m.Name}
		if !m.Since.IsZero() {
			shown.Since = i18n.Date(l, m.Since.In(s.Zone))
		}
		p.Members = append(p.Members, shown)
	}
	return p
}

// linkQuestionPage returns the question on the page of a link, which takes the code in
// another browser than the applicant's own.
func (s *Server) linkQuestionPage(c *fiber.Ctx, link confirm.Link, own bool) (questionPage, confirm.Question, error) {
	q, err := s.Confirm.QuestionForLink(c.UserContext(), link)
	p := s.questionPage(c, q, s.Confirm.EndsForLink(link))
	p.PagePath, p.Action, p.TakesCode = confirmPath(c), localPath(p.Lang, confirmPath(c))+"/who", !own
	if !own {
		p.Decline = localPath(p.Lang, declinePath(c))
	}
	return p, q, err
}

func (s *Server) showLinkQuestion(c *fiber.Ctx, link confirm.Link, own bool) error {
	p, _, err := s.linkQuestionPage(c, link, own)
	if err != nil {
		return err
	}
	return s.render(c, "confirm_question", p)
}

// askAfterCode asks the question after the right code was typed on the page of a link. It
// answers the post without a redirect, so that the code need not be typed again.
func (s *Server) askAfterCode(c *fiber.Ctx, typed string) error {
	link, err := s.confirmLink(c)
	if err != nil {
		return err
	}
	if !link.Asks(false) {
		return s.redirectToConfirmLink(c)
	}
	p, _, err := s.linkQuestionPage(c, link, false)
	if err != nil {
		return err
	}
	p.Typed = typed
	return s.showAnswer(c, p)
}

// postLinkAnswer takes the answer on the page of a link.
func (s *Server) postLinkAnswer(c *fiber.Ctx) error {
	link, err := s.confirmLink(c)
	if err != nil {
		return err
	}
	own := s.isOwn(c, link)
	if !link.Asks(own) {
		return s.redirectAnswered(c, link.Status == confirm.Used, confirmPath(c))
	}
	p, q, err := s.linkQuestionPage(c, link, own)
	switch p.read(c, q); {
	case err != nil:
		return err
	case len(p.Problems) > 0:
		return s.refuseAnswer(c, p)
	case p.Switched:
		return s.showAnswer(c, p)
	case own:
		return s.answerOwn(c, p.Chosen, confirmPath(c))
	}
	code, left, result, err := s.Confirm.AnswerForLink(c.UserContext(), link, p.Typed, p.Chosen)
	if err != nil {
		return err
	}
	if p.refuseCode(code, left); len(p.Problems) > 0 {
		return s.refuseAnswer(c, p)
	}
	return s.redirectAnswered(c, result == confirm.AnswerTooLate, confirmPath(c))
}

// read takes what was posted, and notes what is wrong with it before any code is judged.
// Of a languageSwitch it takes what the page had found wrong.
func (p *questionPage) read(c *fiber.Ctx, q confirm.Question) {
	posted := readPost(c)
	p.Chosen, p.Typed = posted.Get(answerField), posted.Get("code")
	result, left, switched := switchedProblem(posted)
	if p.Switched = switched; switched && result == "" {
		return
	}
	if !q.Has(p.Chosen) {
		p.Unanswered = i18n.T(p.Lang, "who.missing")
		p.Problems = append(p.Problems, problem{ID: answerField, Text: p.Unanswered})
	}
	if p.TakesCode && p.Typed == "" {
		p.addWrongCode(i18n.T(p.Lang, "proof.empty"))
	}
	if p.TakesCode && switched {
		p.refuseCode(confirm.CodeResult(result), left)
	}
}

func (p *questionPage) addWrongCode(reason string) {
	p.WrongCode = reason
	p.Problems = append(p.Problems, problem{ID: "code", Text: reason})
}

// refuseCode notes the problem with a code that did not count.
func (p *questionPage) refuseCode(result confirm.CodeResult, left int) {
	p.CodeResult, p.CodesLeft = result, left
	switch result {
	case confirm.CodeMistyped:
		p.addWrongCode(i18n.N(p.Lang, "proof.mistyped", left))
	case confirm.CodeSuperseded, confirm.CodeMalformed, confirm.CodeForHandoff, confirm.CodeForMember:
		p.addWrongCode(i18n.T(p.Lang, "proof."+string(result)))
	}
}

// refuseAnswer shows the question again with the problems. It answers the post without a
// redirect, because checking a code costs an attempt.
func (s *Server) refuseAnswer(c *fiber.Ctx, p questionPage) error {
	p.Failed = true
	p.CodeResult = cmp.Or(p.CodeResult, emptyCode)
	c.Status(fiber.StatusUnprocessableEntity)
	return s.showAnswer(c, p)
}

// showAnswer shows the question with what was posted, in answer to the post.
func (s *Server) showAnswer(c *fiber.Ctx, p questionPage) error {
	p.Switch = switchByPost(p.Lang, p.PagePath+"/who", answerField, p.Chosen, "code", p.Typed, problemField, string(p.CodeResult), leftField, strconv.Itoa(p.CodesLeft))
	return s.render(c, "confirm_question", p)
}

// answerOwn answers in the applicant's own browser, which has proven the mailbox.
func (s *Server) answerOwn(c *fiber.Ctx, answer, path string) error {
	v := s.visit(c)
	a, err := v.application()
	if err != nil {
		return err
	}
	result, err := s.Confirm.Answer(c.UserContext(), a, v.session, answer)
	if err != nil {
		return err
	}
	return s.redirectAnswered(c, result == confirm.AnswerTooLate, path)
}

// redirectAnswered redirects to the page that shows what came of a question, with a note
// if it was answered before.
func (s *Server) redirectAnswered(c *fiber.Ctx, before bool, path string) error {
	if before {
		return s.redirectWithNote(c, langOf(c), path, noteAnswered)
	}
	return s.redirectAfresh(c, path)
}
