package wizard

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"joinery/app/draft"
	"joinery/app/form"
)

// consentsSection is the section of a draft that keeps the consents that were
// ticked before the last page was left. No definition has a section of that key.
const consentsSection = "check"

// SaveConsents keeps the consents that are ticked on the last page when the
// person does something else there than submit. Without a draft it does nothing.
func (w *Wizard) SaveConsents(ctx context.Context, p Progress, given []string) error {
	if !p.HasDraft() {
		return nil
	}
	known := []string{}
	for _, c := range w.Form.Consents {
		if slices.Contains(given, c.Key) {
			known = append(known, c.Key)
		}
	}
	_, err := w.o.Drafts.Save(ctx, p.Draft.Key, draft.Save{
		Section: consentsSection, Content: draft.Section{Answers: form.Answers{"given": known}, Form: w.Form.Version, InProgress: true},
		At: w.o.Now(), Base: draft.AnyVersion, MaxBytes: w.maxBytes,
	})
	switch {
	case errors.Is(err, draft.ErrNotFound), errors.Is(err, draft.ErrTooLarge):
		return nil // it was submitted, deleted or expired just now, or dates from when a draft could be larger
	case err != nil:
		return fmt.Errorf("%w: %w", ErrNotSaved, err)
	}
	return nil
}

// SavedConsents returns the keys of the consents that SaveConsents kept, unless
// they were ticked beside the words of another version of the form.
func (w *Wizard) SavedConsents(p Progress) []string {
	kept := p.Draft.Sections[consentsSection]
	if kept.Form != w.Form.Version {
		return nil
	}
	return kept.Answers["given"]
}

// LeftAtReview reports whether the last page was the one that was left in the
// middle.
func (p Progress) LeftAtReview() bool { return p.LeftAt == consentsSection }
