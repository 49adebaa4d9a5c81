package member

// A CodedLink is what a letter to a member carries: a link, and the code that its page
// takes.
type CodedLink struct {
	Selector     string // finds what the link is about
	VerifierHash string // the digest of the secret in the link
	CodeHash     string // the digest of the code
}
