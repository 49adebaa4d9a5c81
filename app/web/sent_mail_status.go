package web

import (
	"errors"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"joinery/app/confirm"
	"joinery/app/i18n"
	"joinery/app/mail"
	"joinery/app/member"
)

// pollDelays are the seconds that htmx waits before each poll. The last delay repeats.
var pollDelays = []int{5, 5, 5, 10, 20, 40, 60}

// maxPolls is the number of polls after which htmx stops: about half an hour in which the
// page is seen. Looks, when a person comes back to the window, are no polls.
const maxPolls = 35

// A mailStatus is what the waiting page says about the letter. It alone changes while the
// page is open, so no part of it has a field to type in.
type mailStatus struct {
	Lang        i18n.Lang
	Apply       string
	DraftID     string // for the post
	Email       string // where the letter goes
	Contact     string
	Delivery    string // the status of the letter, or "" once it is refused or deleted
	Refused     bool   // the address of the letter is not known where it was sent
	Failed      bool   // the letter was given up and cannot have come
	Expired     bool   // the letter may have come, but its link and its code have expired
	Stuck       bool   // the letter was given up, or our mail or the inbox has a problem
	Late        bool   // the letter is stuck, goes out later, or was sent hours ago
	Accepted    bool   // a mail server has accepted the letter
	Sent        bool   // the letter has gone out, perhaps without an answer
	AskAddress  bool   // that was hours ago: the address may be wrong all the same
	NextAllowed string // when the next letter is allowed, or "": now
	PollPath    string // the path that htmx polls
	PollDelay   int    // the seconds before the next poll, or 0: never
	LookPath    string // the path that htmx loads when a person comes back to the window
	Polled      bool   // htmx has asked: the lead takes the place of the one on the page
}

// AskAnother reports whether only another letter helps: that is then the first thing to do.
func (m mailStatus) AskAnother() bool { return m.Failed || m.Expired }

// addWaiting adds the status of a waiting application and the possible actions.
func (s *Server) addWaiting(c *fiber.Ctx, p *sentPage, a member.Application) error {
	state, err := s.Confirm.Confirmation(c.UserContext(), a)
	if err != nil {
		return err
	}
	p.Mail, p.Code = s.mailStatus(c, a, state, polls(c)), newSentCode(p.Lang, state)
	switch {
	case p.Mail.Failed:
		p.Title = i18n.T(p.Lang, "sent.failed.title")
	case p.Mail.Refused:
		p.Title, p.Code.Ended = i18n.T(p.Lang, "sent.refused.title"), i18n.T(p.Lang, "proof.refused")
	case p.Mail.Expired:
		p.Title = i18n.T(p.Lang, "sent.over.title")
	}
	p.Until = i18n.Until(p.Lang, s.Confirm.EndsAt(a).In(s.Zone), s.Now())
	p.Address, p.FirstName = s.emailForm(p.Lang), s.Wizard.Form.FirstName(a.Answers)
	p.Suggestion = s.sentSuggestion(c, a.Email)
	p.Suggestion.Undeliverable = p.Suggestion.Undeliverable && !p.Mail.Accepted // the mail server knows better
	p.Scripts = true
	return nil
}

// polls returns the number of polls before this request.
func polls(c *fiber.Ctx) int { return max(c.QueryInt(queryPolls), 0) }

// mailStatus returns the status of the letter about a, after a number of polls.
func (s *Server) mailStatus(c *fiber.Ctx, a member.Application, state confirm.Confirmation, polls int) mailStatus {
	l, now := langOf(c), s.Now()
	shown := mailStatus{
		Lang: l, Apply: localPath(l, applyPath), DraftID: s.visit(c).heldID(), Email: a.Email, Contact: s.Contact,
		Delivery: s.delivery(l, state.Delivery, now), Refused: state.State == mail.Refused, Accepted: state.State == mail.Accepted,
		Failed: state.State == mail.GivenUp && state.Cause != mail.Unanswered, Stuck: stuck(state.Delivery) != "",
		Expired: expired(state), Sent: state.State == mail.Accepted || state.Cause == mail.Unanswered,
	}
	shown.AskAddress = shown.Accepted && now.Sub(state.At) >= hoursWithoutAnswer
	if now.Before(state.NextAllowed) {
		shown.NextAllowed = i18n.When(l, wholeMinute(state.NextAllowed).In(s.Zone), now)
	}
	shown.Late = shown.Stuck || shown.AskAddress || state.State == mail.Deferred || state.State == mail.Queued && state.At.After(now)
	after := func(polls int) string {
		return withQuery(localPath(l, sentPath)+"/live", queryPolls, strconv.Itoa(polls), "sent", sentAt(a), queryStuck, missing(state))
	}
	shown.PollPath, shown.LookPath = after(polls+1), after(polls)
	if polls < maxPolls {
		shown.PollDelay = pollDelays[min(polls, len(pollDelays)-1)]
	}
	return shown
}

// delivery returns the words for the delivery of a letter, or "" if the page itself is about
// that it was refused.
func (s *Server) delivery(l i18n.Lang, d mail.Delivery, now time.Time) string {
	switch d.State {
	case mail.Queued:
		if d.At.After(now) {
			return i18n.T(l, "sent.mail.turn", i18n.When(l, wholeMinute(d.At).In(s.Zone), now))
		}
		return i18n.T(l, "sent.mail.queued")
	case mail.Deferred:
		return deferred(l, d.Cause, i18n.When(l, d.At.In(s.Zone), now))
	case mail.GivenUp:
		return givenUp(l, d.Cause)
	case mail.Accepted:
		return i18n.T(l, "sent.mail.accepted", i18n.When(l, d.At.In(s.Zone), now))
	}
	return ""
}

// wholeMinute returns the first minute that begins at t or later: the page omits the
// seconds, and must not promise an earlier time.
func wholeMinute(t time.Time) time.Time { return t.Add(time.Minute - 1).Truncate(time.Minute) }

// sentAt identifies an application among those of one browser: it cannot submit two
// within a second.
func sentAt(a member.Application) string { return strconv.FormatInt(a.Sent.Unix(), 10) }

// pollMailStatus answers htmx with the status of the letter. If the application of the
// page does not wait any more, it answers with the whole page.
func (s *Server) pollMailStatus(c *fiber.Ctx) error {
	if !isFragment(c) { // something on the way drops the headers of htmx
		return redirect(c, langOf(c), withQuery(sentPath, queryPolls, c.Query(queryPolls)))
	}
	c.Set("HX-Reswap", "none") // after a failure the page stays, and htmx polls again
	a, err := s.visit(c).application()
	switch {
	case errors.Is(err, confirm.ErrNoApplication):
		return goTo(c, applyPath)
	case err != nil:
		return err
	case a.State != member.Waiting, c.Query("sent") != sentAt(a):
		return s.swapSentPage(c, a, "innerHTML")
	}
	asked, err := s.Confirm.Asked(c.UserContext(), a, s.visit(c).session)
	switch {
	case err != nil:
		return err
	case asked: // by a code that was typed in another tab
		return goTo(c, sentPath)
	}
	return s.showMailStatus(c, a)
}

// goTo has htmx load another page.
func goTo(c *fiber.Ctx, path string) error {
	c.Set("HX-Redirect", localPath(langOf(c), path))
	return c.SendStatus(fiber.StatusNoContent)
}

// showMailStatus answers htmx with the status of the letter of a waiting application, or
// with the whole page if that asks for something else since. A letter that has gone as it
// should turns no page: that would take the focus from a person who types the code.
func (s *Server) showMailStatus(c *fiber.Ctx, a member.Application) error {
	state, err := s.Confirm.Confirmation(c.UserContext(), a)
	if err != nil {
		return err
	}
	if missing(state) != c.Query(queryStuck) {
		return s.swapSentPage(c, a, "innerMorph") // which keeps what is typed
	}
	c.Response().Header.Del("HX-Reswap")
	c.Vary("HX-Request")
	shown := s.mailStatus(c, a, state, polls(c))
	shown.Polled = true
	return s.write(c, shown, "partials/sent_mail_status", "partials/sent_lead")
}

// swapSentPage replaces the contents of the page with the present ones, by a swap of htmx.
func (s *Server) swapSentPage(c *fiber.Ctx, a member.Application, swap string) error {
	p, err := s.sentPage(c, a)
	if err != nil {
		return err
	}
	c.Set("HX-Retarget", "#page")
	c.Set("HX-Reswap", swap)
	c.Set("HX-Push-Url", "false")
	return s.render(c, "sent", p)
}
