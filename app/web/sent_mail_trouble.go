package web

import (
	"time"

	"joinery/app/confirm"
	"joinery/app/i18n"
	"joinery/app/mail"
)

// hoursWithoutAnswer is how long after a letter was accepted the page asks about the
// address: a mail server may return the letter later, which the site does not learn.
const hoursWithoutAnswer = 3 * time.Hour

// missing returns why there is no letter that confirms, as the whole page says it, or "": one
// may come. It is the value of queryStuck.
func missing(state confirm.Confirmation) string {
	if expired(state) {
		return "expired"
	}
	return stuck(state.Delivery)
}

// expired reports whether the letter went out and its link and its code have expired since.
func expired(state confirm.Confirmation) bool {
	return state.NewestCodeIsLate && (state.State == mail.Accepted || state.State == mail.GivenUp && state.Cause == mail.Unanswered)
}

// stuck returns what keeps a letter from coming, or "": it may come.
func stuck(d mail.Delivery) string {
	switch d.State {
	case mail.Refused, mail.GivenUp:
		return string(d.State)
	case mail.Deferred:
		if d.Cause == mail.Ours || d.Cause == mail.Full {
			return string(d.Cause)
		}
	}
	return ""
}

// deferred returns the words for a letter that is tried again at a time. Only an unknown
// address is one to correct.
func deferred(l i18n.Lang, cause mail.Cause, again string) string {
	switch cause {
	case mail.Ours:
		return i18n.T(l, "sent.mail.deferred.ours", again)
	case mail.Full:
		return i18n.T(l, "sent.mail.deferred.full", again)
	case mail.Unanswered:
		return i18n.T(l, "sent.mail.deferred.unanswered", again)
	}
	return i18n.T(l, "sent.mail.deferred", again)
}

// givenUp returns the words for a letter that is not tried any more.
func givenUp(l i18n.Lang, cause mail.Cause) string {
	switch cause {
	case mail.Ours:
		return i18n.T(l, "sent.mail.given_up.ours")
	case mail.Full:
		return i18n.T(l, "sent.mail.given_up.full")
	case mail.Unanswered:
		return i18n.T(l, "sent.mail.given_up.unanswered")
	}
	return i18n.T(l, "sent.mail.given_up")
}
