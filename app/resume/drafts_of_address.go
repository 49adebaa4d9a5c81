package resume

import (
	"context"
	"errors"
	"slices"

	"joinery/app/access"
	"joinery/app/wizard"
)

// How many drafts are read for one address, and how many of them a letter lists: those
// for which the address was proven, and the others, which strangers may have begun.
const (
	maxDraftsRead     = 50
	maxProvenListed   = 20
	maxUnprovenListed = 12
)

// draftsOf returns the drafts that a letter to an address lists: those for which the
// address was proven come first, in each part the draft that was saved last. Anybody can
// begin drafts with any address, but only the reader of the mailbox can prove it.
func (s *Service) draftsOf(ctx context.Context, address string) ([]wizard.Progress, error) {
	infos, err := s.o.Access.ByEmail(ctx, address, maxDraftsRead)
	if err != nil {
		return nil, err
	}
	first := slices.IndexFunc(infos, func(i access.DraftInfo) bool { return !i.Proven(address) })
	if first < 0 {
		first = len(infos)
	}
	proven, err := s.unsent(ctx, infos[:first])
	if err != nil {
		return nil, err
	}
	others, err := s.unsent(ctx, infos[first:])
	return append(newest(proven, maxProvenListed), newest(others, maxUnprovenListed)...), err
}

// draftsBeside returns the drafts that a letter to an address lists which was asked for
// in the draft p. It also lists those for which the address was proven, before a draft
// for which it was not: its reader may not have asked for the letter.
func (s *Service) draftsBeside(ctx context.Context, p wizard.Progress, address string) ([]wizard.Progress, error) {
	infos, err := s.o.Access.ByEmail(ctx, address, maxDraftsRead)
	if err != nil {
		return nil, err
	}
	infos = slices.DeleteFunc(infos, func(i access.DraftInfo) bool { return !i.Proven(address) || i.Draft == p.Draft.Key })
	proven, err := s.unsent(ctx, infos)
	if err != nil || p.Info.Proven(address) {
		return append([]wizard.Progress{p}, newest(proven, maxProvenListed-1)...), err
	}
	return append(newest(proven, maxProvenListed), p), nil
}

// unsent returns the drafts of infos that can still be filled in.
func (s *Service) unsent(ctx context.Context, infos []access.DraftInfo) (drafts []wizard.Progress, err error) {
	for _, info := range infos {
		progress, err := s.o.Wizard.ProgressOf(ctx, info)
		if err != nil && !errors.Is(err, wizard.ErrSubmitted) {
			return nil, err
		}
		if progress.HasDraft() {
			drafts = append(drafts, progress)
		}
	}
	return drafts, nil
}

// newest returns the drafts that were saved last, at most so many.
func newest(drafts []wizard.Progress, most int) []wizard.Progress {
	slices.SortStableFunc(drafts, func(a, b wizard.Progress) int { return b.Draft.Saved.Compare(a.Draft.Saved) })
	return drafts[:min(most, len(drafts))]
}
