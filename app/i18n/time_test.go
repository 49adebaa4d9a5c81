package i18n

import (
	"strings"
	"testing"
	"time"
)

var (
	eastern   = time.FixedZone("EST", -5*60*60)
	afternoon = time.Date(2026, time.November, 22, 15, 4, 5, 0, eastern)
)

func TestTime(t *testing.T) {
	tests := []struct {
		name            string
		at              time.Time
		english, french string
	}{
		{"afternoon", afternoon,
			"Sunday, November 22, 2026 at 3:04 p.m. EST", "dimanche 22 novembre 2026 à 15\u00a0h\u00a004 HNE"},
		{"first of the month, midnight", time.Date(2026, time.January, 1, 0, 0, 59, 0, eastern),
			"Thursday, January 1, 2026 at 12:00 a.m. EST", "jeudi 1er janvier 2026 à 0\u00a0h\u00a000 HNE"},
		{"noon", time.Date(2026, time.August, 11, 12, 0, 0, 0, time.FixedZone("PDT", -7*60*60)),
			"Tuesday, August 11, 2026 at 12:00 p.m. PDT", "mardi 11 août 2026 à 12\u00a0h\u00a000 HAP"},
		{"a minute before noon", time.Date(2026, time.February, 28, 11, 59, 0, 0, time.FixedZone("NST", -210*60)),
			"Saturday, February 28, 2026 at 11:59 a.m. NST", "samedi 28 février 2026 à 11\u00a0h\u00a059 HNT"},
		{"a zone without a French name", time.Date(2026, time.December, 31, 23, 59, 0, 0, time.UTC),
			"Thursday, December 31, 2026 at 11:59 p.m. UTC", "jeudi 31 décembre 2026 à 23\u00a0h\u00a059 UTC"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for l, want := range map[Lang]string{English: tt.english, French: tt.french} {
				if got := Time(l, tt.at); got != want {
					t.Errorf("Time(%s) = %q, want %q", l, got, want)
				}
				if got := Date(l, tt.at); !strings.HasPrefix(want, got+" ") {
					t.Errorf("Date(%s) = %q, want the beginning of %q", l, got, want)
				}
			}
		})
	}
}

func TestWhen(t *testing.T) {
	tests := []struct {
		name            string
		now             time.Time
		english, french string
	}{
		{"at the same moment", afternoon, "at 3:04 p.m. EST", "à 15\u00a0h\u00a004 HNE"},
		{"early on the same day", afternoon.Add(-15 * time.Hour), "at 3:04 p.m. EST", "à 15\u00a0h\u00a004 HNE"},
		{"on the same day in the location of t, though not in that of now", afternoon.Add(8 * time.Hour).UTC(), "at 3:04 p.m. EST", "à 15\u00a0h\u00a004 HNE"},
		{"the evening before", afternoon.Add(-16 * time.Hour),
			"on Sunday, November 22, 2026 at 3:04 p.m. EST", "le dimanche 22 novembre 2026 à 15\u00a0h\u00a004 HNE"},
		{"on the same date a year before", afternoon.AddDate(-1, 0, 0),
			"on Sunday, November 22, 2026 at 3:04 p.m. EST", "le dimanche 22 novembre 2026 à 15\u00a0h\u00a004 HNE"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for l, want := range map[Lang]string{English: tt.english, French: tt.french} {
				if got := When(l, afternoon, tt.now); got != want {
					t.Errorf("When(%s) = %q, want %q", l, got, want)
				}
			}
		})
	}
}

func TestDateNamesEveryDayAndMonth(t *testing.T) {
	for i := range 7 {
		day := time.Date(2026, time.November, 22+i, 0, 0, 0, 0, time.UTC)
		if got, want := Date(English, day), day.Format("Monday, January 2, 2006"); got != want {
			t.Errorf("Date = %q, want %q", got, want)
		}
		if got, want := Date(French, day), strings.Fields("dimanche lundi mardi mercredi jeudi vendredi samedi")[i]; !strings.HasPrefix(got, want) {
			t.Errorf("Date = %q, want a %s", got, want)
		}
	}
	french := strings.Fields("janvier février mars avril mai juin juillet août septembre octobre novembre décembre")
	for i := range 12 {
		month := time.Date(2026, time.January+time.Month(i), 2, 0, 0, 0, 0, time.UTC)
		if got, want := Date(English, month), month.Format("Monday, January 2, 2006"); got != want {
			t.Errorf("Date = %q, want %q", got, want)
		}
		if got, want := Date(French, month), " 2 "+french[i]+" 2026"; !strings.HasSuffix(got, want) {
			t.Errorf("Date = %q, want one in %s", got, french[i])
		}
	}
}
