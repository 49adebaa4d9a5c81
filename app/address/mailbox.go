package address

import "strings"

// MailboxKey returns a key for the mailbox in which mail for a canonical address most
// likely arrives. Addresses that differ only in case, in what follows a +, or, at
// Google, in dots have the same key. The key serves to count mail; mail is sent to
// the address itself.
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
