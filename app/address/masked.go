package address

import "strings"

// Masked returns an address that its owner recognizes, and of which other readers learn
// the domain and at most half of what stands before it. For "" it returns "".
func Masked(email string) string {
	local, domain, ok := strings.Cut(email, "@")
	if !ok {
		return ""
	}
	letters := []rune(local)
	shown := min(len(letters)/4, 2) // at either end
	first, last := letters[:max(shown, min(1, len(letters)/2))], letters[len(letters)-shown:]
	return string(first) + "•••" + string(last) + "@" + domain
}
