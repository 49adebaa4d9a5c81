package join

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"joinery/app/access"
	"joinery/app/draft"
	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/member"
)

// A Manner is how a page of questions was saved.
type Manner int

// The manners.
const (
	Continue Manner = iota // the person goes on from the section
	Leave                  // they leave it in the middle, by a button
	Quiet                  // they are still filling it in
)

// A Filled is a page of questions as somebody filled it in.
type Filled struct {
	Section *form.Section
	Answers form.Answers // right or wrong
	Shown   []string     // the keys of the conditional questions that were on the page
	Theirs  []string     // the keys of the questions of which the other answer is to stay, see Conflict
	Seen    Seen         // what the page showed before
	Lang    i18n.Lang    // of the page
	Manner  Manner
}

// A Reply is what became of answers.
type Reply struct {
	ID       string       // of this browser: a new one when it held no draft
	Answers  form.Answers // of all sections, the new ones included
	Problems form.Problems
	Unseen   bool      // the answers raise questions that were not on the page
	Outdated bool      // the page showed an earlier form: the section has to be looked at again
	Anew     bool      // the draft that the page belongs to is gone: these answers begin a new one
	Conflict *Conflict // with ErrElsewhere
}

// Answer saves the answers to one section, right or wrong, and says what is
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
func (s *Service) Answer(ctx context.Context, id string, f Filled) (Reply, error) {
	const patience = 4 // others can come between loading and saving; four times in a row, something is wrong
	for range patience {
		progress, err := s.Progress(ctx, id)
		switch {
		case errors.Is(err, ErrSent):
			return Reply{}, err
		case err != nil:
			return Reply{ID: id, Answers: f.Answers}, fmt.Errorf("%w: %w", ErrNotSaved, err)
		case progress.Draft.Key == "" && s.became(ctx, id, f.Seen):
			return Reply{}, ErrSent
		case progress.Draft.Key == "" && f.Seen.Draft != "" && f.Manner == Quiet:
			return Reply{}, ErrGone
		}
		reply, err := s.answer(ctx, id, progress, f)
		if !errors.Is(err, errAgain) {
			return reply, err
		}
	}
	return Reply{ID: id, Answers: f.Answers}, ErrNotSaved
}

// became reports whether the draft that a page showed has made a member.
func (s *Service) became(ctx context.Context, id string, seen Seen) bool {
	a, err := s.Sent(ctx, id)
	return err == nil && a.State == member.Confirmed && seen.Draft == short(a.Draft)
}

// errAgain says that the draft changed under an answer, which has to be
// considered anew.
var errAgain = errors.New("join: the draft has changed")

func (s *Service) answer(ctx context.Context, id string, p Progress, f Filled) (Reply, error) {
	before := p.Draft
	if before.Key != "" && f.Seen.strange(before) {
		return s.compare(ctx, id, before, f)
	}
	save := draft.Save{
		Section: f.Section.Key, Content: s.filled(before, f), Lang: f.Lang, At: s.Now(),
		Base: f.Seen.Version, Page: f.Seen.Page, Autosave: f.Manner == Quiet,
	}
	reply := s.judge(before, save.Content, f)
	if before.Key == "" {
		id, p.Draft.Key = secret(), secret()
		save.Begin, save.Base, reply.Anew = true, 0, f.Seen.Draft != ""
	}
	reply.ID = id
	_, err := s.Drafts.Save(ctx, p.Draft.Key, save)
	switch {
	case errors.Is(err, draft.ErrConflict):
		return s.conflict(ctx, p, f, id)
	case errors.Is(err, draft.ErrNotFound):
		return reply, errAgain // it was sent, deleted or expired just now
	case errors.Is(err, draft.ErrTooLarge):
		return reply, ErrTooLarge
	case err == nil:
		err = s.know(ctx, p, save.Begin, id, reply.Answers)
	}
	if err != nil {
		return reply, fmt.Errorf("%w: %w", ErrNotSaved, err)
	}
	return reply, nil
}

// judge says what is wrong with d once it has this section.
func (s *Service) judge(d draft.Draft, section draft.Section, f Filled) Reply {
	reply := Reply{Answers: d.Typed(s.Form)}
	maps.Copy(reply.Answers, section.Typed())
	reply.Problems = s.Form.Validate(f.Section, reply.Answers)
	reply.Outdated = s.under(f.Seen) != s.Form.Version
	for i := range f.Section.Fields {
		field := &f.Section.Fields[i]
		if field.When != nil && s.Form.Asked(field, reply.Answers) && !slices.Contains(f.Shown, field.Key) {
			reply.Unseen = true
			delete(reply.Problems, field.Key)
		}
	}
	return reply
}

// know remembers who holds a draft that has just begun, and the address in it
// when that has changed.
func (s *Service) know(ctx context.Context, p Progress, begun bool, id string, all form.Answers) error {
	if begun {
		if err := s.Access.Begin(ctx, p.Draft.Key, access.Digest(id), s.Kept(s.Now())); err != nil {
			return err
		}
	}
	if !begun && p.Reach.ExpiresAt.After(s.Kept(s.Now())) { // by a clock that was wrong then
		if err := s.Access.SetExpiry(ctx, p.Draft.Key, s.Kept(s.Now())); err != nil {
			return err
		}
	}
	address, err := form.CanonicalAddress(all.First(s.Form.Address().Key))
	if err != nil {
		address = "" // not right yet
	}
	if address == p.Reach.AnsweredEmail {
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
