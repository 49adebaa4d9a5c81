package wizard

import "time"

// Lost reports whether a store has lost the answers of a draft: they are not there, though
// the draft was not deleted and its time is not over. They were there at the given time,
// which is that of the first save, or of a later one if any is known.
func (w *Wizard) Lost(p Progress) (last time.Time, lost bool) {
	lost = p.Info.Draft != "" && !p.HasDraft() && p.Outcome.Status == Unsubmitted && w.o.Now().Before(p.Info.ExpiresAt)
	return p.Info.ExpiresAt.Add(-w.o.TTL), lost
}
