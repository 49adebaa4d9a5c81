package mail

import (
	"regexp"
	"strings"
)

// A Cause is what a failure is about. Only [Address] blames the address.
type Cause string

// The causes.
const (
	Address    Cause = "address"    // no such mailbox: another attempt would fail too
	Full       Cause = "full"       // the mailbox is full: its owner or time may mend it
	Ours       Cause = "ours"       // the server refuses us, or our letter: the settings or our standing are to be mended
	Passing    Cause = "passing"    // the server cannot take the letter now, or cannot be reached
	Unanswered Cause = "unanswered" // the whole letter was sent, and the server did not answer: it may have it
)

// A reply is an answer of a server that refuses something.
type reply struct {
	code   int
	status string // the enhanced code (RFC 3463), such as 5.7.1, or ""
	text   string // for people; it may quote an address
}

// enhanced finds the enhanced code, which stands at the beginning of a text or, of some
// servers, in brackets: "no mailbox here (#5.1.1)".
var enhanced = regexp.MustCompile(`(?:^|\(#)([45]\.\d{1,3}\.\d{1,3})\b`)

// newReply returns a reply with the enhanced code in its text, if that is of the same
// class as the code.
func newReply(code int, text string) reply {
	r := reply{code: code, text: text}
	if found := enhanced.FindStringSubmatch(text); found != nil && int(found[1][0]-'0') == code/100 {
		r.status = found[1]
	}
	return r
}

// cause returns what a reply to a step is about. Of the codes only 5.1.x, without those
// about the sender (5.1.7, 5.1.8, or 5.1.0 in words), is about the address.
func (r reply) cause(step string) Cause {
	class, detail, _ := strings.Cut(strings.TrimPrefix(r.status, "5."), ".")
	switch {
	case strings.HasSuffix(r.status, ".2.2"), r.code == 552 && r.status == "" && step == recipient:
		return Full
	case r.code/100 != 5:
		return Passing
	case step != recipient && step != content:
		return Ours
	case class == "1" && detail != "7" && detail != "8" && (detail != "0" || !aboutSender.MatchString(strings.ToLower(r.text))):
		return Address
	case class == "2" || class == "4": // the mailbox is closed, or the way to it
		return Passing
	case (class == "" || class == "0") && step == recipient && r.deniesMailbox():
		return Address
	}
	return Ours
}

// deniesMailbox reports whether a reply without a telling code says, in the words of a
// common server, that there is no such mailbox. What speaks of the sender or of relaying
// is about us.
func (r reply) deniesMailbox() bool {
	text := strings.ToLower(r.text)
	return (r.code == 550 || r.code == 551 || r.code == 553) && noMailbox.MatchString(text) && !aboutSender.MatchString(text)
}

var (
	noMailbox = regexp.MustCompile(`(user|recipient|mailbox|address)( is)? (unknown|not found)|unknown (user|recipient|mailbox|address)|` +
		`no such (user|recipient|mailbox|address|person)|no mailbox here|(user|recipient|mailbox|address|account)( that you tried to reach)? (does not|doesn't) exist|` +
		`unrouteable address|invalid recipient`)
	aboutSender = regexp.MustCompile(`sender|relay|from|spam|block|polic|reputation`)
)
