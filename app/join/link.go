package join

import (
	"context"
	"crypto/subtle"
	"errors"
	"slices"
	"strings"
	"time"

	"joinery/app/member"
	"joinery/app/token"
)

// A LinkStatus says how a link in a letter, a code, or another way in, stands.
type LinkStatus string

// The standings.
const (
	Open             LinkStatus = "open"       // it does what it is for
	Used             LinkStatus = "used"       // it has done so: there is a member, or somebody was let in
	ScannerSuspected LinkStatus = "doubted"    // a machine pressed on its page: it takes the code of the letter
	Confirming       LinkStatus = "confirming" // Yes was pressed, and will count in a few seconds
	Ending           LinkStatus = "ending"     // Delete was pressed, and will count in a few seconds
	Late             LinkStatus = "late"       // its own time is over, but not that of what it is for
	Superseded       LinkStatus = "superseded" // a newer link was sent
	Replaced         LinkStatus = "replaced"   // the application was corrected and sent again
	Withdrawn        LinkStatus = "withdrawn"  // the application was ended from the mailbox
	Gone             LinkStatus = "gone"       // the application was not confirmed in time, or the draft has ended
	Mistyped         LinkStatus = "mistyped"   // no such link or code
	Spent            LinkStatus = "spent"      // too many codes were typed
	Finished         LinkStatus = "finished"   // the draft it led to was sent
)

// A Link is a link in a letter that asks for confirmation, as it stands now.
type Link struct {
	Status      LinkStatus
	NextAllowed time.Time // from when on a fresh one can be asked for; of a link that is not renewable, zero
	NewerWorks  bool      // until then, the link of the newest letter works: no machine shall end it that follows an old one
	found       member.ApplicationLink
}

// Link finds the link with the given token, the last part of its path. What
// programs that show mail take into a link from behind it, such as a full stop,
// does no harm. It changes nothing.
func (s *Service) Link(ctx context.Context, path string) (Link, error) {
	handle, proof, _ := strings.Cut(path, "-")
	proof = strings.TrimSuffix(proof, strings.TrimLeft(proof, token.Alphabet))
	found, err := s.Members.BySelector(ctx, handle)
	if err != nil && !errors.Is(err, member.ErrNotFound) {
		return Link{}, err
	}
	if same := subtle.ConstantTimeCompare([]byte(token.Digest(proof)), []byte(found.Link.VerifierHash)); err != nil || same != 1 {
		return Link{Status: Mistyped}, nil
	}
	l := Link{Status: s.standing(found), found: found}
	if l.Renewable() {
		links, err := s.Members.Links(ctx, found.ID)
		l.NextAllowed = s.nextAllowed(found.Application, links)
		if ends := s.newestWorksUntil(links); ends.After(l.NextAllowed) {
			l.NextAllowed, l.NewerWorks = ends, true
		}
		return l, err
	}
	return l, nil
}

// newestWorksUntil returns until when the link or the code of the newest letter newestWorksUntil, or
// the zero time.
func (s *Service) newestWorksUntil(links []member.Link) time.Time {
	newest := slices.IndexFunc(links, func(l member.Link) bool { return l.Letter != "" })
	if newest < 0 || links[newest].Attempts >= maxAttempts && links[newest].ScannerSuspected || !s.Now().Before(links[newest].ExpiresAt) {
		return time.Time{}
	}
	return links[newest].ExpiresAt
}

func (s *Service) standing(l member.ApplicationLink) LinkStatus {
	switch {
	case l.State == member.Confirmed:
		return Used
	case l.State == member.Replaced:
		return Replaced
	case l.State == member.Withdrawn:
		return Withdrawn
	case l.State == member.Expired, s.overdue(l.Application):
		return Gone
	case l.Link.PendingChoice == member.Accept:
		return Confirming
	case l.Link.PendingChoice == member.ConfirmDecline:
		return Ending
	case !s.Now().Before(l.Link.ExpiresAt): // before Superseded, which would tell that a letter was written
		return Late
	case l.Link.ScannerSuspected && (l.Link.Attempts >= maxAttempts || l.Link.CodeHash == ""): // letters of an earlier version have no code
		return Spent
	case !l.Newest:
		return Superseded
	case l.Link.ScannerSuspected:
		return ScannerSuspected
	}
	return Open
}

// Confirmable reports whether [Service.Confirm] can help.
func (l Link) Confirmable() bool {
	switch l.Status {
	case Open, ScannerSuspected, Spent, Confirming, Ending: // who has it in the browser that applied has proven more than a press
		return true
	}
	return false
}

// Recipient returns the address that l was sent to, or "" if its application has
// ended.
func (l Link) Recipient() string { return l.found.Email }

// ScannerSuspected reports whether a machine follows l, so that ending its application
// takes the code.
func (l Link) ScannerSuspected() bool { return l.found.Link.ScannerSuspected }

// Own reports whether the application of l was sent by the browser with the given
// id. While that corrects it, it is not: looking at the link would confirm what
// is about to change.
func (s *Service) Own(ctx context.Context, l Link, id string) bool {
	a, err := s.Sent(ctx, id)
	return err == nil && a.ID == l.found.ID
}

// Renewable reports whether [Service.ResendFromLink] can help.
func (l Link) Renewable() bool {
	return l.Status == Late || l.Status == Superseded || l.Status == Spent
}
