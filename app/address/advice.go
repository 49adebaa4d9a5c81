package address

import "context"

// Advice is what the applicant should know about a typed address. It never stops
// the applicant.
type Advice struct {
	Suggestion    string // the address that was most likely meant, or ""
	Undeliverable bool   // whether no mail can be delivered to the domain
}

// Advise returns the advice about an address as it was typed, valid or not. It has
// either a suggestion or an answer of mx, never both: mx is not asked about an
// address that gets a suggestion, or about a common domain. Advise waits for the
// DNS no longer than ctx; an answer that comes later serves a later call.
func Advise(ctx context.Context, mx *MXChecker, typed string) Advice {
	if suggestion := Suggest(typed); suggestion != "" {
		return Advice{Suggestion: suggestion}
	}
	canonical, err := Canonical(typed)
	domain := Domain(canonical)
	return Advice{Undeliverable: err == nil && !IsCommonDomain(domain) && mx.Undeliverable(ctx, domain)}
}
