package web

import (
	"errors"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"joinery/app/i18n"
	"joinery/app/join"
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

// tellWaiting tells how an application that waits stands and what there is to do.
func (s *Server) tellWaiting(c *fiber.Ctx, p *sentPage, a member.Application) (err error) {
	if p.Mail, err = s.mailStatus(c, a, 0); err != nil {
		return err
	}
	if p.Code, err = s.sentCode(c, a); err != nil {
		return err
	}
	if p.Mail.Refused {
		p.Code.Ended = i18n.T(p.Lang, "proof.refused")
	}
	p.Email, p.Until = a.Email, i18n.Date(p.Lang, a.Sent.Add(s.Join.WaitingTTL).In(time.Local))
	p.Address = s.emailForm(p.Lang)
	p.Suggestion = s.emailSuggestion(p.Lang, a.Email)
	p.Suggestion.Undeliverable = p.Suggestion.Undeliverable && !p.Mail.Accepted // the server knows better
	p.Scripts = true
	typing := c.Query("typing") != "" || p.Mail.Refused // then the address is to be corrected
	if !typing && !isFragment(c) {                      // which has no head to say it in
		p.reloads(refreshSeconds)
	}
	return nil
}

// reloads has a browser without JavaScript load the page again after some
// seconds, and leave out the fields; 0: never, so that nobody loses what they type.
func (p *sentPage) reloads(seconds int) {
	p.Refresh = seconds
}

// mailStatus tells how the letter about a stands, on the page (looked 0 times) or to
// htmx.
func (s *Server) mailStatus(c *fiber.Ctx, a member.Application, looked int) (mailStatus, error) {
	post, err := s.Join.MailStatus(c.UserContext(), a)
	if err != nil {
		return mailStatus{}, err
	}
	l, now := langOf(c), s.Join.Now()
	shown := mailStatus{
		Lang: l, Apply: localPath(l, "/apply"), Contact: s.Contact,
		Delivery: delivery(l, post.Delivery, now), Refused: post.State == mail.Refused, Accepted: post.State == mail.Accepted,
	}
	if now.Before(post.NextAllowed) {
		shown.NextAllowed = i18n.When(l, wholeMinute(post.NextAllowed).In(time.Local), now)
	}
	if looked < maxPolls {
		shown.PollPath = withQuery(shown.Apply+"/sent/live", "n", strconv.Itoa(looked+1), "sent", sentAt(a))
		shown.PollDelay = pollDelays[min(looked, len(pollDelays)-1)]
	}
	return shown, nil
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

// pollMailStatus tells htmx how the letter stands or, when the page is not about an
// application that waits any more, has it show the page anew.
func (s *Server) pollMailStatus(c *fiber.Ctx) error {
	if !isFragment(c) {
		return redirect(c, langOf(c), "/apply/sent")
	}
	c.Set("HX-Reswap", "none") // should anything fail: it will look again
	a, err := s.Join.Sent(c.UserContext(), s.session(c))
	switch {
	case errors.Is(err, join.ErrNoDraft):
		c.Set("HX-Redirect", localPath(langOf(c), "/apply"))
		return c.SendStatus(fiber.StatusNoContent)
	case err != nil:
		return err
	case a.State != member.Waiting, c.Query("sent") != sentAt(a):
		return s.swapSentPage(c, a)
	}
	shown, err := s.mailStatus(c, a, max(c.QueryInt("n"), 0))
	if err != nil {
		return err
	}
	c.Response().Header.Del("HX-Reswap")
	c.Vary("HX-Request")
	return s.write(c, shown, "partials/sent_mail_status")
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
