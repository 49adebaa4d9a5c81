package assets

import (
	"strconv"
	"strings"
)

// qualities are the weights of the content codings in a header Accept-Encoding
// (RFC 9110, 12.5.3): 0 means that a coding is not acceptable.
type qualities map[string]float64

func parseAcceptEncoding(header string) qualities {
	q := make(qualities)
	for item := range strings.SplitSeq(header, ",") {
		coding, weight, weighted := strings.Cut(item, ";")
		if coding = strings.ToLower(strings.TrimSpace(coding)); coding == "" {
			continue
		}
		q[coding] = 1
		if weighted {
			q[coding] = parseWeight(weight)
		}
	}
	return q
}

// parseWeight returns the number in "q=0.5". A malformed weight is 0: no browser
// is sent a coding that it may not understand.
func parseWeight(weight string) float64 {
	name, value, _ := strings.Cut(weight, "=")
	q, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	if strings.EqualFold(strings.TrimSpace(name), "q") && err == nil && q >= 0 && q <= 1 {
		return q
	}
	return 0
}

// of returns the weight of a coding: its own, else that of "*", else 0.
func (q qualities) of(coding string) float64 {
	if weight, ok := q[coding]; ok {
		return weight
	}
	return q["*"]
}
