package confirm

import (
	"context"
	"slices"
	"time"

	"joinery/app/member"
	"joinery/app/token"
)

// KeepFormer is how long the former answers of a member are kept after an application has
// replaced them.
const KeepFormer = 30 * 24 * time.Hour

// A RestoreStatus says how a link stands that puts former answers back.
type RestoreStatus string

// The statuses.
const (
	RestoreOpen       RestoreStatus = "open"       // its page takes the code of the letter
	RestoreSpent      RestoreStatus = "spent"      // too many codes were typed
	RestoreDone       RestoreStatus = "done"       // the former answers were put back
	RestoreSuperseded RestoreStatus = "superseded" // the answers were replaced once more since
	RestoreLate       RestoreStatus = "late"       // the former answers are deleted
	RestoreMoved      RestoreStatus = "moved"      // they are deleted since the member has another address
	RestoreMistyped   RestoreStatus = "mistyped"   // there is no such link
	RestoreCut        RestoreStatus = "cut"        // a part of the link is missing
)

// A RestoreLink is a link in a letter that puts the former answers of a member back.
type RestoreLink struct {
	Status     RestoreStatus
	Name       string    // of the member: the first name and an initial, or ""; for RestoreOpen and RestoreSpent
	ReplacedAt time.Time // when the former answers were replaced
	RestoredAt time.Time // when they were put back, for RestoreDone
	Ends       time.Time // when they are deleted
	selector   string
}

// restorePurpose is the purpose of links and codes that put former answers back.
const restorePurpose = "restore"

// RestoreLink returns the link with the given token, the last part of its path. What mail
// programs do to links does no harm, see [token.FromLink]. RestoreLink changes nothing.
func (s *Service) RestoreLink(ctx context.Context, path string) (RestoreLink, error) {
	var f member.Former
	ok, err := findCoded(path, func(selector string) (l member.CodedLink, err error) {
		f, err = s.o.Members.FormerBySelector(ctx, selector)
		return f.CodedLink, err
	})
	switch {
	case err != nil:
		return RestoreLink{}, err
	case ok:
		return s.restoreLink(f), nil
	case token.MayBeCut(path, linkSize):
		return RestoreLink{Status: RestoreCut}, nil
	}
	return RestoreLink{Status: RestoreMistyped}, nil
}

func (s *Service) restoreLink(f member.Former) RestoreLink {
	l := RestoreLink{Status: RestoreOpen, ReplacedAt: f.ReplacedAt, RestoredAt: f.RestoredAt, Ends: f.ReplacedAt.Add(KeepFormer), selector: f.Selector}
	switch {
	case f.RestoredAt.Unix() != 0:
		l.Status = RestoreDone
		return l
	case !s.o.Now().Before(l.Ends):
		l.Status = RestoreLate
		return l
	case f.CodeHash == "":
		l.Status = RestoreMoved
		return l
	case !f.Current:
		l.Status = RestoreSuperseded
		return l
	case f.Attempts >= maxAttempts:
		l.Status = RestoreSpent
	}
	l.Name = shortName(s.definitionOf(f.Form).Names(f.Answers))
	return l
}

// Restore puts the former answers and consents of a member back if typed is or contains
// the code of the letter, see [token.Codes], and returns the link as it stands then. A
// program that follows links and presses buttons does not type it. Restoring again, or
// many times at once, is the same as once. Of a wrong code, left is how many attempts
// remain; a text that can mean no code costs none.
func (s *Service) Restore(ctx context.Context, l RestoreLink, typed string) (after RestoreLink, code CodeResult, left int, err error) {
	codes := token.Codes(typed, token.MemberLength)
	switch {
	case l.Status != RestoreOpen:
		return l, CodeNotWaiting, 0, nil
	case len(codes) == 0:
		return l, resultWithoutMemberCode(typed), 0, nil
	}
	f, err := s.o.Members.CountRestoreAttempt(ctx, l.selector, maxAttempts)
	if err != nil {
		return l, "", 0, err
	}
	right := slices.ContainsFunc(codes, func(code string) bool { return codedDigest(restorePurpose, f.Selector, code) == f.CodeHash })
	if f.Attempts > maxAttempts || !right {
		return s.restoreLink(f), CodeMistyped, max(0, maxAttempts-f.Attempts), nil
	}
	if err := s.o.Members.Restore(ctx, l.selector, s.o.Now().Add(-KeepFormer), s.o.Now()); err != nil {
		return l, "", 0, err
	}
	f, err = s.o.Members.FormerBySelector(ctx, l.selector)
	return s.restoreLink(f), CodeConfirmed, 0, err
}

// ClearFormer deletes the former answers whose time is over. Call it every hour.
func (s *Service) ClearFormer(ctx context.Context) error {
	return s.o.Members.ClearFormer(ctx, s.o.Now().Add(-KeepFormer))
}
