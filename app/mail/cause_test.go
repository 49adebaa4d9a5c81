package mail

import (
	"errors"
	"testing"

	"joinery/app/i18n"
)

// TestWhatARefusalIsAbout compares Failure.Cause with the answers of servers.
func TestWhatARefusalIsAbout(t *testing.T) {
	const mail, rcpt, data, end = 2, 3, 4, 5
	steps := map[int]string{0: connecting, mail: sender, rcpt: recipient, data: content, end: content}
	tests := []struct {
		at     int // the answer
		answer string
		code   int
		status string
		want   Cause
	}{
		{rcpt, "550 5.1.1 <zoe@example.net>: Recipient address rejected: User unknown", 550, "5.1.1", Address},
		{rcpt, "550-5.1.1 The email account that you tried to reach does not exist.\r\n550 5.1.1 zoe", 550, "5.1.1", Address},
		{rcpt, "550 5.1.2 no such domain", 550, "5.1.2", Address},
		{rcpt, "556 5.1.10 the domain accepts no mail", 556, "5.1.10", Address},
		{end, "550 5.1.1 no such user after all", 550, "5.1.1", Address},
		{rcpt, "550 No such user here", 550, "", Address},
		{rcpt, "550 5.0.0 zoe@example.net: user unknown", 550, "5.0.0", Address},
		{rcpt, "553 sorry, no mailbox here by that name. (#5.1.1)", 553, "5.1.1", Address},
		{rcpt, "550 Unrouteable address", 550, "", Address},

		{rcpt, "554 5.7.1 <zoe@example.net>: Relay access denied", 554, "5.7.1", Ours},
		{rcpt, "550 5.7.60 SMTP; Client does not have permissions to send as this sender", 550, "5.7.60", Ours},
		{rcpt, "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)", 553, "5.7.1", Ours},
		{rcpt, "550 relay not permitted", 550, "", Ours},
		{rcpt, "550 Requested action not taken: mailbox unavailable", 550, "", Ours},
		{rcpt, "550 sender unknown user: address unknown", 550, "", Ours},
		{rcpt, "550 5.1.8 Bad sender's system address", 550, "5.1.8", Ours},
		{rcpt, "550 5.1.0 Sender rejected", 550, "5.1.0", Ours},
		{rcpt, "550 5.1.0 Address rejected.", 550, "5.1.0", Address},
		{rcpt, "550 5.1.7 Bad sender's mailbox address", 550, "5.1.7", Ours},
		{rcpt, "503 5.5.1 Error: need MAIL command", 503, "5.5.1", Ours},
		{rcpt, "554 user unknown", 554, "", Ours},
		{mail, "550 5.1.1 no such sender", 550, "5.1.1", Ours},
		{mail, "530 5.7.0 Authentication required", 530, "5.7.0", Ours},
		{0, "554 5.7.1 you are on a list", 554, "5.7.1", Ours},
		{data, "554 5.5.1 Error: no valid recipients", 554, "5.5.1", Ours},
		{end, "554 5.7.1 Message refused as spam", 554, "5.7.1", Ours},
		{end, "550 5.6.0 I do not like what you say", 550, "5.6.0", Ours},
		{end, "554 Transaction failed", 554, "", Ours},

		{rcpt, "552 5.2.2 Mailbox full", 552, "5.2.2", Full},
		{rcpt, "452 4.2.2 The email account is over quota", 452, "4.2.2", Full},
		{rcpt, "552 Quota exceeded", 552, "", Full},
		{rcpt, "550 5.2.1 The mailbox is disabled for now", 550, "5.2.1", Passing},
		{rcpt, "550 5.4.4 Unable to route: host not found", 550, "5.4.4", Passing},
		{rcpt, "450 4.1.1 zoe@example.net: unverified address", 450, "4.1.1", Passing},
		{rcpt, "451 4.7.1 Greylisted, see http://5.1.1/", 451, "4.7.1", Passing},
		{mail, "452 4.3.1 Insufficient system storage", 452, "4.3.1", Passing},
		{rcpt, "450 5.1.1 of another class", 450, "", Passing},
		{0, "421 4.3.2 too many connections", 421, "4.3.2", Passing},
	}
	for _, tt := range tests {
		t.Run(tt.answer, func(t *testing.T) {
			s := script(t, instead(tt.at, tt.answer, "250 so be it")...).sender(t, "smtp://HOST")
			err := s.Send(t.Context(), newConfirmation(t, "zoe@example.net", i18n.English))
			wantFailure(t, err, steps[tt.at], tt.code, tt.status, tt.want)
			f := (*Failure)(nil)
			if errors.As(err, &f); f.Permanent() != (tt.want == Address) {
				t.Errorf("permanent: %t", f.Permanent())
			}
		})
	}
}
