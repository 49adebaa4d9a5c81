package mail

import "time"

// The timeLimits are how long each step of a conversation may take.
type timeLimits struct {
	dial     time.Duration // to connect
	greeting time.Duration // to be greeted, and again for the names, the encryption and the password
	envelope time.Duration // for each of MAIL and RCPT
	data     time.Duration // for DATA
	block    time.Duration // to take one piece of the letter
	end      time.Duration // after the end of the letter: the server may look into it first
	again    time.Duration // to be ready for another letter on a connection that was kept
	closing  time.Duration // to answer a good-bye when the program ends
	idle     time.Duration // for which a connection is kept without a letter
}

// usualLimits are those of RFC 5321, 4.5.3.2. A server that is reached at all takes a
// connection within seconds, as it does the RSET on one that was kept.
var usualLimits = timeLimits{
	dial:     30 * time.Second,
	greeting: 5 * time.Minute,
	envelope: 5 * time.Minute,
	data:     2 * time.Minute,
	block:    3 * time.Minute,
	end:      10 * time.Minute,
	again:    5 * time.Second,
	closing:  time.Second,
	idle:     10 * time.Second,
}
