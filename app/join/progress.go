package join

import (
	"context"
	"errors"
	"fmt"

	"joinery/app/access"
	"joinery/app/draft"
	"joinery/app/form"
	"joinery/app/member"
	"joinery/app/token"
)

// Progress is how far a person has come.
type Progress struct {
	Draft  draft.Draft      // its Key is "" when nothing was saved yet, or it is gone
	Next   *form.Section    // the first section that is not finished, or nil
	LeftAt string           // the key of the section that was left in the middle, check for the last page, or ""
	Info   access.DraftInfo // where its owner can be written to
}

// Progress returns the draft that the browser with the given id holds and what
// is to be done next. It returns ErrSent when the draft was sent and waits for
// confirmation. It writes nothing.
func (s *Service) Progress(ctx context.Context, id string) (Progress, error) {
	entry, err := s.session(ctx, id)
	if errors.Is(err, ErrNoDraft) {
		return s.noProgress(), nil
	}
	if err != nil {
		return Progress{}, err
	}
	return s.progress(ctx, entry)
}

func (s *Service) noProgress() Progress { return Progress{Next: &s.Form.Sections[0]} }

func (s *Service) progress(ctx context.Context, entry access.DraftInfo) (Progress, error) {
	d, missing := s.Drafts.Load(ctx, entry.Draft)
	if missing != nil && !errors.Is(missing, draft.ErrNotFound) {
		return Progress{}, missing
	}
	// Sending deletes the draft last, so this has to come after loading it.
	switch a, err := s.latest(ctx, entry.Draft); {
	case err == nil && a.State == member.Waiting:
		return Progress{}, ErrSent
	case err == nil:
		return s.noProgress(), nil // a save that came too late may have left something: it is no draft
	case !errors.Is(err, ErrNoDraft):
		return Progress{}, err
	case missing != nil:
		return s.noProgress(), nil
	}
	return Progress{Draft: d, Next: s.unfinished(d), LeftAt: leftAt(d), Info: entry}, nil
}

// leftAt returns the key of the section that was saved last, if by no Continue.
func leftAt(d draft.Draft) string {
	var last string
	for key, section := range d.Sections {
		if section.Version > d.Sections[last].Version {
			last = key
		}
	}
	if d.Sections[last].InProgress {
		return last
	}
	return ""
}

// Reachable reports whether section can be shown: whether all before it are
// finished.
func (p Progress) Reachable(d *form.Definition, section *form.Section) bool {
	for i := range d.Sections {
		switch at := &d.Sections[i]; at {
		case section:
			return true
		case p.Next:
			return false
		}
	}
	return false
}

// ShortID tells the draft from others that one browser may hold. It is "" when
// there is none, and no secret.
func (p Progress) ShortID() string { return token.ShortID(p.Draft.Key) }

// Version tells the draft, as it is now, from others and from what it may become:
// what was shown on a page is still there if Shown is the same.
func (p Progress) Version() string {
	var newest int64
	for key, section := range p.Draft.Sections {
		if key != consentsSection {
			newest = max(newest, section.Version)
		}
	}
	return fmt.Sprintf("%s-%d", p.ShortID(), newest)
}

// NextPage returns the section to go on with: the one that was left in the
// middle, or the first that is not finished, or nil for the last page.
func (p Progress) NextPage(d *form.Definition) *form.Section {
	if section, ok := d.Section(p.LeftAt); ok && p.Reachable(d, section) {
		return section
	}
	return p.Next
}

// unfinished returns the first section of d that was never continued, has
// problems, or has questions that changed since, or nil.
func (s *Service) unfinished(d draft.Draft) *form.Section {
	all := d.Typed(s.Form)
	for i := range s.Form.Sections {
		section := &s.Form.Sections[i]
		if !d.Sections[section.Key].Completed || len(s.Form.Validate(section, all)) > 0 || s.Changes(d, section).NeedsReview() {
			return section
		}
	}
	return nil
}

// Changes returns what of section is not as it was when d was written.
func (s *Service) Changes(d draft.Draft, section *form.Section) form.Changes {
	return s.Form.Changes(section, s.former(d, section.Key), d.Typed(s.Form))
}

// former returns the definition under which a section of d was written, or nil
// when it is the present one, or nobody knows it any more.
func (s *Service) former(d draft.Draft, section string) *form.Definition {
	return s.Former[d.Sections[section].Form]
}
