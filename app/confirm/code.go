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
	CodeWithdrawn  CodeResult = "withdrawn"  // the application was ended
	CodeNotWaiting CodeResult = "gone"       // the application does not wait any more
	CodeLate       CodeResult = "late"       // the code is right, and its time is over
	CodeSuperseded CodeResult = "superseded" // the code stood in an earlier letter
	CodeMistyped   CodeResult = "mistyped"   // the code stands in no letter
	CodeSpent      CodeResult = "spent"      // too many codes were typed

	codeRight CodeResult = "right"
)

// The code stands in the letter beside the link. There are 24^6 codes, and few
// attempts for each letter.
const (
	codeLength  = 6
	maxAttempts = 5
)

// codeDigest returns what is stored of the code of an application.
func codeDigest(application, code string) string {
	return token.Digest("confirm " + application + " " + code)
}

// VerifyCode confirms a waiting application if typed is the code of its newest
// letter, whatever its case and the blanks in it. Left is how many attempts
// remain after a code that was CodeMistyped.
func (s *Service) VerifyCode(ctx context.Context, a member.Application, typed string) (result CodeResult, left int, err error) {
	result, left, err = s.checkCode(ctx, a, typed)
	if err == nil && result == codeRight {
		return CodeConfirmed, 0, s.confirm(ctx, a)
	}
	return result, left, err
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
		return CodeConfirmed, 0, s.confirm(ctx, l.found.Application)
	}
	return result, 0, nil
}

// checkCode says whether a typed code is right. The attempt is counted before the
// code is judged, so attempts at the same time are all counted.
func (s *Service) checkCode(ctx context.Context, a member.Application, typed string) (result CodeResult, left int, err error) {
	switch {
	case a.State == member.Confirmed:
		return CodeConfirmed, 0, nil
	case a.State != member.Waiting, s.overdue(a):
		return CodeNotWaiting, 0, nil
	}
	links, err := s.o.Members.CountAttempt(ctx, a.ID, maxAttempts)
	if err != nil || len(links) == 0 { // submitted under an earlier version, beyond its budget
		return CodeMistyped, maxAttempts, err
	}
	newest, digest := links[0], codeDigest(a.ID, token.NormalizeCode(typed))
	found := slices.IndexFunc(links, func(l member.Link) bool { return l.Letter != "" && l.CodeHash == digest })
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
