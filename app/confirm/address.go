package confirm

import (
	"context"
	"errors"
	"slices"
	"time"

	"joinery/app/address"
	"joinery/app/mail"
	"joinery/app/member"
	"joinery/app/token"
)

// AddressTTL is how long the reader of another address of a member has to confirm it.
const AddressTTL = 7 * 24 * time.Hour

// An AddressStatus says how a link stands that confirms another address of a member.
type AddressStatus string

// The statuses.
const (
	AddressOpen       AddressStatus = "open"       // its page takes the code of the letter
	AddressSpent      AddressStatus = "spent"      // too many codes were typed
	AddressCrowded    AddressStatus = "crowded"    // too many members have the address meanwhile
	AddressDone       AddressStatus = "done"       // the member has the address
	AddressSuperseded AddressStatus = "superseded" // another change was asked for since, or done
	AddressWithdrawn  AddressStatus = "withdrawn"  // the reader of the address had all removed that is held of them
	AddressLate       AddressStatus = "late"       // its time is over
	AddressMistyped   AddressStatus = "mistyped"   // there is no such link
	AddressCut        AddressStatus = "cut"        // a part of the link is missing
)

// An AddressLink is a link in a letter that confirms another address of a member.
type AddressLink struct {
	Status   AddressStatus
	Address  string    // the address, masked; for AddressOpen and AddressDone
	DoneAt   time.Time // for AddressDone
	Ends     time.Time
	selector string
}

// addressPurpose is the purpose of links and codes that confirm another address of a member.
const addressPurpose = "address"

// AskAddressChange asks the reader of an address, which must be canonical, to confirm that
// a member is to have it. An earlier such letter of the member does not work any more. It
// returns until when the reader can confirm, and when the letter goes out.
//
// AskAddressChange returns [member.ErrNotFound] when the member has another address by now,
// [member.ErrCrowded], and [mail.ErrFull].
func (s *Service) AskAddressChange(ctx context.Context, m member.Member, to string) (ends, due time.Time, err error) {
	link, secrets := newCodedLink(addressPurpose)
	now := s.o.Now()
	c := member.AddressChange{CodedLink: link, Member: m.ID, From: m.Email, To: to, AskedAt: now, EndsAt: now.Add(AddressTTL)}
	letter := mail.NewOrder(mail.NewAddress, to, m.Lang, now)
	letter.Secrets = secrets
	if due, err = s.o.Members.AskAddressChange(ctx, c, letter, s.o.Limits); err != nil {
		return ends, due, err
	}
	s.o.Wake()
	return c.EndsAt, due, nil
}

// AddressLink returns the link with the given token, the last part of its path. What mail
// programs do to links does no harm, see [token.FromLink]. AddressLink changes nothing.
func (s *Service) AddressLink(ctx context.Context, path string) (AddressLink, error) {
	var c member.AddressChange
	ok, err := findCoded(path, func(selector string) (l member.CodedLink, err error) {
		c, err = s.o.Members.AddressChangeBySelector(ctx, selector)
		return c.CodedLink, err
	})
	switch {
	case err != nil:
		return AddressLink{}, err
	case ok:
		return s.addressLink(ctx, c)
	case token.MayBeCut(path, linkSize):
		return AddressLink{Status: AddressCut}, nil
	}
	return AddressLink{Status: AddressMistyped}, nil
}

// AddressStatusOf returns how the link of a change stands, but for [AddressCrowded].
func AddressStatusOf(c member.AddressChange, now time.Time) AddressStatus {
	switch {
	case c.State == member.ChangeDone && !c.Current:
		return AddressSuperseded // the reader must not learn the address that the member has now
	case c.State != member.ChangeOpen:
		return AddressStatus(c.State)
	case !now.Before(c.EndsAt):
		return AddressLate
	case c.Attempts >= maxAttempts:
		return AddressSpent
	}
	return AddressOpen
}

func (s *Service) addressLink(ctx context.Context, c member.AddressChange) (AddressLink, error) {
	l := AddressLink{Status: AddressStatusOf(c, s.o.Now()), DoneAt: c.DoneAt, Ends: c.EndsAt, selector: c.Selector}
	switch l.Status {
	case AddressDone:
		l.Address = address.Masked(c.From)
	case AddressOpen:
		l.Address = address.Masked(c.To)
		crowded, err := s.isCrowded(ctx, c)
		if crowded {
			l.Status = AddressCrowded
		}
		return l, err
	}
	return l, nil
}

// isCrowded reports whether so many others have the new address that the member cannot.
func (s *Service) isCrowded(ctx context.Context, c member.AddressChange) (bool, error) {
	sharing, err := s.o.Members.Sharing(ctx, c.To)
	others := slices.DeleteFunc(sharing, func(m member.Member) bool { return m.ID == c.Member })
	return len(others) >= member.MaxSharing, err
}

// ConfirmAddress gives the member the address of a link if typed is or contains the code of
// the letter, see [token.Codes], and returns the link as it stands then. A program that
// follows links and presses buttons does not type it. Confirming again, or many times at
// once, is the same as once. Of a wrong code, left is how many attempts remain; a text that
// can mean no code costs none.
func (s *Service) ConfirmAddress(ctx context.Context, l AddressLink, typed string) (after AddressLink, code CodeResult, left int, err error) {
	codes := token.Codes(typed, token.MemberLength)
	switch {
	case l.Status != AddressOpen:
		return l, CodeNotWaiting, 0, nil
	case len(codes) == 0:
		return l, resultWithoutMemberCode(typed), 0, nil
	}
	c, err := s.o.Members.CountAddressAttempt(ctx, l.selector, maxAttempts)
	if err != nil {
		return s.addressGone(l, err)
	}
	right := slices.ContainsFunc(codes, func(code string) bool { return codedDigest(addressPurpose, c.Selector, code) == c.CodeHash })
	if c.Attempts > maxAttempts || !right {
		after, err = s.addressLink(ctx, c)
		return after, CodeMistyped, max(0, maxAttempts-c.Attempts), err
	}
	return s.confirmAddress(ctx, l, c)
}

// confirmAddress does what a right code does.
func (s *Service) confirmAddress(ctx context.Context, l AddressLink, c member.AddressChange) (AddressLink, CodeResult, int, error) {
	told := mail.NewOrder(mail.AddressChanged, c.From, c.Lang, s.o.Now())
	err := s.o.Members.ConfirmAddressChange(ctx, c.Selector, s.definitionOf(c.Form).Address().Key, told, s.o.Now())
	if err != nil && !errors.Is(err, member.ErrCrowded) {
		return s.addressGone(l, err)
	}
	s.o.Wake()
	if c, err = s.o.Members.AddressChangeBySelector(ctx, c.Selector); err != nil {
		return s.addressGone(l, err)
	}
	after, err := s.addressLink(ctx, c)
	return after, CodeConfirmed, 0, err
}

// addressGone returns err, or that there is no such link: the member was erased meanwhile.
func (s *Service) addressGone(l AddressLink, err error) (AddressLink, CodeResult, int, error) {
	if errors.Is(err, member.ErrNotFound) {
		return AddressLink{Status: AddressMistyped}, CodeNotWaiting, 0, nil
	}
	return l, "", 0, err
}

// ClearAddressChanges deletes the addresses that were not confirmed in time. Call it every
// hour.
func (s *Service) ClearAddressChanges(ctx context.Context) error {
	return s.o.Members.ClearAddressChanges(ctx, s.o.Now())
}
