package cli

import (
	"strings"
	"testing"

	"joinery/app/dbtest"
	"joinery/app/journeytest"
	"joinery/app/mail"
	"joinery/app/person"
)

// newCouple returns a site at which a member and an application that waits share an address,
// and a draft of that address.
func newCouple(t *testing.T) waitingSite {
	t.Helper()
	s := newWaitingSite(t)
	s.MustSubmit(t, s.FinishedAs(t, "zoe@example.ca"))
	s.ConfirmNewest(t)
	s.MustSubmit(t, s.FinishedAs(t, "zoe@example.ca"))
	s.FinishedAs(t, "zoe@example.ca")
	return s
}

// wantHeld wants so many members, waiting applications and drafts to have the address.
func (s waitingSite) wantHeld(t *testing.T, members, waiting, drafts int) {
	t.Helper()
	held, err := person.New(s.File, dbtest.Ring(t, s.File), s.Drafts).Of(t.Context(), "zoe@example.ca")
	if err != nil || len(held.Members) != members || len(held.Waiting) != waiting || len(held.Drafts) != drafts {
		t.Errorf("there are %d members, %d applications and %d drafts, %v, want %d, %d and %d",
			len(held.Members), len(held.Waiting), len(held.Drafts), err, members, waiting, drafts)
	}
}

// TestAMemberIsNotErasedWithTheApplicationOfAnother unless it is said that both are meant.
func TestAMemberIsNotErasedWithTheApplicationOfAnother(t *testing.T) {
	t.Parallel()
	s := newCouple(t)

	s.wantError(t, "1 member, ", "erase", "zoe@example.ca", "--yes")
	s.wantError(t, "and 1 waiting application (without a name) share this address: add --member with an ID, --waiting, or --all", "erase", "ZOE@example.ca")
	s.wantError(t, "--member, --waiting and --all exclude each other", "erase", "zoe@example.ca", "--waiting", "--all")
	s.wantHeld(t, 1, 1, 1)
	s.mustErase(t, "Erased: 0 members with 0 former answers, 1 waiting application, 0 drafts, ", "--waiting")
	s.wantHeld(t, 1, 0, 1)
	s.wantError(t, "no application with this address waits", "erase", "zoe@example.ca", "--waiting", "--yes")
	s.mustErase(t, "Erased: 1 member with 0 former answers, 0 waiting applications, 1 draft, ")
	s.wantHeld(t, 0, 0, 0)
}

// TestOneOfACoupleIsErased and the application of the other waits on.
func TestOneOfACoupleIsErased(t *testing.T) {
	t.Parallel()
	s := newCouple(t)
	var id string
	journeytest.Must(t, s.File.Read().QueryRowContext(t.Context(), `SELECT id FROM members`).Scan(&id))
	s.mustErase(t, "Erased: 1 member with 0 former answers, 0 waiting applications, 0 drafts, ", "--member", id)
	s.wantHeld(t, 0, 1, 1)
	s.ConfirmNewest(t)
	s.wantHeld(t, 1, 0, 1)
}

func TestBothAreErasedWithAll(t *testing.T) {
	t.Parallel()
	s := newCouple(t)
	s.mustErase(t, "Erased: 1 member with 0 former answers, 1 waiting application, 1 draft, ", "--all")
	s.wantHeld(t, 0, 0, 0)
}

// TestApplicationsOfOneAddressAreNotErasedTogether unless it is said that all are meant.
func TestApplicationsOfOneAddressAreNotErasedTogether(t *testing.T) {
	t.Parallel()
	s := newWaitingSite(t)
	s.MustSubmit(t, s.FinishedAs(t, "zoe@example.ca"))
	s.MustSubmit(t, s.FinishedAs(t, "zoe@example.ca"))
	s.wantError(t, "2 waiting applications (without a name, without a name) share this address: they may be of different people. Add --waiting for all of them", "erase", "zoe@example.ca", "--yes")
	s.wantHeld(t, 0, 2, 0)
	s.mustErase(t, "Erased: 0 members with 0 former answers, 2 waiting applications, ", "--waiting")
	s.wantHeld(t, 0, 0, 0)
}

// TestAMemberIsNotErasedWithTheChangeOfAnother who is to get the same address.
func TestAMemberIsNotErasedWithTheChangeOfAnother(t *testing.T) {
	t.Parallel()
	s := newWaitingSite(t)
	s.Join(t, "zoe@example.ca")
	zoe := s.onlyMember(t, "zoe@example.ca")
	s.Join(t, "other@example.ca")
	other := s.onlyMember(t, "other@example.ca")
	_, err := s.run(t, "change-address", "other@example.ca", "zoe@example.ca")
	journeytest.Must(t, err)
	s.wantError(t, "1 member, "+zoe+" (without a name), and 1 change of other members to it ("+other+") share this address: add --member with an ID, or --all", "erase", "zoe@example.ca", "--yes")
	s.want(t, `(?s).*"address_changes": \[\].*`, "export", "zoe@example.ca")
	s.mustErase(t, "Erased: 1 member with 0 former answers, ", "--member", zoe)
	s.ConfirmAddress(t, s.Letter(t, mail.NewAddress))
	s.wantHeld(t, 1, 0, 0)
}

// TestAMemberThatComesWhileTheCommandAsksIsNotErased since it was not named.
func TestAMemberThatComesWhileTheCommandAsksIsNotErased(t *testing.T) {
	t.Parallel()
	s := newWaitingSite(t)
	s.Join(t, "other@example.ca")
	other := s.onlyMember(t, "other@example.ca")
	_, err := s.run(t, "change-address", "other@example.ca", "zoe@example.ca")
	journeytest.Must(t, err)
	asking := s.Letter(t, mail.NewAddress)
	out, err := s.runWith(t, readerFunc(func(typed []byte) (int, error) {
		s.ConfirmAddress(t, asking)
		return copy(typed, "yes\n"), nil
	}), "erase", "zoe@example.ca")
	if err == nil || err.Error() != "nothing is erased: what is held has changed meanwhile. Look at it again" || !strings.Contains(out, "  a new address of the member "+other+", not confirmed\n") {
		t.Errorf("it prints\n%s%v", out, err)
	}
	s.wantHeld(t, 1, 0, 0)
}

// A readerFunc is a terminal at which a test types.
type readerFunc func(typed []byte) (int, error)

func (f readerFunc) Read(typed []byte) (int, error) { return f(typed) }

// onlyMember returns the ID of the only member with an address.
func (s waitingSite) onlyMember(t *testing.T, address string) string {
	t.Helper()
	sharing, err := s.Members.Sharing(t.Context(), address)
	if err != nil || len(sharing) != 1 {
		t.Fatalf("the members are %+v, %v, want one", sharing, err)
	}
	return sharing[0].ID
}

// mustErase wants erase with --yes to print what begins so.
func (s waitingSite) mustErase(t *testing.T, want string, flags ...string) {
	t.Helper()
	out, err := s.run(t, append([]string{"erase", "zoe@example.ca", "--yes"}, flags...)...)
	if err != nil || !strings.HasPrefix(out, want) {
		t.Errorf("erase %q prints\n%s%v, want\n%s", flags, out, err, want)
	}
}
