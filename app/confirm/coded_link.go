package confirm

import (
	"crypto/subtle"
	"errors"

	"joinery/app/member"
	"joinery/app/token"
)

// newCodedLink makes a link and a code for a letter to a member, and returns the secrets for
// the order of the letter. Purpose says what they do.
func newCodedLink(purpose string) (member.CodedLink, []string) {
	selector, verifier, code := token.Secret()[:selectorSize], token.Secret(), token.NewCode(token.MemberLength)
	l := member.CodedLink{Selector: selector, VerifierHash: token.Digest(verifier), CodeHash: codedDigest(purpose, selector, code)}
	return l, []string{selector + "-" + verifier, code}
}

// codedDigest returns what is stored of the code beside a link.
func codedDigest(purpose, selector, code string) string {
	return token.Digest(purpose + " " + selector + " " + code)
}

// findCoded calls find with each selector that the last part of a path may mean, see
// [token.FromLink], and reports whether the link that it returned has the verifier of the path.
func findCoded(path string, find func(selector string) (member.CodedLink, error)) (ok bool, err error) {
	for _, secret := range token.FromLink(path, linkSize) {
		l, err := find(secret[:selectorSize])
		if errors.Is(err, member.ErrNotFound) {
			continue
		}
		verifier := token.Digest(secret[selectorSize:])
		if err != nil || subtle.ConstantTimeCompare([]byte(verifier), []byte(l.VerifierHash)) == 1 {
			return err == nil, err
		}
	}
	return false, nil
}

// resultWithoutMemberCode returns the result for a text that means no code of a letter to a
// member.
func resultWithoutMemberCode(typed string) CodeResult {
	if token.IsCode(typed, token.ConfirmLength) {
		return CodeForConfirm
	}
	return resultWithoutCode(typed)
}
