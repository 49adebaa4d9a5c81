package confirm

import (
	"context"
	"crypto/subtle"
	"errors"
	"time"

	"joinery/app/mail"
	"joinery/app/member"
	"joinery/app/token"
	"joinery/app/wizard"
)

// A LinkStatus says how a link in a letter that asks for confirmation stands.
type LinkStatus string

// The statuses of a link.
const (
	Open             LinkStatus = "open"       // its page can confirm or decline
	Held             LinkStatus = "held"       // the mailbox is proven, and its reader is asked which of those who share it applied
	Confirming       LinkStatus = "confirming" // Accept was chosen, and takes effect in a few seconds
	Ending           LinkStatus = "ending"     // Decline was chosen and confirmed, and takes effect in a few seconds
	ScannerSuspected LinkStatus = "doubted"    // a program made a choice on its page: only the code of the letter counts
	Spent            LinkStatus = "spent"      // the same, and too many codes were typed
	Late             LinkStatus = "late"       // its own time is over, but not that of the application
	Superseded       LinkStatus = "superseded" // a newer letter was written
	Used             LinkStatus = "used"       // the applicant is a member
	Replaced         LinkStatus = "replaced"   // the application was corrected and submitted again
	Withdrawn        LinkStatus = "withdrawn"  // the application was ended from the mailbox
	Gone             LinkStatus = "gone"       // the application was not confirmed in time
	Mistyped         LinkStatus = "mistyped"   // there is no such link
	Cut              LinkStatus = "cut"        // a part of the link is missing
)

// A Link is a link in a letter that asks for confirmation, as it stands now.
type Link struct {
	Status      LinkStatus
	NextAllowed time.Time // from when on a fresh link can be asked for; zero for a link that is not renewable
	Updated     bool      // of a link that is Used: the answers have replaced those of a member
	NewerWorks  bool      // until NextAllowed the link of the newest letter works: a program that follows an old link must not end that one
	found       member.ApplicationLink
}

// selectorSize is how many characters of a link find it; the rest proves that
// its bearer has the letter.
const selectorSize = 10

// linkSize is how many characters a link has, without the hyphen.
const linkSize = selectorSize + token.SecretLength

// Link returns the link with the given token, the last part of its path. What mail
// programs do to links does no harm, see [token.FromLink]. Link changes nothing.
func (s *Service) Link(ctx context.Context, path string) (Link, error) {
	found, err := s.findLink(ctx, path)
	if errors.Is(err, member.ErrNotFound) {
		return Link{Status: missing(path)}, nil
	}
	if err != nil {
		return Link{}, err
	}
	l := Link{Status: s.linkStatus(found), found: found}
	switch {
	case l.Status == Used:
		l.Updated, err = s.UpdatedMember(ctx, found.Application)
		return l, err
	case !l.Renewable():
		return l, nil
	}
	links, err := s.o.Members.Links(ctx, found.ID)
	l.NextAllowed = s.nextAllowed(found.Application, links)
	if ends := s.newestWorksUntil(links, found.Held); ends.After(l.NextAllowed) {
		l.NextAllowed, l.NewerWorks = ends, true
	}
	return l, err
}

// findLink returns the link that a path means, or [member.ErrNotFound].
func (s *Service) findLink(ctx context.Context, path string) (member.ApplicationLink, error) {
	for _, secret := range token.FromLink(path, linkSize) {
		found, err := s.o.Members.BySelector(ctx, secret[:selectorSize])
		if err != nil && !errors.Is(err, member.ErrNotFound) {
			return member.ApplicationLink{}, err
		}
		verifier := token.Digest(secret[selectorSize:])
		if err == nil && subtle.ConstantTimeCompare([]byte(verifier), []byte(found.Link.VerifierHash)) == 1 {
			return found, nil
		}
	}
	return member.ApplicationLink{}, member.ErrNotFound
}

// missing returns the status of a link that is not found.
func missing(path string) LinkStatus {
	if token.MayBeCut(path, linkSize) {
		return Cut
	}
	return Mistyped
}

// newestWorksUntil returns until when the link or the code of the newest letter
// works, or the zero time.
func (s *Service) newestWorksUntil(links []member.Link, held member.Hold) time.Time {
	newest, ok := member.Newest(links)
	if !ok || newest.Attempts >= maxAttempts && (newest.ScannerSuspected || held != member.NotHeld) || !s.o.Now().Before(newest.ExpiresAt) {
		return time.Time{}
	}
	return newest.ExpiresAt
}

func (s *Service) linkStatus(l member.ApplicationLink) LinkStatus {
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
	case !s.o.Now().Before(l.Link.ExpiresAt): // before Superseded, which would tell that a letter was written
		return Late
	case (l.Link.ScannerSuspected || l.Held != member.NotHeld) && (l.Link.Attempts >= maxAttempts || l.Link.CodeHash == ""): // letters of an earlier version have no code
		return Spent
	case !l.Newest:
		return Superseded
	case l.Held != member.NotHeld:
		return Held
	case l.Link.ScannerSuspected:
		return ScannerSuspected
	}
	return Open
}

// Confirmable reports whether [Service.Confirm] can help.
func (l Link) Confirmable() bool {
	if l.found.Held != member.NotHeld { // it takes an answer
		return false
	}
	switch l.Status {
	case Open, ScannerSuspected, Spent, Confirming, Ending: // having it in the browser that applied proves more than a press
		return true
	}
	return false
}

// Asks reports whether the page of l shows the question which of those who share the
// mailbox applied. Other browsers than the one that applied need the code of the letter
// to answer, so a link that is Spent asks that one alone.
func (l Link) Asks(own bool) bool {
	return l.Status == Held || own && l.Status == Spent && l.found.Held != member.NotHeld
}

// ChoicePending reports whether a choice on the page of l will soon count.
func (l Link) ChoicePending() bool { return l.Status == Confirming || l.Status == Ending }

// Renewable reports whether [Service.ResendFromLink] can help.
func (l Link) Renewable() bool {
	return l.Status == Late || l.Status == Superseded || l.Status == Spent
}

// Of reports whether l belongs to an application. In a browser that corrects its
// application it does not belong to that draft: looking at the link would
// confirm what is about to change.
func (l Link) Of(a member.Application) bool { return a.ID != "" && a.ID == l.found.ID }

// Recipient returns the address that l was sent to, or "" if its application has
// ended.
func (l Link) Recipient() string { return l.found.Email }

// ScannerSuspected reports whether a program follows l, so that its page takes
// the code.
func (l Link) ScannerSuspected() bool { return l.found.Link.ScannerSuspected }

// Confirm makes the applicant of l a member, at once, or holds the application if the
// mailbox has a member: opening a link must not replace the answers of a person. It is
// for the browser that applied, with its session, see [Link.Of], which no program is. A
// link that is not confirmable it leaves as it stands. Calling it again, or many times at
// once, is the same as calling it once.
func (s *Service) Confirm(ctx context.Context, l Link, session string) error {
	if !l.Confirmable() {
		return nil
	}
	_, err := s.confirm(ctx, l.found.Application, session, firstOfMailbox)
	return err
}

// confirm ends an application whose mailbox is proven, as identify says. Session is that
// of the browser that applied, if the proof came from it, or "".
func (s *Service) confirm(ctx context.Context, a member.Application, session string, identify member.Identify) (member.Outcome, error) {
	restore, secrets := newCodedLink(restorePurpose)
	letters := member.Letters{
		Welcome: mail.NewOrder(mail.Welcome, a.Email, a.Lang, s.o.Now()),
		Updated: mail.NewOrder(mail.Updated, a.Email, a.Lang, s.o.Now()),
		Restore: restore,
		Within:  s.o.Limits,
	}
	letters.Updated.Secrets = secrets
	proof := member.Proof{At: s.o.Now()}
	if session != "" {
		proof.Session = token.Digest(session)
	}
	did, err := s.o.Members.Confirm(ctx, a.ID, proof, identify, letters)
	if did == member.Joined || did == member.Updated || did == member.Held { // a letter, or room for one that waits
		s.o.Wake()
	}
	if did == member.Joined || did == member.Updated {
		s.count(wizard.Confirmed, a)
	}
	return did, err
}

// count tells Options.Count a step of an application.
func (s *Service) count(kind wizard.StepKind, a member.Application) {
	if s.o.Count != nil {
		s.o.Count(wizard.Step{Kind: kind, Lang: a.Lang, Form: a.Form})
	}
}
