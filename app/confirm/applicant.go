package confirm

import (
	"slices"

	"joinery/app/member"
)

// A mailbox is not a person: several members may share one. These functions say who sent
// an application whose mailbox is proven, each as a [member.Identify].

// byName takes the applicant for the one member with the same name. If the mailbox has
// members, and none or several of them have it, the applicant is unknown.
func (s *Service) byName(a member.Application, sharing []member.Member) member.Applicant {
	name := s.definitionOf(a.Form).Names(a.Answers)
	same := slices.DeleteFunc(slices.Clone(sharing), func(m member.Member) bool {
		return !sameName(name, s.namesOf(m))
	})
	if len(same) == 1 {
		return member.Applicant{Member: same[0].ID}
	}
	return firstOfMailbox(a, sharing)
}

// firstOfMailbox takes the applicant for a person who is no member yet if the mailbox has
// no member. If it has one, the applicant is unknown: so nothing of a member changes.
func firstOfMailbox(_ member.Application, sharing []member.Member) member.Applicant {
	return member.Applicant{Unknown: len(sharing) > 0}
}

// namesOf returns the names of a member, by the form that the member has answered.
func (s *Service) namesOf(m member.Member) []string { return s.definitionOf(m.Form).Names(m.Answers) }
