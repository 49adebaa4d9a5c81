package address

import "testing"

func TestEveryListedDomainIsCanonicalAndCommon(t *testing.T) {
	seen := make(map[string]bool)
	for _, d := range commonDomains {
		if address, err := Canonical("zoe@" + d.domain); address != "zoe@"+d.domain {
			t.Errorf("%q is not canonical (%v)", d.domain, err)
		}
		if seen[d.domain] {
			t.Errorf("%s is listed twice", d.domain)
		}
		seen[d.domain] = true
		if !IsCommonDomain(d.domain) {
			t.Errorf("%s is on the list, but not common", d.domain)
		}
		if !hasKnownTLD(d.domain) {
			t.Errorf("%s has no known top-level domain", d.domain)
		}
		if got := Suggest("zoe@" + d.domain); got != "" {
			t.Errorf("Suggest takes zoe@%s for %s", d.domain, got)
		}
	}
	for domain, meant := range knownMistakes {
		if IsCommonDomain(domain) || !IsCommonDomain(meant) {
			t.Errorf("%s stands for %s, want a domain that is not common for one that is", domain, meant)
		}
	}
	if IsCommonDomain("") || IsCommonDomain("example.ca") || IsCommonDomain("gmail") {
		t.Error("a domain that is not listed is common")
	}
}

func TestHasKnownTLD(t *testing.T) {
	tests := []struct {
		name, domain string
		want         bool
	}{
		{"common ending", "clinic.ca", true},
		{"ending of two parts", "clinic.co.uk", true},
		{"ending that registers names for others", "clinic.co.ck", true},
		{"domain that registers names for others", "github.io", true},
		{"international ending", "клиника.xn--p1ai", true},
		{"mistyped ending", "clinic.con", false},
		{"ending alone", "email", false},
		{"nothing", "", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := hasKnownTLD(tt.domain); got != tt.want {
				t.Errorf("hasKnownTLD(%q) = %v, want %v", tt.domain, got, tt.want)
			}
		})
	}
}
