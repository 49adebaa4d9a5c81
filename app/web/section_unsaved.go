package web

import (
	"errors"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/wizard"
)

// showUnsaved shows the typed answers, and that they could not be saved, in the language
// that the pressed button asks for. The conditional questions of the page stay: while a
// store does not answer, the answers on which they depend may be unknown.
func (m *mount) showUnsaved(c *fiber.Ctx, sub wizard.Submission, result wizard.SaveResult, do action, err error) error {
	m.switchLanguage(c, sub.Section, do)
	p := m.sectionPage(c, sub.Section, result.Answers, result.Problems, sub.Shown...)
	p.Snapshot, p.Failed, p.Problems = sub.Snapshot.String(), true, nil
	switch {
	case errors.Is(err, wizard.ErrClosed):
		p.Unsaved, p.Next = i18n.T(p.Lang, "unsaved.closed"), &pageLink{localPath(p.Lang, m.base+"/closed"), i18n.T(p.Lang, "unsaved.closed.next")}
		return m.render(c.Status(fiber.StatusConflict), "section", p)
	case errors.Is(err, wizard.ErrNotHeld):
		p.Unsaved, p.Next = i18n.T(p.Lang, "unsaved.not_held"), &pageLink{localPath(p.Lang, resumeRequestPath), i18n.T(p.Lang, "unsaved.not_held.next")}
		return m.render(c.Status(fiber.StatusConflict), "section", p)
	case errors.Is(err, wizard.ErrTooMany):
		p.Unsaved = m.tooMany(c, "unsaved.too_many", result.AllowedAt)
		return m.render(c, "section", p)
	}
	m.logFailure(c, "answers not saved", err)
	p.Unsaved = i18n.T(p.Lang, "unsaved.text")
	return m.render(c.Status(failureStatus(c, err)), "section", p)
}

// showWithoutCookies shows the typed answers to a browser that sends no cookie, in the
// language that the pressed button asks for. Nothing is saved: the browser could not open
// the draft again.
func (m *mount) showWithoutCookies(c *fiber.Ctx, sub wizard.Submission, do action) error {
	m.setProbe(c)
	m.switchLanguage(c, sub.Section, do)
	p := m.sectionPage(c, sub.Section, sub.Answers, nil, sub.Shown...)
	p.Snapshot, p.Failed = sub.Snapshot.String(), true
	p.Unsaved = i18n.T(p.Lang, "cookies.section")
	return m.render(c.Status(fiber.StatusUnprocessableEntity), "section", p)
}

// switchLanguage makes the response to a post that of the section, or of the review page
// for nil, in the language that the pressed button asks for, where what was typed would not survive a redirect.
func (m *mount) switchLanguage(c *fiber.Ctx, section *form.Section, do action) {
	if to, ok := do.language(); ok {
		c.Path(localPath(to, m.path(section)))
	}
}

// autosaveWithoutCookies tells a browser that sends no cookie that nothing is saved.
func (m *mount) autosaveWithoutCookies(c *fiber.Ctx) error {
	m.setProbe(c)
	p := savingLine{Lang: langOf(c)}
	p.Problem = i18n.T(p.Lang, "saving.cookies")
	return m.write(c.Status(fiber.StatusUnprocessableEntity), p, "partials/section_saving")
}

// tooMany answers a post that would begin one draft too many, and returns the sentence
// under key, which says from when it can begin.
func (m *mount) tooMany(c *fiber.Ctx, key string, allowed time.Time) string {
	l, now := langOf(c), m.Now()
	c.Status(fiber.StatusTooManyRequests)
	c.Set(fiber.HeaderRetryAfter, strconv.Itoa(1+int(allowed.Sub(now).Seconds())))
	return i18n.T(l, key, i18n.When(l, allowed.Add(time.Minute-1).Truncate(time.Minute).In(m.Zone), now))
}

// autosaveProblems are the reasons why a change is not saved, by key in the catalogue: on
// the page of a section, and on the review page, which has other buttons.
var autosaveProblems = []struct {
	err             error
	status          int
	section, review string
}{
	{wizard.ErrConflict, fiber.StatusConflict, "saving.elsewhere", "saving.failed"},
	{wizard.ErrDraftGone, fiber.StatusGone, "saving.gone", "check.saving.gone"},
	{wizard.ErrNotHeld, fiber.StatusConflict, "saving.not_held", "saving.not_held"},
	{wizard.ErrSubmitted, fiber.StatusConflict, "saving.sent", "saving.sent"},
	{wizard.ErrClosed, fiber.StatusConflict, "saving.closed", "check.saving.closed"},
	{wizard.ErrTooLarge, fiber.StatusRequestEntityTooLarge, "saving.too_large", "saving.too_large"},
}

func (m *mount) showAutosaveProblem(c *fiber.Ctx, result wizard.SaveResult, err error) error {
	p := savingLine{Lang: langOf(c)}
	for _, known := range autosaveProblems {
		if errors.Is(err, known.err) {
			p.Problem = i18n.T(p.Lang, known.section)
			c.Status(known.status)
		}
	}
	if errors.Is(err, wizard.ErrDraftGone) && m.isLost(c) {
		p.Problem = i18n.T(p.Lang, "lost_data.saving")
	}
	switch {
	case errors.Is(err, wizard.ErrTooMany):
		p.Problem = m.tooMany(c, "saving.too_many", result.AllowedAt)
	case p.Problem == "":
		m.logFailure(c, "answers not saved", err)
		p.Problem, p.Repeats = i18n.T(p.Lang, "saving.failed"), true
		c.Status(failureStatus(c, err))
	}
	return m.write(c, p, "partials/section_saving")
}
