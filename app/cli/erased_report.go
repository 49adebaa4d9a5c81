package cli

import (
	"fmt"
	"io"
	"time"

	"joinery/app/config"
	"joinery/app/draft"
	"joinery/app/person"
)

// An erasedReport is what erase prints as JSON.
type erasedReport struct {
	Members       int          `json:"members"`
	Former        int          `json:"former_answers"`
	Waiting       int          `json:"waiting_applications"`
	Changes       int          `json:"address_changes"`
	Drafts        int          `json:"drafts"` // with those that were sent, to which browsers still led
	Letters       int          `json:"letters"`
	Mentioned     int          `json:"drafts_of_others"`
	Proofs        int          `json:"consents_kept"`
	ProofUntil    *time.Time   `json:"consents_kept_until"` // nil: none is kept
	JournalClear  bool         `json:"journal_cleared"`
	DraftsCleared draft.Copies `json:"files_of_drafts"`
}

func newErasedReport(e person.Erased) erasedReport {
	r := erasedReport{e.Members, e.Former, e.Waiting, e.Changes, e.Drafts, e.Letters, e.Mentioned, e.Proofs, nil, e.Journal, e.Copies}
	if !e.ProofUntil.IsZero() {
		until := e.ProofUntil.UTC()
		r.ProofUntil = &until
	}
	return r
}

// writeErased says what was erased, and what stays.
func writeErased(out io.Writer, e person.Erased, cfg config.Config) {
	fmt.Fprintf(out, "Erased: %s with %s, %s, %s, %s.\n",
		count(e.Members, "member"), count(e.Former, "former answer"), count(e.Waiting, "waiting application"), count(e.Drafts, "draft"), count(e.Letters, "letter"))
	if e.Changes > 0 {
		fmt.Fprintf(out, "Removed too: %s not confirmed yet.\n", count(e.Changes, "address change"))
	}
	if e.Mentioned > 0 {
		fmt.Fprintf(out, "Taken out of %s of others, whose answers stay.\n", count(e.Mentioned, "draft"))
	}
	if e.Proofs > 0 {
		fmt.Fprintf(out, "The proof of %s stays until %s at the latest, with neither name nor address (CONSENT_KEEP).\n", count(e.Proofs, "consent"), e.ProofUntil.In(cfg.Zone).Format(time.DateOnly))
	}
	if !e.Journal {
		fmt.Fprintln(out, "The journal of the database could not be emptied, since another program reads. A site that runs does it within an hour; or erase again.")
	}
	fmt.Fprintln(out, copiesInWords(e.Copies, cfg))
	if cfg.SMTPURL == "" {
		fmt.Fprintf(out, "Letters in %s are for development, and stay: delete them by hand.\n", cfg.Outbox)
	}
	fmt.Fprintln(out, "Backups that were made before keep what they have.")
}

// copiesInWords says what became of copies of deleted drafts.
func copiesInWords(c draft.Copies, cfg config.Config) string {
	redis := cfg.RedisURL != ""
	switch {
	case c == draft.Cleared && redis:
		return "Redis has written its files anew."
	case c == draft.Cleared:
		return "The journal of the drafts is empty."
	case c == draft.Forbidden:
		return "Redis does not let this user have its files written anew: have its administrator run BGREWRITEAOF and BGSAVE. Until then they have copies of drafts, sealed with keys that are gone."
	case redis:
		return "Redis has not written its files anew yet. Until it has, they have copies of drafts, sealed with keys that are gone."
	}
	return "The journal of the drafts could not be emptied, since another program reads. A site that runs does it within an hour."
}

// count says how many things there are.
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
