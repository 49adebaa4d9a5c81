package wizard

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"golang.org/x/text/unicode/norm"

	"joinery/app/draft"
	"joinery/app/form"
)

// A Conflict is a section that was changed in two places. Nothing of it is lost:
// one answer is stored, the other is on the page. The person chooses, and
// [Submission.KeepStored] says what they chose.
type Conflict struct {
	Snapshot    Snapshot     // of what is saved: what the choice is made from
	Stored      form.Answers // what is saved
	Differences []Difference // in the order of the section
}

// A Difference is a question with two answers.
type Difference struct {
	Field         *form.Field
	PostedIsNewer bool // the answer of this page is the newer one: it was changed here
}

// conflict says what to do about a save that was refused because the section
// had changed.
func (w *Wizard) conflict(ctx context.Context, p Progress, sub Submission) (SaveResult, error) {
	now, err := w.ProgressOf(ctx, p.Info)
	switch {
	case err != nil:
		return NotSaved(now, sub, err)
	case !now.HasDraft():
		return SaveResult{}, errRetry
	}
	now.Session = p.Session
	return w.compare(ctx, now, sub)
}

// compare compares the submission with the draft. Where both say the same there
// is no conflict, and the submission is saved.
func (w *Wizard) compare(ctx context.Context, p Progress, sub Submission) (SaveResult, error) {
	d, section := p.Draft, w.merge(p.Draft, sub)
	result := w.validate(d, section, sub)
	result.Session = p.Session
	result.Conflict = w.differences(d, sub, result.Answers)
	if len(result.Conflict.Differences) > 0 {
		return result, ErrConflict
	}
	if sub.Mode == Autosave {
		return result, nil
	}
	_, err := w.o.Drafts.Save(ctx, draftOf(p.Info), draft.Save{
		Section: sub.Section.Key, Content: section, At: w.o.Now(), Base: d.Sections[sub.Section.Key].Version,
		MaxBytes: w.maxBytes,
	})
	switch {
	case errors.Is(err, draft.ErrConflict), errors.Is(err, draft.ErrNotFound):
		return result, errRetry
	case errors.Is(err, draft.ErrTooLarge):
		return result, ErrTooLarge
	case err != nil:
		return result, fmt.Errorf("%w: %w", ErrNotSaved, err)
	}
	return result, nil
}

// differences compares the answers of d with those that are posted, which are
// all answers as they would be with the submission. A question that only d asks
// gets the answer that the page has: it counts if the answer that raises it is
// chosen from d.
func (w *Wizard) differences(d draft.Draft, sub Submission, posted form.Answers) *Conflict {
	c := &Conflict{Snapshot: w.Snapshot(d, sub.Section), Stored: d.Typed(w.Form)}
	for i := range sub.Section.Fields {
		field := &sub.Section.Fields[i]
		answer, shown := sub.Answers[field.Key]
		if shown && !w.Form.Asked(field, posted) && w.Form.Asked(field, c.Stored) && !slices.Contains(sub.KeepStored, field.Key) {
			posted[field.Key] = answer
		}
		if !slices.Equal(comparedValues(posted[field.Key]), comparedValues(c.Stored[field.Key])) {
			c.Differences = append(c.Differences, Difference{Field: field, PostedIsNewer: sub.Snapshot.changed(sub.Section, i, posted)})
		}
	}
	return c
}

// comparedValues returns the values of an answer that say something, with their
// letters composed (NFC), so that two ways to type the same letter are no difference.
func comparedValues(values []string) []string {
	var compared []string
	for _, v := range values {
		if v != "" {
			compared = append(compared, norm.NFC.String(v))
		}
	}
	return compared
}
