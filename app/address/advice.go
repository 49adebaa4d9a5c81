package address

import "context"

// Advice is what somebody should know about an address that they typed. It never
// stops anybody.
type Advice struct {
	Suggestion    string // what they most likely suggestion, or ""
	Undeliverable bool   // no mail can be delivered to the domain
}

// Advise returns what there is to say about an address as it was typed, right or
// not. It waits for the DNS no longer than ctx; what it does not know by then it
// knows later. It does not ask about an address that is a slip, nor about domains
// in which many people have theirs.
func Advise(ctx context.Context, mx *MXChecker, typed string) Advice {
	if suggestion := Suggest(typed); suggestion != "" {
		return Advice{Suggestion: suggestion}
	}
	canonical, err := Canonical(typed)
	domain := Domain(canonical)
	return Advice{Undeliverable: err == nil && !IsCommonDomain(domain) && mx.Undeliverable(ctx, domain)}
}
