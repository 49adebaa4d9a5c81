package cli

import (
	"strings"
	"testing"

	"joinery/app/dbtest"
	"joinery/app/journeytest"
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

// mustErase wants erase with --yes to print what begins so.
func (s waitingSite) mustErase(t *testing.T, want string, flags ...string) {
	t.Helper()
	out, err := s.run(t, append([]string{"erase", "zoe@example.ca", "--yes"}, flags...)...)
	if err != nil || !strings.HasPrefix(out, want) {
		t.Errorf("erase %q prints\n%s%v, want\n%s", flags, out, err, want)
	}
}
