package confirm_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"joinery/app/confirm"
	"joinery/app/i18n"
	"joinery/app/journeytest"
	"joinery/app/mail"
	"joinery/app/member"
)

func TestTheCodeConfirmsHoweverItIsTyped(t *testing.T) {
	spellings := map[string]func(code string) string{
		"as it is":           func(code string) string { return code },
		"small":              strings.ToLower,
		"with blanks":        func(code string) string { return "\t " + code[:2] + " " + code[2:4] + "  " + code[4:] + "\r\n" },
		"with hyphens":       func(code string) string { return strings.ToLower(code[:3]) + " - " + code[3:] },
		"with its label":     func(code string) string { return "Votre code\u00a0: " + code[:3] + " " + code[3:] },
		"between two others": func(code string) string { return "AAAAAA " + code + " CCCCCC" },
	}
	for name, spelt := range spellings {
		t.Run(name, func(t *testing.T) {
			journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
				session := j.Submitted(t)
				j.WantCodeResult(t, session, spelt(j.ConfirmCode(t)), "confirmed 0")
				j.WantCodeResult(t, session, "AAAAAA", "confirmed 0") // now there is a member
				j.WantCount(t, "members", 1)
				j.WantCount(t, "mails WHERE kind = 'welcome'", 1)

				j.MembersLeave(t)
				j.Submitted(t)
				token, code := j.ConfirmToken(t), j.ConfirmCode(t)
				wantLinkCode(t, j, token, spelt(code), member.Accept, confirm.CodeConfirmed, 0)
				wantLinkCode(t, j, token, spelt(code), member.Accept, confirm.CodeConfirmed, 0)
				wantLinkCode(t, j, token, spelt(code), member.ConfirmDecline, confirm.CodeConfirmed, 0)
				j.WantConfirmLink(t, token, confirm.Used)
				j.WantCount(t, "members", 1)
				j.WantCount(t, "mails WHERE kind = 'welcome'", 2)
			})
		})
	}
}

func TestAfterFiveAttemptsTheCodeIsSpent(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		session := j.Submitted(t)
		token, code := j.ConfirmToken(t), j.ConfirmCode(t)
		for i, typed := range []string{"AAAAAA", "AAA AAA", "Code: AAAAAA", "AAAAAA, CCCCCC or DDDDDD"} {
			j.WantCodeResult(t, session, typed, fmt.Sprint("mistyped ", confirm.MaxAttempts-1-i))
		}
		wantLinkCode(t, j, token, "AAAAAA", member.Accept, confirm.CodeSpent, 0) // the fifth, wherever it is typed
		j.WantCodeResult(t, session, code, "spent 0")
		wantLinkCode(t, j, token, code, member.Accept, confirm.CodeSpent, 0)
		wantLinkCode(t, j, token, code, member.ConfirmDecline, confirm.CodeSpent, 0)
		j.WantCount(t, "applications WHERE state = 'waiting'", 1)
		j.WantConfirmLink(t, token, confirm.Open) // its buttons still count

		j.Resend(t, session)
		j.WantCodeResult(t, session, "AAAAAA", "mistyped 4")
		j.WantCodeResult(t, session, code, "superseded 0")
		wantLinkCode(t, j, token, code, member.Accept, confirm.CodeSuperseded, 0)
		j.WantCodeResult(t, session, j.ConfirmCode(t), "confirmed 0")
	})
}

// TestTheFifthAttemptCanBeTheRightOne types the code after four wrong ones.
func TestTheFifthAttemptCanBeTheRightOne(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	session := j.Submitted(t)
	for range confirm.MaxAttempts - 1 {
		j.TypeCode(t, session, "AAAAAA")
	}
	j.WantCodeResult(t, session, j.ConfirmCode(t), "confirmed 0")
}

func TestACodeThatIsLateConfirmsNothing(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	session := j.Submitted(t)
	code := j.ConfirmCode(t)
	j.Pass(j.LinkTTL - time.Second)
	j.WantCodeResult(t, session, "AAAAAA", "mistyped 4")
	j.Pass(time.Second)
	j.WantCodeResult(t, session, code, "late 0")
	j.WantCount(t, "members", 0)
	j.Pass(j.WaitingTTL)
	j.WantCodeResult(t, session, code, "gone 0")
	journeytest.Must(t, j.Confirm.Expire(t.Context()))
	j.WantCodeResult(t, session, code, "gone 0")
}

// TestACodeIsForOneApplication types those of two people for each other.
func TestACodeIsForOneApplication(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	first := j.Submitted(t)
	firstCode := j.ConfirmCode(t)
	second := j.Submitted(t)
	j.WantCodeResult(t, second, firstCode, "mistyped 4")
	j.WantCodeResult(t, first, j.ConfirmCode(t), "mistyped 4")
	j.WantCodeResult(t, first, firstCode, "confirmed 0")
}

// TestACodeThatStandsInNoLetterConfirmsNothing has its letter be beyond the limits.
func TestACodeThatStandsInNoLetterConfirmsNothing(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	session := j.Submitted(t)
	code := j.ConfirmCode(t)
	exec(t, j, `UPDATE links SET letter = ''`)
	j.WantCodeResult(t, session, code, "mistyped 4")
	j.WantCount(t, "members", 0)
}

// TestEqualCodesAreStoredDifferently so that a reader of the file cannot find those
// of all applications at once.
func TestEqualCodesAreStoredDifferently(t *testing.T) {
	if confirm.CodeDigest("first", "ACDEFG") == confirm.CodeDigest("second", "ACDEFG") {
		t.Error("of two applications the same is stored of one code")
	}
}

func TestACodeWithoutAWaitingApplicationDoesNothing(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	for _, session := range []string{"", "made up", j.Begun(t).Session} {
		_, _, err := j.VerifyCode(t.Context(), session, "AAAAAA")
		journeytest.WantError(t, "VerifyCode", err, confirm.ErrNoApplication)
	}
	wantLinkCode(t, j, journeytest.MadeUpToken, "AAAAAA", member.Accept, confirm.CodeNotWaiting, 0)
	j.Submitted(t)
	token, code := j.ConfirmToken(t), j.ConfirmCode(t)
	wantLinkCode(t, j, token, code, member.ConfirmDecline, confirm.CodeWithdrawn, 0)
	wantLinkCode(t, j, token, code, member.Accept, confirm.CodeNotWaiting, 0)
	j.WantConfirmLink(t, token, confirm.Withdrawn)
	j.WantCount(t, "members", 0)
}

// TestTheCodeEndsTheApplicationOnThePageOfAnyLink also of one that is late or
// superseded.
func TestTheCodeEndsTheApplicationOnThePageOfAnyLink(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		for name, age := range map[string]func(session string){
			"open":       func(string) {},
			"late":       func(string) { j.Pass(j.LinkTTL) },
			"superseded": func(session string) { j.Resend(t, session) },
		} {
			t.Run(name, func(t *testing.T) {
				j.Limits.PerAddress = mail.Budget{}
				session := j.Submitted(t)
				token, code := j.ConfirmToken(t), j.ConfirmCode(t)
				age(session)
				wantLinkCode(t, j, token, "AAAAAA", member.ConfirmDecline, confirm.CodeMistyped, 4)
				wantLinkCode(t, j, token, code, member.ConfirmDecline, confirm.CodeWithdrawn, 0)
				if a := j.MustApplication(t, session); a.State != member.Withdrawn || a.Email != "" {
					t.Errorf("the application is %+v, want it withdrawn and forgotten", a)
				}
			})
		}
	})
}

func TestThePageSaysHowManyAttemptsAreLeft(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	session := j.Submitted(t)
	j.MailServer().DeliverAll(t)
	want := func(left int, late bool) {
		t.Helper()
		if c := j.Confirmation(t, session); c.AttemptsLeft != left || c.NewestCodeIsLate != late {
			t.Errorf("%d attempts are left, and the time of the letter is over: %t, want %d and %t", c.AttemptsLeft, c.NewestCodeIsLate, left, late)
		}
	}
	for i := range confirm.MaxAttempts + 2 {
		want(max(0, confirm.MaxAttempts-i), false)
		j.TypeCode(t, session, "AAAAAA")
	}
	j.Pass(j.LinkTTL)
	want(0, true)
	j.Resend(t, session)
	want(confirm.MaxAttempts, false)
}

// TestTheCodeOfAPastedLetterConfirms pastes a whole letter. Some of its words are made
// of the same characters as codes.
func TestTheCodeOfAPastedLetterConfirms(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		j := journeytest.New(t, unlimited)
		for range 20 { // some codes have no digit
			j.MembersLeave(t)
			session := j.Finished(t)
			_, err := j.Submit(t.Context(), session, []string{"keep"}, l, "")
			journeytest.Must(t, err)
			j.WantCodeResult(t, session, j.Letter(t, mail.Confirm).Text, "confirmed 0")
		}
	}
}

func TestWhatCannotBeACodeCostsNoAttempt(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, typed string
		want        confirm.CodeResult
	}{
		{"nothing", "", confirm.CodeMalformed},
		{"something invisible", "\u200b", confirm.CodeMalformed},
		{"a character less", "CT973", confirm.CodeMalformed},
		{"a character more", "CT973WA", confirm.CodeMalformed},
		{"a letter that no code has", "CT973O", confirm.CodeMalformed},
		{"the label alone", "Your code:", confirm.CodeMalformed},
		{"the label and a half", "code CT9", confirm.CodeMalformed},
		{"a code of another device", "CT973WAA", confirm.CodeForHandoff},
		{"that code in two halves", "ct97 3waa", confirm.CodeForHandoff},
		{"that code with its label", "Code : CT97-3WAA.", confirm.CodeForHandoff},
		{"a code that puts answers back", "CT973WAAA", confirm.CodeForMember},
		{"that code in groups", "ct9 73w aaa", confirm.CodeForMember},
		{"that code in groups with its label", "Your code: CT9-73W-AAA.", confirm.CodeForMember},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			j := journeytest.New(t)
			session := j.Submitted(t)
			for range confirm.MaxAttempts {
				j.WantCodeResult(t, session, tt.typed, fmt.Sprint(tt.want, " 0"))
				wantLinkCode(t, j, j.ConfirmToken(t), tt.typed, member.Accept, tt.want, 0)
			}
			j.WantCodeResult(t, session, "AAAAAA", "mistyped 4")
		})
	}
}
