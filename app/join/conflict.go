package join

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"joinery/app/draft"
	"joinery/app/form"
)

// A Conflict is a section that was changed in two places. Nothing of it is
// lost: one answer is saved, the other is on the page. It is for the person to
// choose, and for [Filled.Theirs] to say what they chose.
type Conflict struct {
	Seen    Seen         // of what is saved: what the choice is made from
	Theirs  form.Answers // what is saved
	Differs []Difference // in the order of the section
	Strange bool         // the page belongs to another draft than the one that this browser holds now
}

// A Difference is a question with two answers.
type Difference struct {
	Field *form.Field
	Mine  bool // the answer of this page is the newer one: it was changed here
}

// conflict is what to do about a save that was refused because the section had
// changed.
func (s *Service) conflict(ctx context.Context, p Progress, f Filled, id string) (Reply, error) {
	now, err := s.progress(ctx, p.Reach)
	switch {
	case errors.Is(err, ErrSent):
		return Reply{}, err
	case err != nil:
		return Reply{ID: id, Answers: f.Answers}, fmt.Errorf("%w: %w", ErrNotSaved, err)
	case now.Draft.Key == "":
		return Reply{}, errAgain
	}
	return s.compare(ctx, id, now.Draft, f)
}

// compare compares what was filled in with what d has. Where both say the
// same, there is no conflict.
func (s *Service) compare(ctx context.Context, id string, d draft.Draft, f Filled) (Reply, error) {
	section := s.filled(d, f)
	reply := s.judge(d, section, f)
	reply.ID = id
	reply.Conflict = s.differences(d, f, reply.Answers)
	if len(reply.Conflict.Differs) > 0 {
		return reply, ErrElsewhere
	}
	if f.Manner == Quiet {
		return reply, nil
	}
	_, err := s.Drafts.Save(ctx, d.Key, draft.Save{
		Section: f.Section.Key, Content: section, Lang: f.Lang, At: s.Now(), Base: d.Sections[f.Section.Key].Version,
	})
	switch {
	case errors.Is(err, draft.ErrConflict), errors.Is(err, draft.ErrNotFound):
		return reply, errAgain
	case err != nil:
		return reply, fmt.Errorf("%w: %w", ErrNotSaved, err)
	}
	return reply, nil
}

// differences compares what d has with mine, all answers as they would be with
// those of the page. To a question that only d asks they get the answer that
// the page has: it counts if the one that asks is chosen from d.
func (s *Service) differences(d draft.Draft, f Filled, mine form.Answers) *Conflict {
	c := &Conflict{Seen: s.Seen(d, f.Section), Theirs: d.Typed(s.Form), Strange: f.Seen.strange(d)}
	for i := range f.Section.Fields {
		field := &f.Section.Fields[i]
		posted, here := f.Answers[field.Key]
		if here && !s.Form.Asked(field, mine) && s.Form.Asked(field, c.Theirs) && !slices.Contains(f.Theirs, field.Key) {
			mine[field.Key] = posted
		}
		if !slices.Equal(given(mine[field.Key]), given(c.Theirs[field.Key])) {
			c.Differs = append(c.Differs, Difference{Field: field, Mine: f.Seen.changed(f.Section, i, mine)})
		}
	}
	return c
}

// given returns what of an answer says something.
func given(values []string) []string {
	return slices.DeleteFunc(slices.Clone(values), func(v string) bool { return v == "" })
}
