package confirm

import (
	"context"
	"errors"
	"slices"
	"time"

	"joinery/app/member"
	"joinery/app/token"
)

// A Question asks the reader of a mailbox that members share who sent an application.
// Only a browser that has the link or the code of a letter may be shown it: it tells who
// is a member.
type Question struct {
	Members []SharingMember
	Full    bool // no other person can become a member with the address
}

// A SharingMember is a member with the address of an application.
type SharingMember struct {
	Ref   string    // for Answer; it tells nothing
	Name  string    // the first name and an initial, or ""
	Since time.Time // zero, unless it takes a date to tell them from another
}

// SomeoneElse is the answer that the applicant is a person who is no member yet.
const SomeoneElse = "new"

// Question returns the question about an application.
func (s *Service) Question(ctx context.Context, a member.Application) (Question, error) {
	sharing, err := s.o.Members.Sharing(ctx, a.Email)
	q := Question{Full: len(sharing) >= member.MaxSharing}
	count := make(map[string]int)
	for _, m := range sharing {
		count[shortName(s.namesOf(m))]++
	}
	for _, m := range sharing {
		shown := SharingMember{Ref: token.ShortID(m.ID), Name: shortName(s.namesOf(m))}
		if shown.Name == "" || count[shown.Name] > 1 {
			shown.Since = m.Confirmed
		}
		q.Members = append(q.Members, shown)
	}
	return q, err
}

// QuestionForLink returns the question about the application of a link that asks it.
func (s *Service) QuestionForLink(ctx context.Context, l Link) (Question, error) {
	return s.Question(ctx, l.found.Application)
}

// EndsForLink returns when the application of a link ends if it is not confirmed.
func (s *Service) EndsForLink(l Link) time.Time { return s.EndsAt(l.found.Application) }

// Has reports whether q can be answered with an answer.
func (q Question) Has(answer string) bool {
	return answer == SomeoneElse && !q.Full || slices.ContainsFunc(q.Members, func(m SharingMember) bool { return m.Ref == answer })
}

// Asked reports whether the browser with a session is to be shown the question about an
// application: its reader has proven the mailbox there.
func (s *Service) Asked(ctx context.Context, a member.Application, session string) (bool, error) {
	proven, err := s.Proven(ctx, a, session)
	return proven && a.State == member.Waiting && a.Held == member.ForApplicant, err
}

// Proven reports whether the mailbox of an application was proven in the browser with a
// session, by the link or the code of a letter. Only there may a page tell what the
// mailbox had to do with members.
func (s *Service) Proven(ctx context.Context, a member.Application, session string) (bool, error) {
	return s.o.Members.Proven(ctx, a.ID, token.Digest(session))
}

// UpdatedMember reports whether the answers of an application have replaced those of a
// member, who has them still.
func (s *Service) UpdatedMember(ctx context.Context, a member.Application) (bool, error) {
	m, err := s.o.Members.ByApplication(ctx, a.ID)
	if errors.Is(err, member.ErrNotFound) {
		return false, nil
	}
	return err == nil && m.ID != a.ID, err // a new member has the ID of the application
}

// An AnswerResult says what became of an answer to a question.
type AnswerResult string

// The results.
const (
	AnswerCounts  AnswerResult = "counts"  // it holds, now or since before
	AnswerRefused AnswerResult = "refused" // the question stands, perhaps with other members
	AnswerTooLate AnswerResult = "late"    // another answer holds, the application has ended, or nothing was asked
)

// Answer answers the question about an application: with the Ref of a member, whose
// answers and consents it replaces, or with SomeoneElse. It is for a browser that has
// proven the mailbox, with its session, see [Service.Proven] and [Link.Of]. Of any number
// of answers, at the same time or one after the other, one counts.
func (s *Service) Answer(ctx context.Context, a member.Application, session, answer string) (AnswerResult, error) {
	if s.overdue(a) || a.State == member.Waiting && a.Held == member.NotHeld {
		return AnswerTooLate, nil
	}
	did, err := s.confirm(ctx, a, session, func(_ member.Application, sharing []member.Member) member.Applicant {
		return applicantIn(sharing, answer)
	})
	switch {
	case err != nil:
		return "", err
	case did == member.Held:
		return AnswerRefused, nil
	}
	m, err := s.o.Members.ByApplication(ctx, a.ID)
	if err != nil && !errors.Is(err, member.ErrNotFound) {
		return "", err
	}
	if err == nil && (answer == token.ShortID(m.ID) || answer == SomeoneElse && m.ID == a.ID) {
		return AnswerCounts, nil
	}
	return AnswerTooLate, nil
}

// applicantIn returns the applicant that an answer means.
func applicantIn(sharing []member.Member, answer string) member.Applicant {
	for _, m := range sharing {
		if token.ShortID(m.ID) == answer {
			return member.Applicant{Member: m.ID}
		}
	}
	return member.Applicant{Unknown: answer != SomeoneElse}
}

// AnswerForLink does what Answer does in a browser of which nothing is known but that it
// has the link: only with the code of the letter, which a program that follows links and
// presses buttons does not type. The answer is judged if the code is CodeConfirmed.
func (s *Service) AnswerForLink(ctx context.Context, l Link, typed, answer string) (code CodeResult, left int, result AnswerResult, err error) {
	code, left, err = s.checkCode(ctx, l.found.Application, typed)
	if err != nil || code != codeRight && code != CodeConfirmed {
		return code, left, "", err
	}
	result, err = s.Answer(ctx, l.found.Application, "", answer)
	return CodeConfirmed, 0, result, err
}
