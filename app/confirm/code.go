package confirm

import (
	"context"
	"slices"

	"joinery/app/member"
	"joinery/app/token"
)

// A CodeResult says what became of a code that was typed.
type CodeResult string

// The results.
const (
	CodeConfirmed  CodeResult = "confirmed"  // the applicant is a member
	CodeHeld       CodeResult = "held"       // the mailbox is proven, and its reader is asked who applied
	CodeWithdrawn  CodeResult = "withdrawn"  // the application was ended
	CodeNotWaiting CodeResult = "gone"       // the application does not wait any more
	CodeLate       CodeResult = "late"       // the code is right, and its time is over
	CodeSuperseded CodeResult = "superseded" // the code stood in an earlier letter
	CodeMistyped   CodeResult = "mistyped"   // the code stands in no letter
	CodeSpent      CodeResult = "spent"      // too many codes were typed
	CodeMalformed  CodeResult = "malformed"  // no code can be meant; it costs no attempt
	CodeForHandoff CodeResult = "handoff"    // only a code of another device can be meant; it costs no attempt
	CodeForMember  CodeResult = "member"     // only a code of a letter to a member can be meant, such as one that puts former answers back; it costs no attempt
	CodeForConfirm CodeResult = "letter"     // only a code that confirms an address can be meant; it costs no attempt

	codeRight CodeResult = "right"
)

// maxAttempts is the number of attempts for each letter. The code stands in it beside
// the link, and there are 24^6 codes. A text that may mean a few of them is one attempt.
const maxAttempts = 5

// codeDigest returns what is stored of the code of an application.
func codeDigest(application, code string) string {
	return token.Digest("confirm " + application + " " + code)
}

// VerifyCode confirms a waiting application if typed is or contains the code of its
// newest letter, see [token.Codes]. Left is how many attempts remain after a code that
// was CodeMistyped. Session is that of the browser.
func (s *Service) VerifyCode(ctx context.Context, a member.Application, session, typed string) (result CodeResult, left int, err error) {
	result, left, err = s.checkCode(ctx, a, typed)
	if err == nil && result == codeRight {
		result, err = s.confirmByCode(ctx, a, session)
	}
	return result, left, err
}

// confirmByCode does what a right code does.
func (s *Service) confirmByCode(ctx context.Context, a member.Application, session string) (CodeResult, error) {
	did, err := s.confirm(ctx, a, session, s.byName)
	if did == member.Held {
		return CodeHeld, err
	}
	return CodeConfirmed, err
}

// VerifyCodeForLink does on the page of a link what VerifyCode does in the browser
// that applied. With ConfirmDecline it ends the application instead, also by a
// code that is late or superseded.
func (s *Service) VerifyCodeForLink(ctx context.Context, l Link, typed string, c member.Choice) (result CodeResult, left int, err error) {
	result, left, err = s.checkCode(ctx, l.found.Application, typed)
	proven := result == codeRight || result == CodeLate || result == CodeSuperseded
	switch {
	case err != nil || !proven:
		return result, left, err
	case c == member.ConfirmDecline:
		return CodeWithdrawn, 0, s.o.Members.Withdraw(ctx, l.found.ID, s.o.Now())
	case result == codeRight:
		result, err = s.confirmByCode(ctx, l.found.Application, "")
	}
	return result, 0, err
}

// checkCode says whether a typed code is right. The attempt is counted before the
// code is judged, so attempts at the same time are all counted.
func (s *Service) checkCode(ctx context.Context, a member.Application, typed string) (result CodeResult, left int, err error) {
	switch {
	case a.State == member.Confirmed:
		return CodeConfirmed, 0, nil
	case a.State != member.Waiting, s.overdue(a):
		return CodeNotWaiting, 0, nil
	case token.IsCode(typed, token.MemberLength): // which begins as a shorter code may
		return CodeForMember, 0, nil
	}
	codes := token.Codes(typed, token.ConfirmLength)
	if len(codes) == 0 {
		return resultWithoutCode(typed), 0, nil
	}
	links, err := s.o.Members.CountAttempt(ctx, a.ID, maxAttempts)
	if err != nil || len(links) == 0 { // submitted under an earlier version, beyond its budget
		return CodeMistyped, maxAttempts, err
	}
	newest, found := links[0], linkOf(links, a.ID, codes)
	switch {
	case newest.Attempts > maxAttempts:
		return CodeSpent, 0, nil
	case found > 0:
		return CodeSuperseded, 0, nil
	case found == 0 && !s.o.Now().Before(newest.ExpiresAt):
		return CodeLate, 0, nil
	case found == 0:
		return codeRight, 0, nil
	case newest.Attempts == maxAttempts:
		return CodeSpent, 0, nil
	}
	return CodeMistyped, maxAttempts - newest.Attempts, nil
}

// resultWithoutCode returns the result for a text that means no code of a letter. Its
// form alone decides, so the result tells nothing of which codes there are.
func resultWithoutCode(typed string) CodeResult {
	if len(token.Codes(typed, token.HandoffLength)) > 0 {
		return CodeForHandoff
	}
	return CodeMalformed
}

// linkOf returns the index of the newest link beside which one of the codes stands in a
// letter, or -1.
func linkOf(links []member.Link, application string, codes []string) int {
	digests := make([]string, len(codes))
	for i, code := range codes {
		digests[i] = codeDigest(application, code)
	}
	return slices.IndexFunc(links, func(l member.Link) bool { return l.Letter != "" && slices.Contains(digests, l.CodeHash) })
}
