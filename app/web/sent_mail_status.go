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

// refreshSeconds is after how many seconds a browser without JavaScript looks for news.
const refreshSeconds = 30

// pollDelays are how many seconds htmx waits before it looks for news, each time
// more, and from the last one on always the same. After looks times, which is
// half an hour, it has looked for long enough.
var pollDelays = []int{5, 5, 5, 10, 20, 40, 60}

const maxPolls = 35

// A mailStatus is the part of the waiting page that follows the letter. Only this
// part changes while somebody is on the page: it holds no field.
type mailStatus struct {
	Lang        i18n.Lang
	Apply       string
	Contact     string
	Delivery    string // how the letter stands, or "" when that is long forgotten
	Refused     bool   // nobody will get it
	Accepted    bool   // a mail server has it
	NextAllowed string // when another one can be asked for, or "": now
	PollPath    string // where htmx looks for news, or "" when it has for long enough
	PollDelay   int    // seconds before it does
}

// addWaiting adds how an application that waits stands, and what there is to do.
func (s *Server) addWaiting(c *fiber.Ctx, p *sentPage, a member.Application) error {
	state, err := s.Confirm.Confirmation(c.UserContext(), a)
	if err != nil {
		return err
	}
	p.Mail, p.Code = s.mailStatus(c, a, state, 0), newSentCode(p.Lang, state)
	if p.Mail.Refused {
		p.Code.Ended = i18n.T(p.Lang, "proof.refused")
	}
	p.Email, p.Until = a.Email, i18n.Date(p.Lang, s.Confirm.EndsAt(a).In(time.Local))
	p.Address = s.emailForm(p.Lang)
	p.Suggestion = s.emailSuggestion(p.Lang, a.Email)
	p.Suggestion.Undeliverable = p.Suggestion.Undeliverable && !p.Mail.Accepted // the mail server knows better
	p.Scripts = true
	typing := c.Query(queryTyping) != "" || p.Mail.Refused // then the address is to be corrected
	if !typing && !isFragment(c) {                         // a fragment has no head to say it in
		p.Refresh = refreshSeconds
	}
	return nil
}

// mailStatus says how the letter about a stands, on the page (looked 0 times) or
// to htmx.
func (s *Server) mailStatus(c *fiber.Ctx, a member.Application, state confirm.Confirmation, looked int) mailStatus {
	l, now := langOf(c), s.Now()
	shown := mailStatus{
		Lang: l, Apply: localPath(l, applyPath), Contact: s.Contact,
		Delivery: delivery(l, state.Delivery, now), Refused: state.State == mail.Refused, Accepted: state.State == mail.Accepted,
	}
	if now.Before(state.NextAllowed) {
		shown.NextAllowed = i18n.When(l, wholeMinute(state.NextAllowed).In(time.Local), now)
	}
	if looked < maxPolls {
		shown.PollPath = withQuery(localPath(l, sentPath)+"/live", "n", strconv.Itoa(looked+1), "sent", sentAt(a))
		shown.PollDelay = pollDelays[min(looked, len(pollDelays)-1)]
	}
	return shown
}

// delivery returns the words for what has become of a letter.
func delivery(l i18n.Lang, d mail.Delivery, now time.Time) string {
	switch d.State {
	case mail.Queued:
		return i18n.T(l, "sent.mail.queued")
	case mail.Deferred:
		return i18n.T(l, "sent.mail.deferred", i18n.When(l, d.At.In(time.Local), now))
	case mail.Accepted:
		return i18n.T(l, "sent.mail.accepted", i18n.When(l, d.At.In(time.Local), now))
	case mail.Refused:
		return i18n.T(l, "sent.mail.refused")
	}
	return ""
}

// wholeMinute returns the first minute that begins at t or later: words leave
// the seconds out, and must not promise anything for too early.
func wholeMinute(t time.Time) time.Time { return t.Add(time.Minute - 1).Truncate(time.Minute) }

// sentAt tells an application from the others of one browser: no two can be sent
// within a second.
func sentAt(a member.Application) string { return strconv.FormatInt(a.Sent.Unix(), 10) }

// pollMailStatus tells htmx how the letter stands or, when the page is about an
// application that does not wait any more, has it show the page anew.
func (s *Server) pollMailStatus(c *fiber.Ctx) error {
	if !isFragment(c) {
		return s.redirectToSent(c)
	}
	c.Set("HX-Reswap", "none") // should anything fail: it will look again
	a, err := s.visit(c).application()
	switch {
	case errors.Is(err, confirm.ErrNoApplication):
		c.Set("HX-Redirect", localPath(langOf(c), applyPath))
		return c.SendStatus(fiber.StatusNoContent)
	case err != nil:
		return err
	case a.State != member.Waiting, c.Query("sent") != sentAt(a):
		return s.swapSentPage(c, a)
	}
	state, err := s.Confirm.Confirmation(c.UserContext(), a)
	if err != nil {
		return err
	}
	c.Response().Header.Del("HX-Reswap")
	c.Vary("HX-Request")
	return s.write(c, s.mailStatus(c, a, state, max(c.QueryInt("n"), 0)), "partials/sent_mail_status")
}

// swapSentPage puts the page as it is by now in the place of all that htmx shows.
func (s *Server) swapSentPage(c *fiber.Ctx, a member.Application) error {
	p, err := s.sentPage(c, a)
	if err != nil {
		return err
	}
	c.Set("HX-Retarget", "#main")
	c.Set("HX-Reswap", "innerHTML")
	c.Set("HX-Push-Url", "false")
	return s.render(c, "sent", p)
}
