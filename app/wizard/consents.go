package wizard

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"joinery/app/draft"
	"joinery/app/form"
)

// consentsSection is the section of a draft that keeps the consents that were
// ticked before the last page was left. No definition has a section of that key.
const consentsSection = "check"

// SaveConsents keeps the consents that are ticked on the last page, when the person
// does something else there than submit, or when consents are missing: then refused is
// true, and stays so. Without a draft it does nothing. It returns ErrDraftGone when the
// draft was submitted, deleted or has expired just now, and ErrTooLarge when the draft is
// from a time when drafts could be larger.
func (w *Wizard) SaveConsents(ctx context.Context, p Progress, given []string, refused bool) error {
	if !p.HasDraft() {
		return nil
	}
	known := []string{}
	for _, c := range w.Form.Consents {
		if slices.Contains(given, c.Key) {
			known = append(known, c.Key)
		}
	}
	_, err := w.o.Drafts.Save(ctx, draftOf(p.Info), draft.Save{
		Section: consentsSection, At: w.o.Now(), Base: draft.AnyVersion, MaxBytes: w.maxBytes,
		Content: draft.Section{Answers: form.Answers{"given": known}, Form: w.Form.Version, InProgress: true, Refused: refused || p.ReviewRefused()},
	})
	switch {
	case errors.Is(err, draft.ErrNotFound):
		return ErrDraftGone
	case errors.Is(err, draft.ErrTooLarge):
		return ErrTooLarge
	case err != nil:
		return fmt.Errorf("%w: %w", ErrNotSaved, err)
	}
	return nil
}

// SavedConsents returns the keys of the consents that SaveConsents kept, unless they were
// ticked beside other words than the form has now.
func (w *Wizard) SavedConsents(p Progress) []string { return w.kept(p, true) }

// RewordedConsents returns the keys of the consents that SaveConsents kept and that were
// ticked beside other words than the form has now.
func (w *Wizard) RewordedConsents(p Progress) []string { return w.kept(p, false) }

// kept returns the keys of the consents of the form that were kept beside the same words
// or beside others.
func (w *Wizard) kept(p Progress, same bool) []string {
	var keys []string
	section := p.Draft.Sections[consentsSection]
	for _, c := range w.Form.Consents {
		if slices.Contains(section.Answers["given"], c.Key) && w.sameWords(c, section.Form) == same {
			keys = append(keys, c.Key)
		}
	}
	return keys
}

// sameWords reports whether a version of the form has the consent with the same words.
func (w *Wizard) sameWords(c form.Consent, version string) bool {
	if version == w.Form.Version {
		return true
	}
	former := w.o.Former[version]
	return former != nil && slices.ContainsFunc(former.Consents, func(before form.Consent) bool {
		return before.Key == c.Key && before.Version == c.Version && maps.Equal(before.Wording, c.Wording)
	})
}

// ReviewRefused reports whether consents were missing when the person wanted to submit.
func (p Progress) ReviewRefused() bool { return p.Draft.Sections[consentsSection].Refused }
