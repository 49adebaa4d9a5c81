package join

import (
	"context"
	"strings"

	"joinery/app/form"
)

// Advice is what somebody should know about an address that they typed. It never
// stops anybody.
type Advice struct {
	Suggestion    string // what they most likely meant, or ""
	Undeliverable bool   // no mail can be delivered to the domain
}

// Advice returns what there is to say about an address as it was typed, right or
// not. It waits for the DNS no longer than ctx; what it does not know by then it
// knows later. It does not ask about an address that is a slip, nor about domains
// in which many people have theirs.
func (s *Service) Advice(ctx context.Context, typed string) Advice {
	if meant := form.SuggestAddress(typed); meant != "" {
		return Advice{Suggestion: meant}
	}
	address, err := form.CanonicalAddress(typed)
	domain := address[strings.LastIndexByte(address, '@')+1:]
	return Advice{Undeliverable: err == nil && !form.IsCommonDomain(domain) && s.MX.Undeliverable(ctx, domain)}
}
