package wizard

import "time"

// Lost reports whether a store has lost the answers of a draft: they are not there, though
// the draft was not deleted and its time is not over. They were there at the given time,
// which is that of the first save, or of a later one if any is known. If that time lies in
// the future, a clock was wrong, and the draft is not called lost. It counts on
// [access.Store.FollowTTL].
func (w *Wizard) Lost(p Progress) (last time.Time, lost bool) {
	now, last := w.o.Now(), p.Info.NotedAt
	if last.IsZero() { // an earlier version has begun the draft
		last = p.Info.ExpiresAt.Add(-w.o.TTL)
	}
	lost = p.Info.Draft != "" && !p.HasDraft() && p.Outcome.Status == Unsubmitted && now.Before(p.Info.ExpiresAt)
	return last, lost && !last.After(now)
}
