package confirm

import (
	"context"
	"errors"
	"slices"
	"time"

	"joinery/app/form"
	"joinery/app/member"
)

// A Receipt is what an applicant submitted, and how it stands.
type Receipt struct {
	member.Application                  // with the answers and consents, also if it is confirmed
	Definition         *form.Definition // that was answered
	Confirmed          time.Time        // zero: it waits
	Ends               time.Time        // from then on there is no receipt
}

// Receipt returns the receipt of an application, or ErrNoReceipt. There is one
// while the application waits. Once it is confirmed there is one for as long as it
// could have waited, but not when later answers have taken the place of these, or
// the member has left. It is not there for good, because people share browsers.
//
// A receipt does not tell since when its owner is a member: a person who applied
// in the name of another must not learn that.
func (s *Service) Receipt(ctx context.Context, a member.Application) (Receipt, error) {
	r := Receipt{Application: a, Definition: s.definitionOf(a.Form), Ends: s.EndsAt(a)}
	switch {
	case s.overdue(a), a.State != member.Waiting && a.State != member.Confirmed:
		return Receipt{}, ErrNoReceipt
	case a.State == member.Confirmed:
		m, err := s.o.Members.ByApplication(ctx, a.ID)
		if errors.Is(err, member.ErrNotFound) {
			return Receipt{}, ErrNoReceipt
		}
		if err != nil {
			return Receipt{}, err
		}
		r.Answers, r.Consents, r.Confirmed = m.Answers, consentsTo(r.Definition, m.Consents), m.Updated
	}
	return r, nil
}

// consentsTo returns those of the consents of a member that d asks for. The others
// came with an earlier application, which this receipt must not tell of.
func consentsTo(d *form.Definition, all []member.Consent) []member.Consent {
	return slices.DeleteFunc(all, func(k member.Consent) bool {
		return !slices.ContainsFunc(d.Consents, func(asked form.Consent) bool { return asked.Key == k.Key })
	})
}

// definitionOf returns the form of a version or, where that is not known any more,
// the present one.
func (s *Service) definitionOf(version string) *form.Definition {
	if former, ok := s.o.Former[version]; ok {
		return former
	}
	return s.o.Form
}
