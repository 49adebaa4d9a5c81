package join

import (
	"context"
	"fmt"
	"slices"

	"joinery/app/draft"
	"joinery/app/form"
	"joinery/app/i18n"
)

// consentsSection is the section of a draft under which the consents stand that were
// ticked before the last page was left. No definition has a section of that
// key.
const consentsSection = "check"

// SaveConsents keeps the consents that are ticked on the last page when somebody does
// something else there than send. Without a draft it does nothing.
func (s *Service) SaveConsents(ctx context.Context, id string, given []string, lang i18n.Lang) error {
	progress, err := s.Progress(ctx, id)
	if err != nil || progress.Draft.Key == "" {
		return err
	}
	known := []string{}
	for _, c := range s.Form.Consents {
		if slices.Contains(given, c.Key) {
			known = append(known, c.Key)
		}
	}
	_, err = s.Drafts.Save(ctx, progress.Draft.Key, draft.Save{
		Section: consentsSection, Content: draft.Section{Answers: form.Answers{"given": known}, Form: s.Form.Version, InProgress: true},
		Lang: lang, At: s.Now(), Base: draft.AnyVersion,
	})
	if err != nil {
		return fmt.Errorf("%w: %w", ErrNotSaved, err)
	}
	return nil
}

// SavedConsents returns the consents that Tick kept, unless they were ticked beside
// the words of another version of the form.
func (s *Service) SavedConsents(p Progress) []string {
	kept := p.Draft.Sections[consentsSection]
	if kept.Form != s.Form.Version {
		return nil
	}
	return kept.Answers["given"]
}

// LeftAtReview reports whether it was the last page that was left in the middle.
func (p Progress) LeftAtReview() bool { return p.LeftAt == consentsSection }
