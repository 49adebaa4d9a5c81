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
// choose, and for [Submission.KeepStored] to say what they chose.
type Conflict struct {
	Snapshot    Snapshot     // of what is saved: what the choice is made from
	Stored      form.Answers // what is saved
	Differences []Difference // in the order of the section
	OtherDraft  bool         // the page belongs to another draft than the one that this browser holds now
}

// A Difference is a question with two answers.
type Difference struct {
	Field         *form.Field
	PostedIsNewer bool // the answer of this page is the newer one: it was changed here
}

// conflict is what to do about a save that was refused because the section had
// changed.
func (s *Service) conflict(ctx context.Context, p Progress, f Submission, id string) (SaveResult, error) {
	now, err := s.progress(ctx, p.Info)
	switch {
	case errors.Is(err, ErrSent):
		return SaveResult{}, err
	case err != nil:
		return SaveResult{Session: id, Answers: f.Answers}, fmt.Errorf("%w: %w", ErrNotSaved, err)
	case now.Draft.Key == "":
		return SaveResult{}, errRetry
	}
	return s.compare(ctx, id, now.Draft, f)
}

// compare compares what was filled in with what d has. Where both say the
// same, there is no conflict.
func (s *Service) compare(ctx context.Context, id string, d draft.Draft, f Submission) (SaveResult, error) {
	section := s.sectionOf(d, f)
	reply := s.validate(d, section, f)
	reply.Session = id
	reply.Conflict = s.differences(d, f, reply.Answers)
	if len(reply.Conflict.Differences) > 0 {
		return reply, ErrConflict
	}
	if f.Mode == Autosave {
		return reply, nil
	}
	_, err := s.Drafts.Save(ctx, d.Key, draft.Save{
		Section: f.Section.Key, Content: section, Lang: f.Lang, At: s.Now(), Base: d.Sections[f.Section.Key].Version,
	})
	switch {
	case errors.Is(err, draft.ErrConflict), errors.Is(err, draft.ErrNotFound):
		return reply, errRetry
	case err != nil:
		return reply, fmt.Errorf("%w: %w", ErrNotSaved, err)
	}
	return reply, nil
}

// differences compares what d has with mine, all answers as they would be with
// those of the page. To a question that only d asks they get the answer that
// the page has: it counts if the one that asks is chosen from d.
func (s *Service) differences(d draft.Draft, f Submission, mine form.Answers) *Conflict {
	c := &Conflict{Snapshot: s.Snapshot(d, f.Section), Stored: d.Typed(s.Form), OtherDraft: f.Snapshot.ofOtherDraft(d)}
	for i := range f.Section.Fields {
		field := &f.Section.Fields[i]
		posted, here := f.Answers[field.Key]
		if here && !s.Form.Asked(field, mine) && s.Form.Asked(field, c.Stored) && !slices.Contains(f.KeepStored, field.Key) {
			mine[field.Key] = posted
		}
		if !slices.Equal(nonEmpty(mine[field.Key]), nonEmpty(c.Stored[field.Key])) {
			c.Differences = append(c.Differences, Difference{Field: field, PostedIsNewer: f.Snapshot.changed(f.Section, i, mine)})
		}
	}
	return c
}

// nonEmpty returns what of an answer says something.
func nonEmpty(values []string) []string {
	return slices.DeleteFunc(slices.Clone(values), func(v string) bool { return v == "" })
}
