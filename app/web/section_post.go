package web

import (
	"errors"
	"net/url"

	"github.com/gofiber/fiber/v2"

	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/wizard"
)

// postSection saves the answers to a section and redirects to where the pressed button
// leads: to the next section, the other language, another page, or the corrected
// address. If there is a problem, it redirects to the section.
//
// Because of the redirect, a reload never repeats the post. A browser follows it to a
// page, htmx to a fragment; neither needs code of its own here.
func (m *mount) postSection(c *fiber.Ctx) error {
	section, err := m.section(c)
	if err != nil {
		return err
	}
	posted := readPost(c)
	do := readAction(posted)
	sub := m.readSubmission(section, posted, langOf(c))
	if isTooLong(c) {
		return m.showTooLong(c, sub, do)
	}
	if do != goOn {
		sub.Mode = wizard.Leave
		m.withoutDefaultLanguage(c, sub)
	}
	if do == goBack && m.nothingToSave(c, sub) {
		return redirect(c, langOf(c), m.pathBefore(c, section, nil, true))
	}
	m.applySuggestion(sub, do)
	if !m.keepsCookies(c) {
		return m.showWithoutCookies(c, sub, do)
	}
	result, err := m.save(c, sub)
	switch {
	case errors.Is(err, wizard.ErrConflict):
		return m.showConflict(c, sub, result, do)
	case errors.Is(err, wizard.ErrTooLarge):
		return m.renderTooLong(c, sub, result.Answers, do)
	case errors.Is(err, wizard.ErrTooMany), errors.Is(err, wizard.ErrNotSaved), errors.Is(err, wizard.ErrClosed), errors.Is(err, wizard.ErrNotHeld):
		return m.showUnsaved(c, sub, result, do, err)
	case err != nil:
		return withNote(err, noteSent)
	}
	m.prefetchAdvice(sub)
	m.setSession(c, result.Session)
	if len(result.Cut) > 0 {
		return m.showCut(c, sub, result, do)
	}
	return m.redirectAfterSave(c, section, result, do)
}

// save saves a submission for the browser of this request.
func (m *mount) save(c *fiber.Ctx, sub wizard.Submission) (wizard.SaveResult, error) {
	p, err := m.visit(c).progress()
	if err != nil {
		return wizard.NotSaved(p, sub, err)
	}
	sub.Network = m.clientNetwork(c)
	return m.wizard.Save(c.UserContext(), p, sub)
}

// readSubmission reads a posted section.
func (m *mount) readSubmission(section *form.Section, posted url.Values, l i18n.Lang) wizard.Submission {
	shown := posted.Get(versionField)
	if posted.Has(snapshotField) { // a conflict page, switched to the other language
		shown = posted.Get(snapshotField)
	}
	return wizard.Submission{
		Section:    section,
		Answers:    section.Read(posted),
		Shown:      form.Shown(posted),
		KeepStored: keepStored(posted),
		Snapshot:   wizard.ParseSnapshot(shown),
		Lang:       l,
	}
}

// redirectAfterSave redirects to where the saved answers and the action lead.
func (m *mount) redirectAfterSave(c *fiber.Ctx, section *form.Section, result wizard.SaveResult, do action) error {
	l := langOf(c)
	to, switching := do.language()
	key, accepting := do.accepts()
	leaving := do == saveForLater || do == handOff
	finished := len(result.Problems) == 0 && !result.MoreQuestions && !result.FormChanged
	switch {
	case result.NewDraft && switching:
		return m.redirectWithNote(c, to, m.base, m.newDraftNote(c))
	case result.NewDraft && do == saveForLater:
		return m.redirectWithNote(c, l, m.base+"/later", m.newDraftNote(c))
	case result.NewDraft:
		return m.redirectWithNote(c, l, m.base, m.newDraftNote(c))
	case switching:
		return redirect(c, to, m.samePath(c, section))
	case accepting:
		return redirect(c, l, m.samePath(c, section)+"#"+url.PathEscape(key))
	case do == goBack:
		return redirect(c, l, m.pathBefore(c, section, result.Answers, finished))
	case leaving:
		return redirect(c, l, m.base+"/"+string(do))
	}
	return m.redirectOn(c, section, result)
}
