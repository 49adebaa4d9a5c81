package i18n

import "time"

// halfHour divides every step by which a zone turns its clocks at midnight.
const halfHour = 30 * time.Minute

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

// Until returns until when something is kept that ends at a time, for a reader at now: the
// last day that it is kept to the end of, or, if that is no day to come, the minute. A
// day means its end, so nothing ends before what is told. Days are those of the location
// of end.
func Until(l Lang, end, now time.Time) string {
	last := startOfDay(end).Add(-1)
	if !startOfDay(last).After(now) {
		return Time(l, end)
	}
	return Date(l, last)
}
