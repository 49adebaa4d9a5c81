package web

import (
	"regexp"
	"testing"
	"time"

	"joinery/app/i18n"
)

// minute finds the minute of a time of day.
var minute = regexp.MustCompile(`\d{1,2}(?::|\x{a0}h\x{a0})(\d\d)`)

// TestTimesAreToldInTheZoneOfTheOrganization has one whose minutes differ from those of the
// server too.
func TestTimesAreToldInTheZoneOfTheOrganization(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{zone: time.FixedZone("CHADT", 13*60*60+45*60)})
		v := s.visitor(t)
		v.apply(l, answerFirst) // at 15:04 in UTC
		v.open(localPath(l, ""))
		v.wantMinute("49", "50")
		v.send(l, answerFirst)
		v.open(localPath(l, receiptPath))
		v.wantMinute("49", "50")
		v.open(s.link(t, 1))
		v.open(localPath(l, receiptPath))
		v.wantMinute("49", "50")
	}
}

// wantMinute wants a page with a time of day, and each at one of these minutes.
func (v *visitor) wantMinute(first, next string) {
	v.t.Helper()
	times := minute.FindAllStringSubmatch(v.page.text(), -1)
	for _, m := range times {
		if m[1] != first && m[1] != next {
			v.t.Errorf("at %s the time %q has another minute", v.page.url.Path, m[0])
		}
	}
	if len(times) == 0 {
		v.t.Errorf("at %s there is no time: %s", v.page.url.Path, v.page.text())
	}
}
