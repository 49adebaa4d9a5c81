package cli

import (
	"testing"
	"time"

	"joinery/app/confirm"
	"joinery/app/i18n"
	"joinery/app/journeytest"
	"joinery/app/mail"
)

// TestAnotherAddressOfAMemberIsAskedFor and a letter goes there.
func TestAnotherAddressOfAMemberIsAskedFor(t *testing.T) {
	t.Parallel()
	s := newWaitingSite(t)
	s.Join(t, "zoe@old.example")
	s.MailServer().DeliverAll(t)
	s.want(t, `A letter asks zoe@new\.example to confirm, until 2026-11-29 12:00\. A site that runs sends it within a minute\.\n`+
		`Until it is confirmed, the member keeps zoe@old\.example, which is told when it is done\.`, "change-address", "ZOE@old.example", "zoe@NEW.example")
	letter := s.Letter(t, mail.NewAddress)
	if letter.To != "zoe@new.example" || letter.Lang != i18n.French {
		t.Errorf("the letter is %+v", letter)
	}
	for address, words := range map[string]string{"zoe@old.example": `(?s)member .*`, "zoe@new.example": ``} {
		s.want(t, words+`new address, not confirmed +zoe@new\.example +of member \w+, until 2026-11-29 12:00\n(?s:.*)`, "show", address)
		s.want(t, `(?s).*"address_changes": \[\n +\{\n +"to": "zoe@new\.example",\n +"asked": "2026-11-22T12:00:00Z",.*`, "export", address)
	}
	s.want(t, `(?s).*Une nouvelle adresse, pas encore confirmée.*`, "export", "zoe@old.example", "--printable", "--lang", "fr")
	link, err := s.Confirm.AddressLink(t.Context(), letter.Secrets[0])
	journeytest.Must(t, err)
	_, _, _, err = s.Confirm.ConfirmAddress(t.Context(), link, letter.Secrets[1])
	journeytest.Must(t, err)
	s.want(t, `(?s)member \w+ +zoe@new\.example.*`, "show", "zoe@new.example")
	s.wantError(t, "no member has this address", "change-address", "zoe@old.example", "zoe@third.example")
}

func TestAnAddressThatCannotBeAskedForIsRefused(t *testing.T) {
	t.Parallel()
	s := newWaitingSite(t)
	s.Join(t, "zoe@old.example")
	for _, tt := range []struct{ from, to, words string }{
		{"nobody@old.example", "zoe@new.example", "no member has this address"},
		{"zoe", "zoe@new.example", `"zoe" is not an address`},
		{"zoe@old.example", "zoe new@new.example", i18n.T(i18n.English, "problem.email_blank")},
		{"zoe@old.example", "zoé@new.example", `"zoé@new.example" is not an address`},
		{"zoe@old.example", "ZOE@OLD.example", "the two addresses are the same"},
	} {
		s.wantError(t, tt.words, "change-address", tt.from, tt.to)
	}
	s.wantError(t, "change-address takes two addresses", "change-address", "zoe@old.example")
	const insert = `INSERT INTO members (id, email, lang, form, answers, confirmed_at, updated_at) WITH RECURSIVE n(i) AS (SELECT 1 UNION SELECT i + 1 FROM n WHERE i < `
	for _, rows := range []string{`20) SELECT 'F' || i, 'full@old.example', 'en', '1', '{}', 1, 1 FROM n`, `2) SELECT 'B' || i, 'both@old.example', 'en', '1', '{}', 1, 1 FROM n`} {
		_, err := s.File.Write().ExecContext(t.Context(), insert+rows)
		journeytest.Must(t, err)
	}
	s.wantError(t, "20 members have the new address already", "change-address", "zoe@old.example", "full@old.example")
	s.wantError(t, "2 members share this address, B1 (without a name), B2 (without a name): add --member with one of the IDs", "change-address", "both@old.example", "b@new.example")
	s.wantError(t, `no member with this address has the ID "B9"`, "change-address", "both@old.example", "b@new.example", "--member", "B9")
	s.want(t, `(?s).*\nThe member will share the new address with 1 member\.`, "change-address", "both@old.example", "zoe@old.example", "--member", "B2")
	s.want(t, `(?s).*\nIs it mistyped\? If zoe@gmail\.com is meant, ask again with that\.`, "change-address", "zoe@old.example", "zoe@gmial.com")
}

// TestEraseEndsAChangeOfAddress by the address that was to be, and says so.
func TestEraseEndsAChangeOfAddress(t *testing.T) {
	t.Parallel()
	s := newWaitingSite(t)
	s.Join(t, "zoe@old.example")
	for range 2 {
		_, err := s.run(t, "change-address", "zoe@old.example", "zoe@new.example")
		journeytest.Must(t, err)
		s.Pass(time.Minute)
	}
	s.want(t, `(?s)Erased: 0 members .*, 2 letters\.\nRemoved too: 1 address change not confirmed yet\.\n.*`, "erase", "zoe@new.example", "--yes")
	s.want(t, `Nothing is held\.`, "show", "zoe@new.example")
	s.want(t, `(?s).*zoe@old\.example.*`, "show", "zoe@old.example")
}

// TestAChangeOfAddressIsShownAsItStands until its address is removed.
func TestAChangeOfAddressIsShownAsItStands(t *testing.T) {
	t.Parallel()
	s := newWaitingSite(t)
	s.Join(t, "zoe@old.example")
	_, err := s.run(t, "change-address", "zoe@old.example", "zoe@new.example")
	journeytest.Must(t, err)
	wantStatus := func(words, status string) {
		t.Helper()
		s.want(t, `new address, not confirmed +zoe@new\.example +of member \w+, `+words+`\n(?s:.*)`, "show", "zoe@new.example")
		s.want(t, `(?s).*"status": "`+status+`",.*`, "show", "zoe@new.example", "--json")
	}
	wantStatus(`until 2026-11-29 12:00`, "open")
	link, err := s.Confirm.AddressLink(t.Context(), s.Letter(t, mail.NewAddress).Secrets[0])
	journeytest.Must(t, err)
	for range 5 {
		_, _, _, err := s.Confirm.ConfirmAddress(t.Context(), link, "AAAAAAAAA")
		journeytest.Must(t, err)
	}
	wantStatus(`too many codes were typed: ask again`, "spent")
	s.Pass(confirm.AddressTTL)
	wantStatus(`over since 2026-11-29 12:00`, "late")
}
