package address

import (
	_ "embed"
	"slices"
	"strings"

	"golang.org/x/net/publicsuffix"
)

//go:embed domains.txt
var domainsText string

// commonDomains and knownMistakes are the content of domains.txt, in its order.
var commonDomains, knownMistakes = parseDomains(domainsText)

// A commonDomain is a domain in which many people have their address.
type commonDomain struct {
	domain   string
	baseName string // domain without its last label: gov.bc for gov.bc.ca
	rank     int    // the lower, the more common
}

// parseDomains returns the domains in text, and the domains that are typed by mistake
// with the domain that is meant.
func parseDomains(text string) (list []commonDomain, mistaken map[string]string) {
	group := 0
	mistaken = make(map[string]string)
	for line := range strings.Lines(text) {
		words := strings.Fields(line)
		switch {
		case strings.HasPrefix(line, "#"):
			group++
		case len(words) == 1:
			list = append(list, commonDomain{words[0], words[0][:strings.LastIndexByte(words[0], '.')], group})
		case len(words) == 2:
			mistaken[words[0]] = words[1]
		}
	}
	return list, mistaken
}

// IsCommonDomain reports whether domain, which is canonical, is one in which many
// people have their address, so that it identifies none of them.
func IsCommonDomain(domain string) bool {
	return slices.ContainsFunc(commonDomains, func(d commonDomain) bool { return d.domain == domain })
}

// hasKnownTLD reports whether domain ends in a top-level domain that exists.
func hasKnownTLD(domain string) bool {
	suffix, listed := publicsuffix.PublicSuffix(domain)
	return strings.Contains(domain, ".") && (listed || strings.Contains(suffix, "."))
}
