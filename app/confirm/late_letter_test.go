package confirm_test

import (
	"strings"
	"testing"
	"time"

	"joinery/app/confirm"
	"joinery/app/i18n"
	"joinery/app/journeytest"
	"joinery/app/mail"
)

// TestALetterAfterAnOutageHasALinkThatWorks has the mail server down for longer than a
// link lives. The times in the letter are those of the attempt.
func TestALetterAfterAnOutageHasALinkThatWorks(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		s := j.MailServer()
		s.Down = true
		session := j.Submitted(t)
		s.DeliverAll(t)
		j.Pass(2 * j.LinkTTL)
		if c := j.Confirmation(t, session); c.State != mail.Deferred || c.NewestCodeIsLate {
			t.Errorf("the letter is %q, and its code late: %t, want it deferred, and its code not late", c.State, c.NewestCodeIsLate)
		}
		s.Down = false
		s.DeliverAll(t)
		if len(s.Got) != 1 {
			t.Fatalf("%d letters have come, want one", len(s.Got))
		}
		l := s.Got[0]
		if says := i18n.T(l.Lang, "mail.confirm.expires", i18n.Until(l.Lang, j.Time.Add(j.LinkTTL), j.Time)); !strings.Contains(l.Text, says) {
			t.Errorf("the letter does not say %q:\n%s", says, l.Text)
		}
		token := journeytest.Tokens(l, journeytest.ConfirmPath)[0]
		j.WantConfirmLink(t, token, confirm.Open)
		j.Pass(j.LinkTTL - time.Second)
		j.WantConfirmLink(t, token, confirm.Open)
		j.Pass(time.Second)
		j.WantConfirmLink(t, token, confirm.Late)
	})
}

// TestACodeThatAnEarlierVersionNeverSentIsLate once its time is over.
func TestACodeThatAnEarlierVersionNeverSentIsLate(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	session := j.Submitted(t)
	exec(t, j, `DELETE FROM mails`)
	exec(t, j, `UPDATE links SET letter = ''`)
	for _, late := range []bool{false, true} {
		if c := j.Confirmation(t, session); c.State != mail.Queued || c.NewestCodeIsLate != late {
			t.Errorf("the confirmation is %+v, want its code late: %t", c, late)
		}
		j.Pass(j.LinkTTL)
	}
}

// TestALinkDoesNotOutliveItsApplication delivers a letter an hour before the end.
func TestALinkDoesNotOutliveItsApplication(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	j.Submitted(t)
	j.Pass(j.WaitingTTL - time.Hour)
	s := j.MailServer()
	s.DeliverAll(t)
	if says := i18n.T(i18n.French, "mail.confirm.expires", i18n.Until(i18n.French, journeytest.Noon.Add(j.WaitingTTL), j.Time)); len(s.Got) != 1 || !strings.Contains(s.Got[0].Text, says) {
		t.Errorf("the letters are %+v, want one that says %q", s.Got, says)
	}
}

// TestALetterAboutWhatHasEndedIsNotSent ends what each letter is about while another
// part of the program has its order already, so that nothing cancels it.
func TestALetterAboutWhatHasEndedIsNotSent(t *testing.T) {
	waits := func(t *testing.T, j *journeytest.Journey) string { return j.Submitted(t) }
	joins := func(t *testing.T, j *journeytest.Journey) string {
		session := j.Submitted(t)
		j.ConfirmNewest(t)
		return session
	}
	updates := func(t *testing.T, j *journeytest.Journey) string {
		j.Pass(2 * j.Limits.PerAddress.Per)
		session := joins(t, j)
		j.Answer(t, session, j.OnlyMember(t, session))
		return session
	}
	joinsAgain := func(t *testing.T, j *journeytest.Journey) string {
		joins(t, j)
		return updates(t, j)
	}
	leaves := func(t *testing.T, j *journeytest.Journey, _ string) { exec(t, j, `DELETE FROM members`) }
	for name, tt := range map[string]struct {
		kind  mail.Kind
		begin func(*testing.T, *journeytest.Journey) (session string)
		end   func(*testing.T, *journeytest.Journey, string)
		ended bool
	}{
		"waiting":          {mail.Confirm, waits, func(*testing.T, *journeytest.Journey, string) {}, false},
		"confirmed":        {mail.Confirm, waits, func(t *testing.T, j *journeytest.Journey, _ string) { j.ConfirmNewest(t) }, true},
		"superseded":       {mail.Confirm, waits, func(t *testing.T, j *journeytest.Journey, session string) { j.Resend(t, session) }, true},
		"its time is over": {mail.Confirm, waits, func(_ *testing.T, j *journeytest.Journey, _ string) { j.Pass(j.WaitingTTL) }, true},
		"withdrawn": {mail.Confirm, waits, func(t *testing.T, j *journeytest.Journey, session string) {
			journeytest.Must(t, j.Members.Withdraw(t.Context(), j.MustApplication(t, session).ID, j.Time))
		}, true},
		"replaced": {mail.Confirm, waits, func(t *testing.T, j *journeytest.Journey, session string) {
			journeytest.Must(t, j.ChangeEmail(t.Context(), session, "other@example.ca", ""))
		}, true},
		"expired": {mail.Confirm, waits, func(t *testing.T, j *journeytest.Journey, _ string) {
			j.Pass(j.WaitingTTL + 1)
			journeytest.Must(t, j.Confirm.Expire(t.Context()))
		}, true},
		"a member":                     {mail.Welcome, joins, func(*testing.T, *journeytest.Journey, string) {}, false},
		"a new member has left":        {mail.Welcome, joins, leaves, true},
		"a member of before":           {mail.Updated, joinsAgain, func(*testing.T, *journeytest.Journey, string) {}, false},
		"a member of before has left":  {mail.Updated, joinsAgain, leaves, true},
		"later answers took the place": {mail.Updated, joinsAgain, func(t *testing.T, j *journeytest.Journey, _ string) { updates(t, j) }, false},
		"the former answers are back": {mail.Updated, joinsAgain, func(t *testing.T, j *journeytest.Journey, _ string) {
			exec(t, j, `UPDATE former_answers SET restored_at = $1`, j.Time.Unix())
		}, true},
		"the former answers went with the address": {mail.Updated, joinsAgain, func(t *testing.T, j *journeytest.Journey, _ string) {
			exec(t, j, `UPDATE former_answers SET code_hash = '', answers = '{}'`)
		}, true},
		"the former answers are gone": {mail.Updated, joinsAgain, func(_ *testing.T, j *journeytest.Journey, _ string) { j.Pass(confirm.KeepFormer) }, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			j := journeytest.New(t)
			session := tt.begin(t, j)
			order := j.Letter(t, tt.kind).Order
			tt.end(t, j, session)
			j.Requeue(t, order)
			s := j.MailServer()
			s.DeliverAll(t)
			if (len(s.Got) == 0) != tt.ended {
				t.Errorf("%d letters were sent, although it has ended: %t", len(s.Got), tt.ended)
			}
			j.WantCount(t, "mails WHERE state = 'waiting' OR topic <> '' OR sealed <> ''", 0)
		})
	}
}
