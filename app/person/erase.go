package person

import (
	"context"
	"errors"
	"slices"
	"time"

	"joinery/app/consent"
	"joinery/app/draft"
	"joinery/app/mail"
)

// Erased is what Erase has done.
type Erased struct {
	Members   int
	Former    int // former answers
	Waiting   int
	Changes   int // new addresses that were not confirmed
	Drafts    int // entries, also of drafts that were submitted or have expired
	Letters   int
	Mentioned int // drafts of others that mention the address: it is taken out as far as it leads there

	Proofs     int       // consents that stay as a proof
	ProofUntil time.Time // until then; zero: none stays
	Journal    bool      // the journal of the database is empty
	Copies     draft.Copies
}

// Erase removes all that is held of a person with an address, in upper or lower case: the
// members, waiting applications, drafts and letters, with the browsers and links that lead
// to them. Then it removes the copies in journals, and those in the files of the store of
// drafts. The consents of members stay as a proof for the time keep; for 0 they are
// emptied at once.
//
// When the store of drafts cannot be used, Erase removes all else and returns the error. The
// answers in it cannot be opened any more, and the site deletes them later. Erase may be
// repeated.
func (s *Stores) Erase(ctx context.Context, address string, keep time.Duration, now time.Time) (e Erased, err error) {
	drafts, err := s.discardDrafts(ctx, address)
	if err != nil {
		return e, err
	}
	found, err := s.members.Erase(ctx, address, now)
	if err != nil {
		return e, err
	}
	e.Members, e.Former, e.Waiting, e.Changes, e.Drafts = len(found.Members), found.Former, len(found.Waiting), found.Changes, len(drafts)
	if e.Mentioned, err = s.browsers.ForgetEmail(ctx, address); err != nil {
		return e, err
	}
	if e.Letters, err = mail.EraseTo(ctx, s.file, s.ring, address); err != nil {
		return e, err
	}
	count := func(do func(consent.Record) error) error { return s.eachProof(ctx, address, found.Members, do) }
	err = s.finish(ctx, &e, append(drafts, found.Drafts...), count, keep, now)
	return e, err
}

// EraseMember does what Erase does for one of several members who share an address, or
// returns [member.ErrNotFound]. It leaves what may be of another of them: waiting
// applications, drafts that were not sent, and letters but those about this member.
func (s *Stores) EraseMember(ctx context.Context, id string, keep time.Duration, now time.Time) (e Erased, err error) {
	found, err := s.members.EraseMember(ctx, id, now)
	if err != nil {
		return e, err
	}
	e.Members, e.Former, e.Changes = len(found.Members), found.Former, found.Changes
	count := func(do func(consent.Record) error) error { return s.eachOfMembers(ctx, found.Members, do) }
	err = s.finish(ctx, &e, found.Drafts, count, keep, now)
	return e, err
}

// EraseWaiting does what Erase does for the waiting applications of an address alone, when a
// member shares it. It leaves what may be of the member: drafts that were not sent, and
// letters but those about these applications.
func (s *Stores) EraseWaiting(ctx context.Context, address string, keep time.Duration, now time.Time) (e Erased, err error) {
	found, err := s.members.EraseWaiting(ctx, address, now)
	if err != nil {
		return e, err
	}
	e.Waiting = len(found.Waiting)
	none := func(func(consent.Record) error) error { return nil } // before it is confirmed, an application proves nothing
	err = s.finish(ctx, &e, found.Drafts, none, keep, now)
	return e, err
}

// discardDrafts removes the entries of the drafts that are of an address, and returns their
// keys.
func (s *Stores) discardDrafts(ctx context.Context, address string) (keys []string, err error) {
	infos, err := s.browsers.ByEmail(ctx, address, most)
	if err != nil {
		return nil, err
	}
	for _, info := range infos {
		if mentioned(info, address) {
			continue
		}
		if err := s.browsers.Discard(ctx, info.Draft); err != nil {
			return nil, err
		}
		keys = append(keys, info.Draft)
	}
	return keys, nil
}

// finish deletes the answers of discarded drafts, ends the proof when its time is over, and
// removes copies.
func (s *Stores) finish(ctx context.Context, e *Erased, drafts []string, proofs func(func(consent.Record) error) error, keep time.Duration, now time.Time) (err error) {
	unclear := s.clear(ctx, e, drafts)
	if err := s.consents.Empty(ctx, keep, now); err != nil {
		return errors.Join(unclear, err)
	}
	if err := proofs(func(consent.Record) error { e.Proofs++; return nil }); err != nil {
		return errors.Join(unclear, err)
	}
	if e.Proofs > 0 {
		e.ProofUntil = now.Add(keep)
	}
	e.Journal, err = s.file.ClearJournal(ctx)
	return errors.Join(unclear, err)
}

// clear deletes the answers of discarded drafts, and their copies.
func (s *Stores) clear(ctx context.Context, e *Erased, drafts []string) (err error) {
	e.Copies = draft.Pending
	for _, key := range drafts {
		if err := s.drafts.Delete(ctx, key); err != nil {
			return err
		}
		if err := s.browsers.Cleared(ctx, key); err != nil {
			return err
		}
	}
	e.Copies, err = s.drafts.ClearCopies(ctx)
	return err
}

// eachProof calls do with the consents of members who have left, and of those that left
// before with an address. The former may have agreed with another address alone.
func (s *Stores) eachProof(ctx context.Context, address string, members []string, do func(consent.Record) error) error {
	err := s.consents.EachOf(ctx, address, func(r consent.Record) error {
		members = append(members, r.Member)
		return nil
	})
	if err != nil {
		return err
	}
	return s.eachOfMembers(ctx, members, do)
}

// eachOfMembers calls do with the consents of members, who may have left.
func (s *Stores) eachOfMembers(ctx context.Context, members []string, do func(consent.Record) error) error {
	return s.consents.Each(ctx, func(r consent.Record) error {
		if !slices.Contains(members, r.Member) {
			return nil
		}
		return do(r)
	})
}
