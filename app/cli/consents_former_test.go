package cli

import (
	"testing"

	"joinery/app/form"
)

// TestAConsentThatTheFormHasNoMoreIsRequiredIfItEverWas so that it is not withdrawn.
func TestAConsentThatTheFormHasNoMoreIsRequiredIfItEverWas(t *testing.T) {
	t.Parallel()
	with := func(consents ...form.Consent) *form.Definition { return &form.Definition{Consents: consents} }
	former := map[string]*form.Definition{
		"1": with(form.Consent{Key: "party"}, form.Consent{Key: "keep", Required: true}),
		"2": with(form.Consent{Key: "keep"}),
		"3": with(),
	}
	for range 20 { // maps have no order
		if k, known := formerConsent(former, "keep"); !known || !k.Required {
			t.Fatalf("keep is %+v, %t", k, known)
		}
	}
	if k, known := formerConsent(former, "party"); !known || k.Required {
		t.Errorf("party is %+v, %t", k, known)
	}
	if k, known := formerConsent(former, "unheard"); known {
		t.Errorf("what no form had is %+v", k)
	}
}
