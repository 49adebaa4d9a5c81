package i18n

import (
	"fmt"
	"time"
)

var (
	englishMonths = []string{"Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec"}
	frenchMonths  = []string{"janv.", "févr.", "mars", "avril", "mai", "juin", "juill.", "août", "sept.", "oct.", "nov.", "déc."}
)

// zoneNames are what people call the Canadian time zones, by their abbreviations, some of
// which mean something else elsewhere: so each has its offset, in seconds.
var zoneNames = map[string]struct {
	Text
	offset int
}{
	"NST": {Text{English: "Newfoundland time", French: "heure de Terre-Neuve"}, -12600},
	"AST": {Text{English: "Atlantic time", French: "heure de l’Atlantique"}, -4 * 3600},
	"EST": {Text{English: "Eastern time", French: "heure de l’Est"}, -5 * 3600},
	"CST": {Text{English: "Central time", French: "heure du Centre"}, -6 * 3600},
	"MST": {Text{English: "Mountain time", French: "heure des Rocheuses"}, -7 * 3600},
	"PST": {Text{English: "Pacific time", French: "heure du Pacifique"}, -8 * 3600},
}

// Date returns the day of t with its year, for what is read at any time: "Dec 30,
// 2026", "30 déc. 2026", "1er déc. 2026".
func Date(l Lang, t time.Time) string {
	if l == French {
		return fmt.Sprintf("%s %d", monthDay(l, t), t.Year())
	}
	return fmt.Sprintf("%s, %d", monthDay(l, t), t.Year())
}

// Clock returns the time of day of t in its location: "5:02 p.m.", "17 h 02", "17 h".
// No line ends inside a time, nor between a day and its month: the spaces there are
// no-break spaces.
func Clock(l Lang, t time.Time) string {
	switch {
	case l == French && t.Minute() == 0:
		return fmt.Sprintf("%d\u00a0h", t.Hour())
	case l == French:
		return fmt.Sprintf("%d\u00a0h\u00a0%02d", t.Hour(), t.Minute())
	}
	period := "a.m."
	if t.Hour() >= 12 {
		period = "p.m."
	}
	return fmt.Sprintf("%d:%02d\u00a0%s", (t.Hour()+11)%12+1, t.Minute(), period)
}

// Time returns the minute of t with its year and its zone, for what is kept or sent and
// may be read at any time and anywhere: "Dec 30, 2026 at 5:02 p.m. Eastern time", "30
// déc. 2026 à 17 h 02, heure de l’Est".
func Time(l Lang, t time.Time) string { return Date(l, t) + zonedClock(l, t) }

// When returns t for a sentence that is read at now, with its preposition: "today at
// 5:02 p.m.", "aujourd’hui à 17 h 02"; so too yesterday and tomorrow; otherwise the day
// alone: "on Dec 30", "le 30 déc.". Days are those of the location of t.
func When(l Lang, t, now time.Time) string {
	near := map[Lang]map[int]string{
		English: {-1: "yesterday at ", 0: "today at ", 1: "tomorrow at "},
		French:  {-1: "hier à ", 0: "aujourd’hui à ", 1: "demain à "},
	}
	if words, ok := near[l][calendarDay(t)-calendarDay(now.In(t.Location()))]; ok {
		return words + Clock(l, t)
	}
	if l == French {
		return "le " + day(l, t, now)
	}
	return "on " + day(l, t, now)
}

// day returns the day of t, with its year only if that is not the year of now.
func day(l Lang, t, now time.Time) string {
	if t.Year() == now.In(t.Location()).Year() {
		return monthDay(l, t)
	}
	return Date(l, t)
}

// monthDay returns the day of t without its year.
func monthDay(l Lang, t time.Time) string {
	switch {
	case l == French && t.Day() == 1:
		return "1er\u00a0" + frenchMonths[t.Month()-1]
	case l == French:
		return fmt.Sprintf("%d\u00a0%s", t.Day(), frenchMonths[t.Month()-1])
	}
	return fmt.Sprintf("%s\u00a0%d", englishMonths[t.Month()-1], t.Day())
}

// zonedClock returns what stands behind a day: the time of day and its zone.
func zonedClock(l Lang, t time.Time) string {
	zone := zoneName(l, t)
	if l == French {
		return " à " + Clock(l, t) + ", " + zone
	}
	return " at " + Clock(l, t) + " " + zone
}

// zoneName returns the name of the zone of t, the same in summer and in winter, or its
// abbreviation if it is not Canadian.
func zoneName(l Lang, t time.Time) string {
	zone, offset := t.Zone()
	standard := zone
	if len(zone) == 3 && zone[1:] == "DT" {
		standard, offset = zone[:1]+"ST", offset-60*60
	}
	if name, ok := zoneNames[standard]; ok && name.offset == offset {
		return name.In(l)
	}
	return zone
}
