package wizard

import (
	"context"
	"errors"
	"fmt"
	"time"

	"joinery/app/access"
	"joinery/app/address"
	"joinery/app/draft"
	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/token"
)

// A SaveMode is how a page of questions is saved.
type SaveMode int

// The modes.
const (
	Continue SaveMode = iota // the person goes on from the section
	Leave                    // the person leaves the section in the middle, by a button
	Autosave                 // the person is still filling the section in
)

// A Submission is a page of questions as it was filled in.
type Submission struct {
	Section    *form.Section
	Answers    form.Answers // right or wrong
	Shown      []string     // the keys of the conditional questions that were on the page
	KeepStored []string     // the keys of the questions of which the stored answer is to stay, see Conflict
	Snapshot   Snapshot     // what the page showed before
	Lang       i18n.Lang    // of the page
	Mode       SaveMode
	Network    string // of the browser, by which new drafts are counted; "": they are not
}

// A SaveResult is what became of a submission.
type SaveResult struct {
	Session       string       // of this browser: a new one when it held no draft
	Answers       form.Answers // of all sections, the new ones included
	Problems      form.Problems
	MoreQuestions bool      // the answers raise questions that were not on the page
	FormChanged   bool      // the page showed an earlier form: the section has to be looked at again
	NewDraft      bool      // the draft that the page belongs to is gone: these answers begin a new one
	Conflict      *Conflict // with ErrConflict
	AllowedAt     time.Time // with ErrTooMany: when a draft can begin again
	Cut           []string  // the keys of the questions with more text than is kept: Answers have all of it
}

// errRetry says that the draft changed under a submission, which has to be
// considered anew.
var errRetry error = contention{}

// A contention is the error of a save that others came before, again and again. It
// passes by itself.
type contention struct{}

func (contention) Error() string { return "wizard: the draft has changed" }

// Unavailable reports that the save can be tried again.
func (contention) Unavailable() bool { return true }

// maxTries is how often a save is tried. Other saves can come between loading
// and saving; when that happens four times in a row, something is wrong.
const maxTries = 4

// Save saves the answers to one section, right or wrong, and says what is wrong
// with them. Of a text that is much too long it saves the beginning. A conditional
// question that was not on the page is never reported as missing. The progress p is that of this browser in this request.
//
// Save returns
//   - ErrConflict, and saves nothing, when another save came after the page was
//     shown and the answers differ. For an autosave that holds also when the
//     page itself was saved since.
//   - ErrNotSaved when a store fails. The result has the answers all the same.
//   - ErrSubmitted when the draft was submitted meanwhile.
//   - ErrClosed, with the answers, when the draft was closed in this browser.
//   - ErrDraftGone when the draft is gone and the mode is Autosave.
//   - ErrNotHeld, with the posted answers alone, when the page belongs to a draft that
//     this browser does not hold: it may be that of another person.
//   - ErrTooLarge, and saves nothing, when the draft would be too large.
//   - ErrTooMany, and saves nothing, when the submission would begin a draft and too
//     many have begun.
func (w *Wizard) Save(ctx context.Context, p Progress, sub Submission) (SaveResult, error) {
	kept, cut := w.keepable(sub)
	result, err := w.save(ctx, p, kept)
	if err == nil {
		w.countSave(p, sub, result)
	}
	result.Cut = cut
	for _, key := range cut {
		if result.Answers != nil {
			result.Answers[key] = sub.Answers[key]
		}
	}
	return result, err
}

func (w *Wizard) save(ctx context.Context, p Progress, sub Submission) (SaveResult, error) {
	for range maxTries {
		switch {
		case sub.Snapshot.NotHeld(p):
			return SaveResult{Answers: sub.Answers}, ErrNotHeld
		case p.HasDraft():
		case p.Outcome.Status == Submitted, p.Outcome.Status == Completed && sub.Snapshot.Draft == token.ShortID(p.Outcome.Draft):
			return SaveResult{}, ErrSubmitted
		case sub.Snapshot.Draft != "" && sub.Mode == Autosave:
			return SaveResult{}, ErrDraftGone
		}
		result, err := w.trySave(ctx, p, sub)
		if !errors.Is(err, errRetry) {
			return result, err
		}
		if p, err = w.Progress(ctx, p.Session); err != nil {
			return NotSaved(p, sub, err)
		}
	}
	return NotSaved(p, sub, errRetry)
}

// NotSaved returns the result of a submission that cannot be saved because the
// progress of the browser could not be read as a whole: err says why.
func NotSaved(p Progress, sub Submission, err error) (SaveResult, error) {
	switch {
	case errors.Is(err, ErrSubmitted) && sub.Snapshot.NotHeld(p):
		return SaveResult{Answers: sub.Answers}, ErrNotHeld
	case errors.Is(err, ErrSubmitted):
		return SaveResult{}, err
	case errors.Is(err, ErrClosed):
		return SaveResult{Answers: sub.Answers}, err
	}
	return SaveResult{Answers: sub.Answers}, fmt.Errorf("%w: %w", ErrNotSaved, err)
}

func (w *Wizard) trySave(ctx context.Context, p Progress, sub Submission) (SaveResult, error) {
	if !p.HasDraft() {
		return w.begin(ctx, sub)
	}
	save := w.newSave(p.Draft, sub)
	result := w.validateSave(p.Draft, &save, sub)
	result.Session = p.Session
	_, err := w.o.Drafts.Save(ctx, draftOf(p.Info), save)
	switch {
	case errors.Is(err, draft.ErrConflict):
		return w.conflict(ctx, p, sub)
	case errors.Is(err, draft.ErrNotFound):
		return result, errRetry // it was submitted, deleted or expired just now
	case errors.Is(err, draft.ErrTooLarge):
		return result, ErrTooLarge
	case err == nil:
		err = w.recordSave(ctx, p, result.Answers)
	}
	if errors.Is(err, errRetry) {
		return result, err
	}
	if err != nil {
		return result, fmt.Errorf("%w: %w", ErrNotSaved, err)
	}
	return result, nil
}

// newSave returns the save that puts the submission in the place of a section
// of d.
func (w *Wizard) newSave(d draft.Draft, sub Submission) draft.Save {
	return draft.Save{
		Section: sub.Section.Key, Content: w.merge(d, sub), At: w.o.Now(),
		Base: sub.Snapshot.Version, Page: sub.Snapshot.Page, Autosave: sub.Mode == Autosave,
		MaxBytes: w.maxBytes,
	}
}

// validateSave says what is wrong with d once save is done. The section then knows
// whether its last Continue was refused: other saves leave that as it is.
func (w *Wizard) validateSave(d draft.Draft, save *draft.Save, sub Submission) SaveResult {
	result := w.validate(d, save.Content, sub)
	if sub.Mode == Continue {
		save.Content.Refused = len(result.Problems) > 0
	}
	return result
}

// recordSave keeps what is known of a draft in line with its last save. A draft
// that was forgotten or closed just now has to be considered anew.
func (w *Wizard) recordSave(ctx context.Context, p Progress, all form.Answers) (err error) {
	now := w.o.Now()
	if ends := w.ExpiresAt(now); p.Info.ExpiresAt.After(ends) { // by a clock that was wrong then
		err = w.o.Access.SetExpiry(ctx, p.Draft.Key, now, ends)
	}
	if email := w.answeredEmail(all); err == nil && email != p.Info.AnsweredEmail && w.leads(p, email) {
		err = w.o.Access.SetAnsweredEmail(ctx, token.Digest(p.Session), p.Draft.Key, email)
	}
	if errors.Is(err, access.ErrNotFound) {
		return errRetry
	}
	return err
}

// leads reports whether an answered address is to lead back to a draft. An address that
// was answered before a mailbox was proven does not: a stranger may have answered it.
func (w *Wizard) leads(p Progress, email string) bool {
	return !p.Info.AnyProven() || email != w.answeredEmail(p.Draft.Answers(w.Form))
}

// answeredEmail returns the address among the answers in its canonical form, or
// "" when there is none or it is not right yet.
func (w *Wizard) answeredEmail(all form.Answers) string {
	email, err := address.Canonical(all.First(w.Form.Address().Key))
	if err != nil {
		return ""
	}
	return email
}
