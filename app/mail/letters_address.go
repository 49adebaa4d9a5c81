package mail

import "time"

// An AddressAsking is what a letter of the kind [NewAddress] tells.
type AddressAsking struct {
	Link string
	Code string    // letters and digits, which the page of Link takes
	Ends time.Time // of Link and Code
}

// NewAddress writes the letter that asks its reader to confirm that a member is to have its
// address. The reader may be a stranger, so it tells nothing of the member.
func (l *Letters) NewAddress(o Order, a AddressAsking) (Letter, error) {
	return l.write("new_address", o, page{Asking: a, OfMember: true})
}

// An AddressChange is what a letter of the kind [AddressChanged] tells.
type AddressChange struct {
	To   string    // the new address, masked: another person may read the letter; or ""
	At   time.Time // when it was confirmed
	Name string    // of the member: the letter begins with it; or ""
}

// AddressChanged writes the letter to the address that a member had.
func (l *Letters) AddressChanged(o Order, c AddressChange) (Letter, error) {
	return l.write("address_changed", o, page{Change: c, Greeted: c.Name, OfMember: true})
}
