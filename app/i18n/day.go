package i18n

import "time"

// halfHour divides every step by which a zone turns its clocks at midnight.
const halfHour = 30 * time.Minute

// calendarDay returns a number for the day of t in its location; the next day has the
// next number.
func calendarDay(t time.Time) int {
	year, month, day := t.Date()
	return int(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60))
}

// startOfDay returns the first moment of the day of t in its location, also where clocks
// are turned at midnight.
func startOfDay(t time.Time) time.Time {
	year, month, day := t.Date()
	start := time.Date(year, month, day, 0, 0, 0, 0, t.Location())
	for start.Day() != day { // there is no midnight
		start = start.Add(halfHour)
	}
	for start.Add(-1).Day() == day { // there are two
		start = start.Add(-halfHour)
	}
	return start
}

// Until returns until when something is kept or works that ends at a time, for a reader
// at now: the last day that it is kept to the end of, "Dec 30", "30 déc."; or, if that is
// no day to come, the minute with its zone, "Dec 30 at 5:02 p.m. Eastern time", "30 déc.
// à 17 h 02, heure de l’Est". A day means its end, so nothing ends before what is told.
// Days are those of the location of end.
func Until(l Lang, end, now time.Time) string {
	last := startOfDay(end).Add(-1)
	if !startOfDay(last).After(now) {
		return day(l, end, now) + zonedClock(l, end)
	}
	return day(l, last, now)
}
