package form

import (
	"joinery/app/address"
	"joinery/app/i18n"
)

// EmailProblem returns the error message about a typed email address, and whether
// there is one. It names the first sign that no address has there.
func EmailProblem(typed string) (problem i18n.Message, wrong bool) {
	fault := address.FindFault(typed)
	switch fault.Kind {
	case address.NoFault:
		return i18n.Message{}, false
	case address.Invisible:
		problem = i18n.Message{Key: "problem.email_invisible"}
	case address.NoAt:
		problem = i18n.Message{Key: "problem.email_no_at"}
	case address.SeveralAts:
		problem = i18n.Message{Key: "problem.email_several_at"}
	case address.Blank:
		problem = i18n.Message{Key: "problem.email_blank"}
	case address.WrongAt:
		problem = i18n.Message{Key: "problem.email_wrong_at", Args: []any{fault.Sign}}
	case address.SignBefore:
		problem = i18n.Message{Key: "problem.email_before", Args: []any{fault.Sign}}
	case address.LetterBefore:
		problem = i18n.Message{Key: "problem.email_letter", Args: []any{fault.Sign}}
	case address.SignAfter:
		problem = i18n.Message{Key: "problem.email_after", Args: []any{fault.Sign}}
	case address.StrayDot:
		problem = i18n.Message{Key: "problem.email_dot"}
	case address.OtherFault:
		problem = i18n.Message{Key: "problem.email"}
	}
	return problem, true
}
