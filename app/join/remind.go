package join

import (
	"context"
	"errors"
	"time"

	"joinery/app/access"
	"joinery/app/draft"
	"joinery/app/mail"
)

// batch is how many drafts are looked at between two questions to the store.
const batch = 100

// Remind writes, once in the life of a draft, to those who asked to have mail
// about theirs and whose draft ends soon. Who saved it since the last look, or
// sent or deleted it, is not written to.
func (s *Service) Remind(ctx context.Context) error {
	if s.RemindBefore <= 0 {
		return nil
	}
	return s.eachDraft(ctx, func() ([]access.DraftInfo, error) {
		return s.Access.ReminderDue(ctx, s.Now().Add(s.RemindBefore), batch)
	},
		func(entry access.DraftInfo, d draft.Draft) error {
			if ends := s.ExpiresAt(d.Saved); ends.After(s.Now().Add(s.RemindBefore)) {
				return s.extend(ctx, d)
			}
			return s.remind(ctx, entry, d)
		})
}

func (s *Service) remind(ctx context.Context, entry access.DraftInfo, d draft.Draft) error {
	ends := s.ExpiresAt(d.Saved)
	w, link := s.newGrant(d.Key, entry.ContactEmail, entry.Lang, ends)
	letter, err := s.Letters.Reminder(entry.ContactEmail, entry.Lang, mail.Reminding{
		Saved: d.Saved, Ends: ends, Continue: link, Delete: link + "/delete",
	}, s.Now())
	if err != nil {
		return err
	}
	letter.Topic = d.Key
	queued, err := s.Access.SendReminder(ctx, w, letter, s.Limits, s.Now())
	if queued {
		s.Queued()
	}
	return err
}

// Sweep forgets who may come to drafts that have ended.
func (s *Service) Sweep(ctx context.Context) error {
	err := s.eachDraft(ctx, func() ([]access.DraftInfo, error) { return s.Access.ExpiringBefore(ctx, s.Now(), batch) },
		func(_ access.DraftInfo, d draft.Draft) error { return s.extend(ctx, d) })
	if err != nil {
		return err
	}
	return s.Access.SweepAttempts(ctx, s.Now())
}

// extend notes when d ends by now, in whole seconds: rounded down, a draft that
// ends within this one would be looked at over and over.
func (s *Service) extend(ctx context.Context, d draft.Draft) error {
	err := s.Access.SetExpiry(ctx, d.Key, s.ExpiresAt(d.Saved).Add(time.Second-1))
	if errors.Is(err, access.ErrNotFound) {
		return nil // forgotten just now
	}
	return err
}

// eachDraft calls do for the drafts behind the entries that next returns, batch by
// batch. What do does must take the entry out of those that next returns. One
// that fails keeps no other from its turn: it is tried again with the next
// call.
func (s *Service) eachDraft(ctx context.Context, next func() ([]access.DraftInfo, error), do func(access.DraftInfo, draft.Draft) error) error {
	for {
		entries, err := next()
		if err != nil {
			return err
		}
		var failed []error
		for _, entry := range entries {
			if err := s.inspect(ctx, entry, do); err != nil {
				failed = append(failed, err)
			}
		}
		if len(failed) > 0 || len(entries) < batch {
			return errors.Join(failed...)
		}
	}
}

// inspect calls do for the draft behind entry. Of one that was sent it clears away
// what an interruption has left, so that its holders see what became of it; one
// that is gone it forgets.
func (s *Service) inspect(ctx context.Context, entry access.DraftInfo, do func(access.DraftInfo, draft.Draft) error) error {
	switch _, err := s.sentFrom(ctx, entry.Draft); {
	case err == nil && entry.ExpiresAt.After(s.Now()):
		return s.clearSubmitted(ctx, entry.Draft, entry.ExpiresAt)
	case err != nil && !errors.Is(err, ErrNoDraft):
		return err
	}
	d, err := s.Drafts.Load(ctx, entry.Draft)
	switch {
	case errors.Is(err, draft.ErrNotFound):
		return s.Access.Forget(ctx, entry.Draft)
	case err != nil:
		return err
	}
	return do(entry, d)
}
