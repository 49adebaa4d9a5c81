package i18n

import (
	"regexp"
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
		{"afternoon", afternoon, "Nov\u00a022, 2026 at 3:04\u00a0p.m. Eastern time", "22\u00a0nov. 2026 à 15\u00a0h\u00a004, heure de l’Est"},
		{"first of the month, midnight", time.Date(2026, time.January, 1, 0, 0, 59, 0, eastern),
			"Jan\u00a01, 2026 at 12:00\u00a0a.m. Eastern time", "1er\u00a0janv. 2026 à 0\u00a0h, heure de l’Est"},
		{"noon, in summer", time.Date(2026, time.August, 11, 12, 0, 0, 0, time.FixedZone("PDT", -7*60*60)),
			"Aug\u00a011, 2026 at 12:00\u00a0p.m. Pacific time", "11\u00a0août 2026 à 12\u00a0h, heure du Pacifique"},
		{"a minute before noon", time.Date(2026, time.February, 28, 11, 59, 0, 0, time.FixedZone("NST", -210*60)),
			"Feb\u00a028, 2026 at 11:59\u00a0a.m. Newfoundland time", "28\u00a0févr. 2026 à 11\u00a0h\u00a059, heure de Terre-Neuve"},
		{"a zone abroad with the abbreviation of a Canadian one", time.Date(2026, time.December, 31, 23, 59, 0, 0, time.FixedZone("CST", 8*60*60)),
			"Dec\u00a031, 2026 at 11:59\u00a0p.m. CST", "31\u00a0déc. 2026 à 23\u00a0h\u00a059, CST"},
		{"a zone without a name", time.Date(2026, time.December, 31, 23, 59, 0, 0, time.FixedZone("CET", 60*60)),
			"Dec\u00a031, 2026 at 11:59\u00a0p.m. CET", "31\u00a0déc. 2026 à 23\u00a0h\u00a059, CET"},
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
				if got := Clock(l, tt.at); !strings.Contains(want, " "+got) {
					t.Errorf("Clock(%s) = %q, want a part of %q", l, got, want)
				}
			}
		})
	}
}

// TestEveryZoneOfCanadaHasAName in both seasons.
func TestEveryZoneOfCanadaHasAName(t *testing.T) {
	for place, want := range map[string]string{
		"America/St_Johns": "Newfoundland time", "America/Halifax": "Atlantic time", "America/Toronto": "Eastern time", "America/Iqaluit": "Eastern time",
		"America/Winnipeg": "Central time", "America/Regina": "Central time", "America/Edmonton": "Mountain time", "America/Whitehorse": "Mountain time", "America/Vancouver": "Pacific time",
	} {
		zone, err := time.LoadLocation(place)
		if err != nil {
			t.Fatal(err)
		}
		for _, month := range []time.Month{time.January, time.July} {
			if got := zoneName(English, time.Date(2026, month, 1, 12, 0, 0, 0, zone)); got != want {
				t.Errorf("the zone of %s in %s is %q, want %q", place, month, got, want)
			}
		}
	}
}

func TestWhen(t *testing.T) {
	tests := []struct {
		name            string
		now             time.Time
		english, french string
	}{
		{"at the same moment", afternoon, "today at 3:04\u00a0p.m.", "aujourd’hui à 15\u00a0h\u00a004"},
		{"early on the same day", afternoon.Add(-15 * time.Hour), "today at 3:04\u00a0p.m.", "aujourd’hui à 15\u00a0h\u00a004"},
		{"on the same day in the location of t, though not in that of now", afternoon.Add(8 * time.Hour).UTC(), "today at 3:04\u00a0p.m.", "aujourd’hui à 15\u00a0h\u00a004"},
		{"the evening before", afternoon.Add(-16 * time.Hour), "tomorrow at 3:04\u00a0p.m.", "demain à 15\u00a0h\u00a004"},
		{"the morning after", afternoon.Add(9 * time.Hour), "yesterday at 3:04\u00a0p.m.", "hier à 15\u00a0h\u00a004"},
		{"two days before", afternoon.Add(-48 * time.Hour), "on Nov\u00a022", "le 22\u00a0nov."},
		{"later in the year", afternoon.Add(30 * 24 * time.Hour), "on Nov\u00a022", "le 22\u00a0nov."},
		{"on the same date a year before", afternoon.AddDate(-1, 0, 0), "on Nov\u00a022, 2026", "le 22\u00a0nov. 2026"},
		{"in the next year", afternoon.AddDate(0, 2, 0), "on Nov\u00a022, 2026", "le 22\u00a0nov. 2026"},
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

// TestTomorrowFollowsTodayWhereClocksAreTurned crosses the nights in which they are.
func TestTomorrowFollowsTodayWhereClocksAreTurned(t *testing.T) {
	for _, place := range zones {
		zone, err := time.LoadLocation(place)
		if err != nil {
			t.Fatal(err)
		}
		for at := time.Date(2026, time.January, 1, 12, 0, 0, 0, zone); at.Year() == 2026; at = time.Date(2026, at.Month(), at.Day()+1, 12, 0, 0, 0, zone) {
			if got := When(English, at, at.Add(-24*time.Hour)); !strings.HasPrefix(got, "tomorrow") {
				t.Errorf("%v is %q a day before", at, got)
			}
		}
	}
}

func TestDateNamesEveryMonth(t *testing.T) {
	english := strings.Fields("Jan Feb Mar Apr May June July Aug Sept Oct Nov Dec")
	french := strings.Fields("janv. févr. mars avril mai juin juill. août sept. oct. nov. déc.")
	for i := range 12 {
		month := time.Date(2026, time.January+time.Month(i), 2, 0, 0, 0, 0, time.UTC)
		if got, want := Date(English, month), english[i]+"\u00a02, 2026"; got != want {
			t.Errorf("Date = %q, want %q", got, want)
		}
		if got, want := Date(French, month), "2\u00a0"+french[i]+" 2026"; got != want {
			t.Errorf("Date = %q, want %q", got, want)
		}
	}
}

// TestNoSentenceRepeatsThePrepositionThatWhenBrings looks at the sentences that say when.
func TestNoSentenceRepeatsThePrepositionThatWhenBrings(t *testing.T) {
	twice := map[Lang]*regexp.Regexp{English: regexp.MustCompile(`\b(on|at) (%s|%\[1\]s)`), French: regexp.MustCompile(`(^| )(le|à) (%s|%\[1\]s)`)}
	for _, key := range []string{
		"delete.saved", "draft.saved", "landing.draft", "later.turn", "link.renew.newer", "link.renew.wait", "restore.done.text", "restore.replaced",
		"saving.too_many", "sent.mail.accepted", "sent.mail.deferred", "sent.mail.deferred.full", "sent.mail.deferred.ours",
		"sent.mail.deferred.unanswered", "sent.mail.turn", "sent.soon", "unsaved.too_many",
	} {
		for _, l := range Languages {
			if found := twice[l].FindString(T(l, key)); found != "" {
				t.Errorf("%s, in %s: %q before a date that brings its own", key, l, found)
			}
		}
	}
}
