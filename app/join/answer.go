package join

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"joinery/app/draft"
	"joinery/app/form"
	"joinery/app/i18n"
)

// A Reply is what became of answers.
type Reply struct {
	ID       string       // of the draft: a new one when there was none
	Answers  form.Answers // of all sections, the new ones included
	Problems form.Problems
	Unseen   bool // the answers raise questions that were not on the page
}

// Answer saves the answers to one section, right or wrong, and says what is
// wrong with them. Shown are the keys of the conditional questions that were
// on the page: nobody is blamed for not answering another.
//
// When saving fails it returns ErrNotSaved, and the answers in the reply all
// the same. When the application was sent meanwhile it returns ErrSent and
// keeps nothing.
func (s *Service) Answer(ctx context.Context, id string, section *form.Section, answers form.Answers, shown []string, lang i18n.Lang) (Reply, error) {
	before, err := s.begun(ctx, id)
	switch {
	case errors.Is(err, ErrSent):
		return Reply{}, err
	case err != nil:
		return Reply{ID: id, Answers: answers}, fmt.Errorf("%w: %w", ErrNotSaved, err)
	}
	return s.save(ctx, before, section, answers, shown, lang)
}

// begun returns the draft with the given id, or an empty one with an id of its
// own when there is none.
func (s *Service) begun(ctx context.Context, id string) (draft.Draft, error) {
	progress, err := s.Progress(ctx, id)
	if err == nil && progress.Draft.ID == "" {
		progress.Draft.ID = secret()
	}
	return progress.Draft, err
}

func (s *Service) save(ctx context.Context, d draft.Draft, section *form.Section, answers form.Answers, shown []string, lang i18n.Lang) (Reply, error) {
	merged := s.Form.Merge(section, d.Answers(), answers)
	d.Sections = maps.Clone(d.Sections)
	if d.Sections == nil {
		d.Sections = make(map[string]form.Answers)
	}
	d.Sections[section.Key] = merged
	reply := Reply{ID: d.ID, Answers: d.Answers()}
	reply.Problems = s.Form.Validate(section, reply.Answers)
	for i := range section.Fields {
		f := &section.Fields[i]
		if f.When != nil && s.Form.Asked(f, reply.Answers) && !slices.Contains(shown, f.Key) {
			reply.Unseen = true
			delete(reply.Problems, f.Key)
		}
	}
	err := s.Drafts.Save(ctx, d.ID, draft.Save{Section: section.Key, Answers: merged, Form: s.Form.Version, Lang: lang, At: s.Now()})
	if err != nil {
		return reply, fmt.Errorf("%w: %w", ErrNotSaved, err)
	}
	return reply, nil
}

// ticked is the section of a draft under which the consents stand that were
// ticked before the page was left. No definition has a section of that key.
const ticked = "check"

// Tick keeps the consents that are ticked on the check page while somebody
// does something else there than send. Without a draft it does nothing.
func (s *Service) Tick(ctx context.Context, id string, given []string, lang i18n.Lang) error {
	progress, err := s.Progress(ctx, id)
	if err != nil || progress.Draft.ID == "" {
		return err
	}
	known := []string{}
	for _, c := range s.Form.Consents {
		if slices.Contains(given, c.Key) {
			known = append(known, c.Key)
		}
	}
	save := draft.Save{Section: ticked, Answers: form.Answers{"given": known}, Form: s.Form.Version, Lang: lang, At: s.Now()}
	if err := s.Drafts.Save(ctx, id, save); err != nil {
		return fmt.Errorf("%w: %w", ErrNotSaved, err)
	}
	return nil
}

// Ticked returns the consents that Tick kept.
func (p Progress) Ticked() []string { return p.Draft.Sections[ticked]["given"] }

// Preview says what Answer would say, and saves nothing: it lets a page show
// the questions that an answer raises, and whether one is mended.
func (s *Service) Preview(ctx context.Context, id string, section *form.Section, answers form.Answers) (form.Answers, form.Problems, error) {
	progress, err := s.Progress(ctx, id)
	if err != nil && !errors.Is(err, ErrSent) {
		return nil, nil, err
	}
	all := progress.Draft.Answers()
	maps.Copy(all, s.Form.Merge(section, all, answers))
	return all, s.Form.Validate(section, all), nil
}
