package journeytest

import (
	"context"
	"testing"

	"joinery/app/mail"
)

// A MailServer takes letters, or refuses them for now while it is down.
type MailServer struct {
	mail.Queue
	Down bool
	To   []string      // of the letters that it took
	Got  []mail.Letter // that it took
}

// MailServer returns a server that takes the letters of the journey.
func (j *Journey) MailServer() *MailServer {
	s := new(MailServer)
	s.DB, s.Ring, s.Write, s.Sender, s.Now, s.Log = j.File, j.Ring, j.WriteLetter, s, j.Now, j.Log
	return s
}

// Send takes a letter.
func (s *MailServer) Send(_ context.Context, l mail.Letter) error {
	if s.Down {
		return &mail.Failure{Step: "recipient", Code: 451, Cause: mail.Passing}
	}
	s.To, s.Got = append(s.To, l.To), append(s.Got, l)
	return nil
}

// DeliverAll delivers all letters that are due.
func (s *MailServer) DeliverAll(t testing.TB) {
	t.Helper()
	for {
		tried, err := s.Deliver(t.Context())
		Must(t, err)
		if !tried {
			return
		}
	}
}
