package i18n

import (
	"fmt"
	"time"
)

var (
	englishDays   = []string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"}
	frenchDays    = []string{"dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"}
	englishMonths = []string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}
	frenchMonths  = []string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"}
)

// frenchZones are the French abbreviations of Canadian time zones.
var frenchZones = map[string]string{
	"NST": "HNT", "NDT": "HAT", "AST": "HNA", "ADT": "HAA", "EST": "HNE", "EDT": "HAE", "CST": "HNC", "CDT": "HAC",
	"MST": "HNR", "MDT": "HAR", "PST": "HNP", "PDT": "HAP",
}

// Date returns the day of t with its weekday: "Sunday, November 22, 2026",
// "dimanche 22 novembre 2026", "dimanche 1er novembre 2026".
func Date(l Lang, t time.Time) string {
	if l == French {
		day := fmt.Sprint(t.Day())
		if t.Day() == 1 {
			day = "1er"
		}
		return fmt.Sprintf("%s %s %s %d", frenchDays[t.Weekday()], day, frenchMonths[t.Month()-1], t.Year())
	}
	return fmt.Sprintf("%s, %s %d, %d", englishDays[t.Weekday()], englishMonths[t.Month()-1], t.Day(), t.Year())
}

// Time returns the day, minute and zone of t in its location: "Sunday, November
// 22, 2026 at 3:04 p.m. EST", "dimanche 22 novembre 2026 à 15 h 04 HNE". In
// French, no-break spaces stand around the h, so that no line ends inside a time.
func Time(l Lang, t time.Time) string { return Date(l, t) + timeOfDay(l, t) }

// When returns t for a sentence that is read at now. On the same day it leaves
// out the day: "at 3:04 p.m. EST", "à 15 h 04 HNE". Otherwise it has one: "on
// Sunday, November 22, 2026 at 3:04 p.m. EST", "le dimanche 22 novembre 2026 à
// 15 h 04 HNE". Days are those of the location of t.
func When(l Lang, t, now time.Time) string {
	switch today := now.In(t.Location()); {
	case t.YearDay() == today.YearDay() && t.Year() == today.Year():
		return timeOfDay(l, t)[1:]
	case l == French:
		return "le " + Time(l, t)
	}
	return "on " + Time(l, t)
}

// timeOfDay returns the part of Time behind the day, with a space before it.
func timeOfDay(l Lang, t time.Time) string {
	zone, _ := t.Zone()
	if l == French {
		if z, ok := frenchZones[zone]; ok {
			zone = z
		}
		return fmt.Sprintf(" à %d\u00a0h\u00a0%02d %s", t.Hour(), t.Minute(), zone)
	}
	period := "a.m."
	if t.Hour() >= 12 {
		period = "p.m."
	}
	return fmt.Sprintf(" at %d:%02d %s %s", (t.Hour()+11)%12+1, t.Minute(), period, zone)
}
