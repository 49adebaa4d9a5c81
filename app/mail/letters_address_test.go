package mail

import (
	"errors"
	"testing"
	"time"

	"joinery/app/i18n"
)

var asking = AddressAsking{Link: "https://join.example.org/fr/address/SECRET6?a=1&b=2", Code: "K7RMPXAC3", Ends: written.Add(168 * time.Hour)}

// addressLetters returns the letters about another address of a member, and what they say.
func addressLetters(t *testing.T, lang i18n.Lang) []spoken {
	t.Helper()
	letters, o, org := newLetters(t), Order{To: "a@example.org", Lang: lang}, association.Name.In(lang)
	change := AddressChange{To: "n•••w@example.org", At: written, Name: "Zoé"}
	ask, err1 := letters.NewAddress(o, asking)
	changed, err2 := letters.AddressChanged(o, change)
	again, err3 := letters.AddressChanged(o, AddressChange{At: written})
	if err := errors.Join(err1, err2, err3); err != nil {
		t.Fatal(err)
	}
	say := func(key string, args ...any) string { return i18n.T(lang, key, args...) }
	return []spoken{
		{"new address", ask, say("mail.new_address.subject", org), []string{
			say("mail.new_address.heading"), say("mail.new_address.text"), say("mail.new_address.button"), asking.Link,
			say("mail.updated.code"), asking.Code, say("mail.updated.keep"),
			say("mail.new_address.until", i18n.Until(lang, asking.Ends.In(association.Zone), written)), say("mail.new_address.not_you"),
		}, "mail.footer.member"},
		{"address changed", changed, say("mail.address_changed.subject", org), []string{
			say("mail.greeting", "Zoé"), say("mail.address_changed.heading"),
			say("mail.address_changed.text", i18n.Time(lang, written.In(association.Zone)), change.To),
			say("mail.address_changed.still"), say("mail.address_changed.not_you", association.Contact),
		}, "mail.footer.member"},
		{"address changed once more since", again, say("mail.address_changed.subject", org), []string{
			say("mail.address_changed.heading"), say("mail.address_changed.no_longer", i18n.Time(lang, written.In(association.Zone))),
			say("mail.address_changed.still"), say("mail.address_changed.not_you", association.Contact),
		}, "mail.footer.member"},
	}
}
