package confirm_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/journeytest"
	"joinery/app/mail"
	"joinery/app/member"
	"joinery/app/wizard"
)

// TestNothingTellsAMemberFromOthers has a member and a stranger do the same, and
// compares all that they see and all that is done.
func TestNothingTellsAMemberFromOthers(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		j.Join(t, "member@example.ca")
		since := j.Operations(t)
		known, unknown := seenAndDone(t, j, "member@example.ca", since), seenAndDone(t, j, "stranger@example.ca", since)
		if !slices.Equal(known, unknown) {
			t.Errorf("what is seen and done of a member is\n%s\nwant what is of others\n%s", strings.Join(known, "\n"), strings.Join(unknown, "\n"))
		}
		if len(known) < 100 {
			t.Errorf("next to nothing was seen: %q", known)
		}
	})
}

// seenAndDone applies with an address and returns all that the browser sees and what
// is asked of the file of members meanwhile.
func seenAndDone(t *testing.T, j *journeytest.Journey, address string, since func() []string) (all []string) {
	t.Helper()
	j.Pass(2 * j.Limits.PerAddress.Per)
	session, begun, changed, network := j.FinishedAs(t, address), j.Time, j.RowsChanged(t), "network of "+address
	since()
	note := func(doing string, seen ...any) {
		all = append(append(all, since()...), fmt.Sprint(doing, " ", seen, ", rows changed: ", j.RowsChanged(t)-changed))
		since()
	}
	problems, err := j.Submit(t.Context(), session, []string{"keep"}, i18n.English, network)
	note("submit", problems, err)
	a, err := j.Application(t.Context(), session)
	note("application", a.State, a.Sent.Sub(begun), err)
	c, err := j.Confirm.Confirmation(t.Context(), a)
	note("confirmation", c.State, c.At, c.NextAllowed.Sub(begun), c.AttemptsLeft, c.NewestCodeIsLate, err)
	result, left, err := j.VerifyCode(t.Context(), session, "AAAAAA")
	note("code", result, left, err)
	note("resend too soon", j.ResendConfirmation(t.Context(), session, network))
	token := j.ConfirmToken(t)
	since()
	l, err := j.Confirm.Link(t.Context(), token)
	note("link", l.Status, l.Renewable(), j.Owns(t.Context(), session, l), err)
	j.Pass(time.Minute)
	note("resend", j.ResendConfirmation(t.Context(), session, network))
	note("change the address", j.ChangeEmail(t.Context(), session, strings.ToUpper(address), network))
	return all
}

// TestOnlyTheMailboxIsToldOfItsMember compares the letters, which differ in nothing
// else that is kept.
func TestOnlyTheMailboxIsToldOfItsMember(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	j.Join(t, "Member@example.ca")
	question := i18n.T(i18n.French, "mail.confirm.heading")
	for address, asked := range map[string]bool{
		"Member@example.ca": false, "member@example.ca": false, "MEMBER@Example.CA": false, "stranger@example.ca": true, "member+x@example.ca": true,
	} {
		j.Pass(2 * j.Limits.PerAddress.Per)
		j.MustSubmit(t, j.FinishedAs(t, address))
		if l := j.Letter(t, mail.Confirm); strings.Contains(l.Text, question) != asked || len(journeytest.Tokens(l, journeytest.ConfirmPath)) != 1 {
			t.Errorf("the letter to %s is\n%s\nwant one that asks whether they want to be a member: %t", address, l.Text, asked)
		}
		j.ConfirmCode(t)
	}
	j.WantCount(t, "mails WHERE kind NOT IN ('confirm', 'welcome')", 0)
}

// TestAMemberWhoAppliesAgainStaysTheSame and has their answers, language and
// consents brought up to date.
func TestAMemberWhoAppliesAgainStaysTheSame(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		j.Join(t, "Zoe@example.ca")
		before := members(t, j)
		j.Pass(24 * time.Hour)
		b := j.Browser("")
		b.Open(t, "one").MustSave(t, wizard.Continue, form.Answers{"mail": {"ZOE@example.ca"}, "lang": {"en"}})
		b.Open(t, "two").MustSave(t, wizard.Continue, form.Answers{"pet": {"cat"}, "petname": {"Łuna"}})
		_, err := j.Submit(t.Context(), b.Session, []string{"keep", "news"}, i18n.English, "")
		journeytest.Must(t, err)
		if got := members(t, j); fmt.Sprint(got) != fmt.Sprint(before) {
			t.Errorf("before the confirmation the members are %+v, want %+v", got, before)
		}
		j.ConfirmNewest(t)
		if got := members(t, j); fmt.Sprint(got) != fmt.Sprint(before) {
			t.Errorf("before the answer the members are %+v, want %+v", got, before)
		}
		j.Answer(t, b.Session, j.OnlyMember(t, b.Session))
		after := members(t, j)
		if len(after) != 1 {
			t.Fatalf("there are %d members, want the one of before", len(after))
		}
		got, was := after[0], before[0]
		if got.ID != was.ID || got.Email != was.Email || !got.Confirmed.Equal(was.Confirmed) || !got.Updated.Equal(j.Time) || got.Lang != i18n.English {
			t.Errorf("the member is %+v, want that of before, up to date: %+v", got, was)
		}
		if got.Answers.First("petname") != "Łuna" || !got.Consents[len(got.Consents)-1].Given {
			t.Errorf("the answers are %v and the consents %v, want the new ones", got.Answers, got.Consents)
		}
		j.WantCount(t, "mails WHERE kind = 'welcome'", 1)
		if l := j.Letter(t, mail.Updated); l.To != "ZOE@example.ca" || l.Lang != i18n.English {
			t.Errorf("the letter that says so is to %s in %s", l.To, l.Lang)
		}
	})
}

func members(t *testing.T, j *journeytest.Journey) (all []member.Member) {
	t.Helper()
	journeytest.Must(t, j.Members.Each(t.Context(), func(m member.Member) error { all = append(all, m); return nil }))
	return all
}
