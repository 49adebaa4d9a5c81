package address

import "strings"

// MailboxKey returns the mailbox to which mail for a canonical address most likely
// comes. Addresses that differ in case, in what follows a +, or at Google in
// dots, have one. It is for counting letters: they are sent to the address.
func MailboxKey(address string) string {
	at := strings.LastIndexByte(address, '@')
	if at < 0 {
		return strings.ToLower(address)
	}
	local, domain := strings.ToLower(address[:at]), strings.ToLower(address[at+1:])
	if plus := strings.IndexByte(local, '+'); plus > 0 {
		local = local[:plus]
	}
	if domain == "gmail.com" || domain == "googlemail.com" {
		local, domain = strings.ReplaceAll(local, ".", ""), "gmail.com"
	}
	return local + "@" + domain
}
