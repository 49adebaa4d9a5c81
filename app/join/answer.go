package join

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"joinery/app/address"
	"joinery/app/draft"
	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/member"
	"joinery/app/token"
)

// A SaveMode is how a page of questions was saved.
type SaveMode int

// The manners.
const (
	Continue SaveMode = iota // the person goes on from the section
	Leave                    // they leave it in the middle, by a button
	Autosave                 // they are still filling it in
)

// A Submission is a page of questions as somebody filled it in.
type Submission struct {
	Section    *form.Section
	Answers    form.Answers // right or wrong
	Shown      []string     // the keys of the conditional questions that were on the page
	KeepStored []string     // the keys of the questions of which the other answer is to stay, see Conflict
	Snapshot   Snapshot     // what the page showed before
	Lang       i18n.Lang    // of the page
	Mode       SaveMode
}

// A SaveResult is what became of answers.
type SaveResult struct {
	Session       string       // of this browser: a new one when it held no draft
	Answers       form.Answers // of all sections, the new ones included
	Problems      form.Problems
	MoreQuestions bool      // the answers raise questions that were not on the page
	FormChanged   bool      // the page showed an earlier form: the section has to be looked at again
	NewDraft      bool      // the draft that the page belongs to is gone: these answers begin a new one
	Conflict      *Conflict // with ErrElsewhere
}

// Save saves the answers to one section, right or wrong, and says what is
// wrong with them. Nobody is blamed for not answering a conditional question
// that was not on the page.
//
// When somebody else saved the section after the page was shown, and not the
// same, Answer returns ErrElsewhere and saves nothing; for quiet saves, it does
// so too when the page itself was saved since. When saving fails it returns
// ErrNotSaved, and the answers in the reply all the same. When the application
// was sent meanwhile it returns ErrSent, when the draft is gone and the save is
// a quiet one ErrGone, and when the draft would be too large ErrTooLarge; it
// then keeps nothing.
func (s *Service) Save(ctx context.Context, id string, f Submission) (SaveResult, error) {
	const patience = 4 // others can come between loading and saving; four times in a row, something is wrong
	for range patience {
		progress, err := s.Progress(ctx, id)
		switch {
		case errors.Is(err, ErrSent):
			return SaveResult{}, err
		case err != nil:
			return SaveResult{Session: id, Answers: f.Answers}, fmt.Errorf("%w: %w", ErrNotSaved, err)
		case progress.Draft.Key == "" && s.alreadyConfirmed(ctx, id, f.Snapshot):
			return SaveResult{}, ErrSent
		case progress.Draft.Key == "" && f.Snapshot.Draft != "" && f.Mode == Autosave:
			return SaveResult{}, ErrDraftGone
		}
		reply, err := s.trySave(ctx, id, progress, f)
		if !errors.Is(err, errRetry) {
			return reply, err
		}
	}
	return SaveResult{Session: id, Answers: f.Answers}, ErrNotSaved
}

// alreadyConfirmed reports whether the draft that a page showed has made a member.
func (s *Service) alreadyConfirmed(ctx context.Context, id string, seen Snapshot) bool {
	a, err := s.Sent(ctx, id)
	return err == nil && a.State == member.Confirmed && seen.Draft == token.ShortID(a.Draft)
}

// errRetry says that the draft changed under an answer, which has to be
// considered anew.
var errRetry = errors.New("join: the draft has changed")

func (s *Service) trySave(ctx context.Context, id string, p Progress, f Submission) (SaveResult, error) {
	before := p.Draft
	if before.Key != "" && f.Snapshot.ofOtherDraft(before) {
		return s.compare(ctx, id, before, f)
	}
	save := draft.Save{
		Section: f.Section.Key, Content: s.sectionOf(before, f), Lang: f.Lang, At: s.Now(),
		Base: f.Snapshot.Version, Page: f.Snapshot.Page, Autosave: f.Mode == Autosave,
	}
	reply := s.validate(before, save.Content, f)
	if before.Key == "" {
		id, p.Draft.Key = token.Secret(), token.Secret()
		save.Begin, save.Base, reply.NewDraft = true, 0, f.Snapshot.Draft != ""
	}
	reply.Session = id
	_, err := s.Drafts.Save(ctx, p.Draft.Key, save)
	switch {
	case errors.Is(err, draft.ErrConflict):
		return s.conflict(ctx, p, f, id)
	case errors.Is(err, draft.ErrNotFound):
		return reply, errRetry // it was sent, deleted or expired just now
	case errors.Is(err, draft.ErrTooLarge):
		return reply, ErrTooLarge
	case err == nil:
		err = s.recordOwner(ctx, p, save.Begin, id, reply.Answers)
	}
	if err != nil {
		return reply, fmt.Errorf("%w: %w", ErrNotSaved, err)
	}
	return reply, nil
}

// validate says what is wrong with d once it has this section.
func (s *Service) validate(d draft.Draft, section draft.Section, f Submission) SaveResult {
	reply := SaveResult{Answers: d.Typed(s.Form)}
	maps.Copy(reply.Answers, section.Typed())
	reply.Problems = s.Form.Validate(f.Section, reply.Answers)
	reply.FormChanged = s.formVersion(f.Snapshot) != s.Form.Version
	for i := range f.Section.Fields {
		field := &f.Section.Fields[i]
		if field.When != nil && s.Form.Asked(field, reply.Answers) && !slices.Contains(f.Shown, field.Key) {
			reply.MoreQuestions = true
			delete(reply.Problems, field.Key)
		}
	}
	return reply
}

// recordOwner remembers who holds a draft that has just begun, and the address in it
// when that has changed.
func (s *Service) recordOwner(ctx context.Context, p Progress, begun bool, id string, all form.Answers) error {
	if begun {
		if err := s.Access.Begin(ctx, p.Draft.Key, token.Digest(id), s.ExpiresAt(s.Now())); err != nil {
			return err
		}
	}
	if !begun && p.Info.ExpiresAt.After(s.ExpiresAt(s.Now())) { // by a clock that was wrong then
		if err := s.Access.SetExpiry(ctx, p.Draft.Key, s.ExpiresAt(s.Now())); err != nil {
			return err
		}
	}
	address, err := address.Canonical(all.First(s.Form.Address().Key))
	if err != nil {
		address = "" // not right yet
	}
	if address == p.Info.AnsweredEmail {
		return nil
	}
	return s.Access.SetAnsweredEmail(ctx, p.Draft.Key, address)
}

// Preview says what Answer would say, and saves nothing: it lets a page show
// the questions that an answer raises, and whether one is mended.
func (s *Service) Preview(ctx context.Context, id string, section *form.Section, answers form.Answers) (form.Answers, form.Problems, error) {
	progress, err := s.Progress(ctx, id)
	if err != nil && !errors.Is(err, ErrSent) {
		return nil, nil, err
	}
	all := progress.Draft.Typed(s.Form)
	maps.Copy(all, s.Form.Merge(section, all, answers))
	return all, s.Form.Validate(section, all), nil
}
