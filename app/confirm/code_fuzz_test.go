package confirm_test

import (
	"strings"
	"testing"

	"joinery/app/confirm"
	"joinery/app/journeytest"
	"joinery/app/token"
)

// FuzzVerifyCode checks that a text costs one attempt at most, and none if it can mean no
// code.
func FuzzVerifyCode(f *testing.F) {
	for _, typed := range []string{
		"", "AAAAAA", "AAA AAA", "ct9-73w.", "Your code: CT973W", "Votre code\u00a0: CT9 73W", "CT97 3WAA", "AAAAAA CCCCCC DDDDDD EEEEEE FFFFFF",
		"ＣＴ９７３Ｗ", "\u200bCT\u00ad973W\ufeff", "code", "\x00\xff", "THE TYPE THE PAGE", "CT9 73W AAA", "code ct9-73w-aaa.", "CT973WAAA", strings.Repeat("A C D E ", 100),
	} {
		f.Add(typed)
	}
	j := journeytest.New(f)
	session := j.Submitted(f)
	f.Fuzz(func(t *testing.T, typed string) {
		before := j.Confirmation(t, session).AttemptsLeft
		result, left, err := j.VerifyCode(t.Context(), session, typed)
		journeytest.Must(t, err)
		cost := before - j.Confirmation(t, session).AttemptsLeft
		if possible := len(token.Codes(typed, token.ConfirmLength)) > 0 && !token.IsCode(typed, token.MemberLength); cost != 0 && !possible || cost > 1 || possible != (result == confirm.CodeMistyped || result == confirm.CodeSpent) {
			t.Errorf("%q is %s and costs %d attempts, %d are left", typed, result, cost, left)
		}
		exec(t, j, `UPDATE links SET attempts = 0`)
	})
}
