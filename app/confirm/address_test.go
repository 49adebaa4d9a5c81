package confirm_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"joinery/app/confirm"
	"joinery/app/i18n"
	"joinery/app/journeytest"
	"joinery/app/mail"
	"joinery/app/member"
)

const oldAddress, newAddress = "zoe@old.example", "zoe@new.example"

// An addressAsked is a member whose other address waits to be confirmed.
type addressAsked struct {
	*journeytest.Journey
	member      member.Member
	order       mail.Order
	token, code string
}

func askAddress(t *testing.T) *addressAsked {
	t.Helper()
	a := &addressAsked{Journey: journeytest.New(t, unlimited)}
	a.Join(t, oldAddress)
	sharing, err := a.Members.Sharing(t.Context(), oldAddress)
	journeytest.Must(t, err)
	a.member = sharing[0]
	a.askAgain(t)
	return a
}

func (a *addressAsked) askAgain(t *testing.T) {
	t.Helper()
	_, _, err := a.Confirm.AskAddressChange(t.Context(), a.member, newAddress)
	journeytest.Must(t, err)
	l := a.Letter(t, mail.NewAddress)
	a.order, a.token, a.code = l.Order, l.Secrets[0], l.Secrets[1]
}

func (a *addressAsked) link(t *testing.T) confirm.AddressLink {
	t.Helper()
	l, err := a.Confirm.AddressLink(t.Context(), a.token)
	journeytest.Must(t, err)
	return l
}

// typeCode types a code on the page of the link.
func (a *addressAsked) typeCode(t *testing.T, typed string) (confirm.AddressLink, confirm.CodeResult, int) {
	t.Helper()
	l, code, left, err := a.Confirm.ConfirmAddress(t.Context(), a.link(t), typed)
	journeytest.Must(t, err)
	return l, code, left
}

// addressStates bring a link into each of its statuses that a token leads to.
var addressStates = map[confirm.AddressStatus]func(*testing.T, *addressAsked){
	confirm.AddressOpen: func(*testing.T, *addressAsked) {},
	confirm.AddressSpent: func(t *testing.T, a *addressAsked) {
		for range confirm.MaxAttempts {
			a.typeCode(t, "AAAAAAAAA")
		}
	},
	confirm.AddressCrowded: func(t *testing.T, a *addressAsked) {
		for i := range member.MaxSharing {
			exec(t, a.Journey, fmt.Sprintf(`INSERT INTO members (id, email, lang, form, answers, confirmed_at, updated_at) VALUES ('%d', '%s', 'fr', '1', '{}', 1, 1)`, i, strings.ToUpper(newAddress)))
		}
	},
	confirm.AddressDone: func(t *testing.T, a *addressAsked) { a.typeCode(t, a.code) },
	confirm.AddressSuperseded: func(t *testing.T, a *addressAsked) {
		token, code := a.token, a.code
		a.askAgain(t)
		a.token, a.code = token, code
	},
	confirm.AddressWithdrawn: func(t *testing.T, a *addressAsked) {
		_, err := a.Members.Erase(t.Context(), newAddress, a.Time)
		journeytest.Must(t, err)
	},
	confirm.AddressLate: func(_ *testing.T, a *addressAsked) { a.Pass(confirm.AddressTTL) },
	confirm.AddressMistyped: func(t *testing.T, a *addressAsked) {
		_, err := a.Members.Erase(t.Context(), oldAddress, a.Time)
		journeytest.Must(t, err)
	},
	confirm.AddressCut: func(_ *testing.T, a *addressAsked) { a.token = a.token[:len(a.token)-4] },
}

// TestTheCodeConfirmsAnAddressOnlyWhileItsLinkIsOpen types it in each status. Where the
// code does nothing, neither does it cost an attempt, and the hourly job changes nothing of
// what the link says.
func TestTheCodeConfirmsAnAddressOnlyWhileItsLinkIsOpen(t *testing.T) {
	t.Parallel()
	for status, bring := range addressStates {
		t.Run(string(status), func(t *testing.T) {
			t.Parallel()
			a := askAddress(t)
			bring(t, a)
			if got := a.link(t).Status; got != status {
				t.Fatalf("the link is %s", got)
			}
			want := map[confirm.AddressStatus]confirm.AddressStatus{confirm.AddressOpen: confirm.AddressDone}[status]
			if want == "" {
				want = status
			}
			after, code, _ := a.typeCode(t, a.code)
			if after.Status != want || (code == confirm.CodeConfirmed) != (status == confirm.AddressOpen) {
				t.Errorf("the code is %s, and then the link %s, want %s", code, after.Status, want)
			}
			a.Tidy(t)
			if got := a.link(t).Status; got != want {
				t.Errorf("an hour later the link is %s, want %s", got, want)
			}
		})
	}
}

// TestTheNewAddressIsInTheAnswersOfTheMember who may have been asked by an earlier form.
func TestTheNewAddressIsInTheAnswersOfTheMember(t *testing.T) {
	t.Parallel()
	a := askAddress(t)
	a.typeCode(t, a.code)
	m, err := a.Members.ByID(t.Context(), a.member.ID)
	journeytest.Must(t, err)
	if m.Email != newAddress || m.Answers.First("mail") != newAddress || m.Answers.First("pet") != a.member.Answers.First("pet") {
		t.Errorf("the member is %+v", m)
	}
}

// TestALetterAboutAnAddressIsNotSentLate when what it asks for has ended.
func TestALetterAboutAnAddressIsNotSentLate(t *testing.T) {
	t.Parallel()
	for status, bring := range addressStates {
		if status == confirm.AddressOpen || status == confirm.AddressSpent || status == confirm.AddressCrowded || status == confirm.AddressCut {
			continue // the letter may come
		}
		t.Run(string(status), func(t *testing.T) {
			t.Parallel()
			a := askAddress(t)
			order := a.order
			bring(t, a)
			if _, err := a.WriteLetter(t.Context(), order); !errors.Is(err, mail.ErrEnded) {
				t.Errorf("the letter is written, %v", err)
			}
		})
	}
}

// TestAMemberThatLeavesIsNotTold of the address that they had before.
func TestAMemberThatLeavesIsNotTold(t *testing.T) {
	t.Parallel()
	a := askAddress(t)
	a.typeCode(t, a.code)
	told := a.Letter(t, mail.AddressChanged)
	if told.To != oldAddress {
		t.Errorf("told is %s", told.To)
	}
	_, err := a.Members.Erase(t.Context(), newAddress, a.Time)
	journeytest.Must(t, err)
	if left := a.Queued(t, mail.AddressChanged); len(left) != 0 {
		t.Errorf("%d letters still wait", len(left))
	}
	if _, err := a.WriteLetter(t.Context(), told.Order); !errors.Is(err, mail.ErrEnded) {
		t.Errorf("the letter is written, %v", err)
	}
}

// TestALaterAddressIsNotToldToReadersOfEarlierOnes by the link that lies there, or by a letter
// that comes late.
func TestALaterAddressIsNotToldToReadersOfEarlierOnes(t *testing.T) {
	t.Parallel()
	a := askAddress(t)
	a.typeCode(t, a.code)
	told := a.Letter(t, mail.AddressChanged)
	if !strings.Contains(told.Text, "z•••@new.example") || a.link(t).Address != "z•••@new.example" {
		t.Errorf("the first change is told as\n%s\n%+v", told.Text, a.link(t))
	}
	a.ChangeAddress(t, a.member.ID, "zoe@third.example")
	if l := a.link(t); l.Status != confirm.AddressSuperseded || l.Address != "" {
		t.Errorf("the link in the letter to the second address is %+v", l)
	}
	late, err := a.WriteLetter(t.Context(), told.Order)
	if err != nil || strings.Contains(late.Text, "third.example") || !strings.Contains(late.Text, i18n.T(late.Lang, "mail.address_changed.heading")) {
		t.Errorf("the letter to the first address says\n%s\n%v", late.Text, err)
	}
}
