package i18n

import (
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"pgregory.net/rapid"
)

// zones turn their clocks at night, at midnight, by half an hour, or not at all.
var zones = []string{
	"America/Toronto", "America/St_Johns", "America/Regina", "America/Vancouver", "America/Havana", "America/Santiago",
	"America/Sao_Paulo", "Africa/Cairo", "Asia/Beirut", "Asia/Gaza", "Atlantic/Azores", "Australia/Lord_Howe", "Pacific/Apia", "UTC",
}

// drawMoment takes a random moment in a random zone, often near a change of its clocks.
func drawMoment(t *rapid.T) time.Time {
	zone, err := time.LoadLocation(rapid.SampledFrom(zones).Draw(t, "zone"))
	if err != nil {
		t.Fatal(err)
	}
	at := time.Unix(rapid.Int64Range(946_684_800, 2_208_988_800).Draw(t, "moment"), 0).In(zone)
	if _, turned := at.ZoneBounds(); rapid.Bool().Draw(t, "near a change") && !turned.IsZero() {
		at = turned.Add(time.Duration(rapid.Int64Range(-96, 96).Draw(t, "quarters")) * 15 * time.Minute).In(zone)
	}
	return at
}

// endOfNamed returns the first moment at which what was told is over: the day or the
// minute, looked for among those before end.
func endOfNamed(t *rapid.T, told string, end, now time.Time) time.Time {
	minute := end.Truncate(time.Minute)
	if strings.HasPrefix(told, day(English, minute, now)+" at "+Clock(English, minute)) {
		return minute
	}
	for at := minute.Add(72 * time.Hour); at.After(minute.Add(-72 * time.Hour)); at = at.Add(-15 * time.Minute) {
		if told == day(English, at, now) {
			return at.Truncate(15 * time.Minute).Add(15 * time.Minute)
		}
	}
	t.Fatalf("%q is no time near %v", told, end)
	return end
}

// TestWhatIsToldIsNeverLaterThanWhatHolds takes random ends of drafts, applications and
// links.
func TestWhatIsToldIsNeverLaterThanWhatHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		end := drawMoment(t)
		lasts := time.Duration(rapid.Int64Range(1, 40*24*60).Draw(t, "minutes")) * time.Minute
		now := end.Add(-lasts)
		told := Until(English, end, now)
		if over := endOfNamed(t, told, end, now); over.After(end) || over.Before(end.Add(-26*time.Hour)) {
			t.Errorf("what ends at %v is said to be kept until %q, which is over at %v", end, told, over)
		}
	})
}

func TestUntil(t *testing.T) {
	for _, tt := range []struct {
		name, english, french string
		end                   time.Time
		lasts                 time.Duration
	}{
		{"the day before it ends", "Nov\u00a021", "21\u00a0nov.", afternoon, 30 * 24 * time.Hour},
		{"that day is tomorrow", "Nov\u00a021", "21\u00a0nov.", afternoon, 40 * time.Hour},
		{"that day is today", "Nov\u00a022 at 3:04\u00a0p.m. Eastern time", "22\u00a0nov. à 15\u00a0h\u00a004, heure de l’Est", afternoon, 39 * time.Hour},
		{"within the hour", "Nov\u00a022 at 3:04\u00a0p.m. Eastern time", "22\u00a0nov. à 15\u00a0h\u00a004, heure de l’Est", afternoon, time.Hour},
		{"the year after this one", "Jan\u00a021, 2027", "21\u00a0janv. 2027", afternoon.AddDate(0, 2, 0), 61 * 24 * time.Hour},
		{"the last day of this year", "Dec\u00a031", "31\u00a0déc.", afternoon.AddDate(0, 1, 10), 30 * 24 * time.Hour},
	} {
		for l, want := range map[Lang]string{English: tt.english, French: tt.french} {
			if got := Until(l, tt.end, tt.end.Add(-tt.lasts)); got != want {
				t.Errorf("%s: %q, want %q", tt.name, got, want)
			}
		}
	}
}
