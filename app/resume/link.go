package resume

import (
	"context"
	"errors"
	"strings"

	"joinery/app/access"
	"joinery/app/token"
	"joinery/app/wizard"
)

// A Status says how a link or a code that leads to a draft stands.
type Status string

// The statuses.
const (
	Open       Status = "open"       // it lets one more browser in
	Used       Status = "used"       // it has let a browser in
	Late       Status = "late"       // its own time is over, but not that of the draft
	Gone       Status = "gone"       // the draft has ended
	Superseded Status = "superseded" // mail about the draft goes elsewhere now
	Finished   Status = "finished"   // the draft was submitted
	Mistyped   Status = "mistyped"   // there is no such link or code
	Cut        Status = "cut"        // a part of the link is missing
	Malformed  Status = "malformed"  // what was typed can mean no code
	Crowded    Status = "crowded"    // too many codes that are none were typed in the network, perhaps by others
	ForConfirm Status = "letter"     // what was typed can only mean a code that confirms an address
	ForMember  Status = "member"     // what was typed can only mean a code of a letter to a member
)

// A Link is a link in a letter, or a code from another device, that lets one more
// browser in to a draft, as it stands now.
type Link struct {
	Status   Status
	Progress wizard.Progress // of the draft, where it is still there
	grant    access.Grant
}

// Link returns the link with the given secret, the last part of its path. What mail
// programs do to links does no harm, see [token.FromLink]. Link changes nothing.
func (s *Service) Link(ctx context.Context, path string) (Link, error) {
	for _, secret := range token.FromLink(path, token.SecretLength) {
		if l, err := s.find(ctx, secret, access.ByLink); err != nil || l.Status != Mistyped {
			return l, err
		}
	}
	if token.MayBeCut(path, token.SecretLength) {
		return Link{Status: Cut}, nil
	}
	return Link{Status: Mistyped}, nil
}

// find returns the link or the code that a secret belongs to.
func (s *Service) find(ctx context.Context, secret string, kind access.Kind) (Link, error) {
	grant, err := s.o.Access.Grant(ctx, token.Digest(secret))
	if errors.Is(err, access.ErrNotFound) || err == nil && grant.Kind != kind {
		return Link{Status: Mistyped}, nil
	}
	if err != nil {
		return Link{}, err
	}
	info, err := s.o.Access.ByDraft(ctx, grant.Draft)
	if errors.Is(err, access.ErrNotFound) {
		return Link{Status: Mistyped}, nil // forgotten just now
	}
	if err != nil {
		return Link{}, err
	}
	progress, err := s.o.Wizard.ProgressOf(ctx, info)
	if err != nil && !errors.Is(err, wizard.ErrSubmitted) {
		return Link{}, err
	}
	return Link{Status: s.status(grant, progress), Progress: progress, grant: grant}, nil
}

func (s *Service) status(grant access.Grant, p wizard.Progress) Status {
	switch {
	case p.Outcome.Status == wizard.Submitted, p.Outcome.Status == wizard.Completed:
		return Finished
	case !p.HasDraft():
		return Gone
	case grant.Kind == access.ByLink && !reaches(grant.Recipient, p.Info):
		return Superseded
	case grant.UsedBy != "":
		return Used
	case !s.o.Now().Before(grant.ExpiresAt):
		return Late
	}
	return Open
}

// reaches reports whether mail about a draft still goes to a mailbox. Perhaps the
// address was wrong, and has been corrected, or another mailbox was proven.
func reaches(mailbox string, info access.DraftInfo) bool {
	return info.Proven(mailbox) || strings.EqualFold(mailbox, info.ContactEmail) || strings.EqualFold(mailbox, info.AnsweredEmail)
}

// Recipient returns where l was sent to; "": it is a code.
func (l Link) Recipient() string { return l.grant.Recipient }

// Renewable reports whether [Service.Reissue] can help.
func (l Link) Renewable() bool {
	return l.grant.Recipient != "" && (l.Status == Used || l.Status == Late)
}

// Enter uses l up and returns a session by which this browser holds its draft. A
// browser that holds the draft already keeps its session; here is its progress.
// The submission names the showing of the page whose button was pressed: a button
// that is pressed twice lets its browser in twice. Enter returns "" when l lets no
// browser in any more.
//
// A link from a letter closes the draft in the browsers that never came in by one to
// the same mailbox; closed reports whether there were any, see [access.Store.Redeem].
func (s *Service) Enter(ctx context.Context, l Link, here wizard.Progress, submission string) (session string, closed bool, err error) {
	if here.Session != "" && here.Info.Draft != "" && here.Info.Draft == l.grant.Draft {
		closed, err = s.Prove(ctx, l, here)
		return here.Session, closed, err
	}
	if l.Status != Open && l.Status != Used {
		return "", false, nil
	}
	fresh := token.Secret()
	ok, closed, err := s.o.Access.Redeem(ctx, l.grant.Digest, token.Digest(submission), token.Digest(fresh), s.o.Now())
	if err != nil || !ok {
		return "", false, err
	}
	return fresh, closed, nil
}

// Prove notes that the browser that holds the draft of l, with the progress here, also
// reads the mailbox to which l was sent, if l is open. Its link stays open. As with
// [Service.Enter], closed reports whether the draft was closed in other browsers.
func (s *Service) Prove(ctx context.Context, l Link, here wizard.Progress) (closed bool, err error) {
	if l.Status != Open || l.grant.Kind != access.ByLink || here.Info.Proven(l.grant.Recipient) {
		return false, nil
	}
	return s.o.Access.Prove(ctx, l.grant.Digest, token.Digest(here.Session), s.o.Now())
}
