package join

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/mail"
	"joinery/app/member"
)

// filledIn returns the id of a draft that can be sent, with an address.
func (b *bench) filledIn(t *testing.T, address string) string {
	t.Helper()
	w := &browser{bench: b}
	w.open(t, "one").must(t, Continue, form.Answers{"mail": {address}, "lang": {"fr"}})
	w.open(t, "two").must(t, Continue, form.Answers{"pet": {"none"}})
	return w.id
}

// joined makes a member of whoever has an address.
func (b *bench) joined(t *testing.T, address string) {
	t.Helper()
	b.send(t, b.filledIn(t, address))
	b.confirmed(t)
}

// TestNothingTellsAMemberFromAnybodyElse has a member and a stranger do the
// same, and compares all that they see and all that is done.
func TestNothingTellsAMemberFromAnybodyElse(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		b.joined(t, "member@example.ca")
		since := b.operations(t)
		tell := func(address string) (seen []string) {
			b.pass(2 * b.Limits.PerAddress.Per)
			id, begun, changed := b.filledIn(t, address), b.now, b.changes(t)
			since()
			step := func(doing string, result ...any) {
				seen = append(append(seen, since()...), fmt.Sprint(doing, " ", result, ", rows changed: ", b.changes(t)-changed))
				since()
			}
			problems, err := b.Send(t.Context(), id, []string{"keep"}, i18n.English, "network of "+address)
			step("send", problems, err)
			a, err := b.Sent(t.Context(), id)
			step("sent", a.State, a.Sent.Sub(begun), err)
			post, err := b.MailStatus(t.Context(), a)
			step("post", post.State, post.At, post.NextAllowed.Sub(begun), err)
			standing, left, err := b.VerifyCode(t.Context(), id, "AAAAAA")
			step("try", standing, left, err)
			step("again too soon", b.ResendConfirmation(t.Context(), id, "network of "+address))
			token := b.proof(t)
			since()
			l, err := b.Link(t.Context(), token)
			step("link", l.Status, l.Renewable(), b.Own(t.Context(), l, id), err)
			b.pass(time.Minute)
			step("again", b.ResendConfirmation(t.Context(), id, "network of "+address))
			step("correct", b.ChangeEmail(t.Context(), id, strings.ToUpper(address), "network of "+address))
			return seen
		}
		known, unknown := tell("member@example.ca"), tell("nobody@example.ca")
		if !slices.Equal(known, unknown) {
			t.Errorf("what is seen and done of a member is\n%s\nwant what is of anybody else\n%s", strings.Join(known, "\n"), strings.Join(unknown, "\n"))
		}
		if len(known) < 100 {
			t.Errorf("next to nothing was seen: %q", known)
		}
	})
}

// TestOnlyTheMailboxIsToldOfItsMember compares the letters, which differ in
// nothing else that is kept.
func TestOnlyTheMailboxIsToldOfItsMember(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	b.joined(t, "Member@example.ca")
	ask := i18n.T(i18n.French, "mail.confirm.heading")
	for address, asked := range map[string]bool{
		"Member@example.ca": false, "member@example.ca": false, "MEMBER@Example.CA": false, "nobody@example.ca": true, "member+x@example.ca": true,
	} {
		b.pass(2 * b.Limits.PerAddress.Per)
		b.send(t, b.filledIn(t, address))
		if l := b.letter(t, mail.Confirm); strings.Contains(l.Text, ask) != asked || len(tokens(l, "/confirm/")) != 1 {
			t.Errorf("the letter to %s is\n%s\nwant one that asks whether they want to be a member: %t", address, l.Text, asked)
		}
		b.proofCode(t)
	}
	b.wantCount(t, "mails WHERE kind NOT IN ('confirm', 'welcome')", 0)
}

// TestWhoIsAMemberAlreadyStaysTheSame and has their answers, language and
// consents brought up to date.
func TestWhoIsAMemberAlreadyStaysTheSame(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		b.joined(t, "Zoe@example.ca")
		before := b.everyone(t)
		b.pass(24 * time.Hour)
		w := &browser{bench: b}
		w.open(t, "one").must(t, Continue, form.Answers{"mail": {"ZOE@example.ca"}, "lang": {"en"}})
		w.open(t, "two").must(t, Continue, form.Answers{"pet": {"cat"}, "petname": {"Łuna"}})
		_, err := b.Send(t.Context(), w.id, []string{"keep", "news"}, i18n.English, "")
		fine(t, err)
		if got := b.everyone(t); fmt.Sprint(got) != fmt.Sprint(before) {
			t.Errorf("before they confirm the members are %+v, want %+v", got, before)
		}
		b.confirmed(t)
		after := b.everyone(t)
		if len(after) != 1 {
			t.Fatalf("there are %d members, want the one of before", len(after))
		}
		got, was := after[0], before[0]
		if got.ID != was.ID || got.Email != was.Email || !got.Confirmed.Equal(was.Confirmed) || !got.Updated.Equal(b.now) || got.Lang != i18n.English {
			t.Errorf("the member is %+v, want that of before, up to date: %+v", got, was)
		}
		if got.Answers.First("petname") != "Łuna" || !got.Consents[len(got.Consents)-1].Given {
			t.Errorf("the answers are %v and the consents %v, want the new ones", got.Answers, got.Consents)
		}
		b.wantCount(t, "mails WHERE kind = 'welcome'", 1)
		if l := b.letter(t, mail.Updated); l.To != "ZOE@example.ca" || l.Lang != i18n.English {
			t.Errorf("the letter that says so is to %s in %s", l.To, l.Lang)
		}
	})
}

func (b *bench) everyone(t *testing.T) (all []member.Member) {
	t.Helper()
	fine(t, b.Members.Each(t.Context(), func(m member.Member) error { all = append(all, m); return nil }))
	return all
}

// TestTwoApplicationsOfOneAddressMakeOneMember has both wait at the same time.
func TestTwoApplicationsOfOneAddressMakeOneMember(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	var tokens []string
	for _, address := range []string{"zoe@example.ca", "Zoe@Example.ca"} {
		b.send(t, b.filledIn(t, address))
		tokens = append(tokens, b.proof(t))
	}
	for _, token := range tokens {
		fine(t, b.Confirm(t.Context(), b.link(t, token)))
	}
	b.wantCount(t, "members", 1)
	b.wantCount(t, "mails WHERE kind = 'welcome'", 1)
	b.wantCount(t, "mails WHERE kind = 'updated'", 1)
}
