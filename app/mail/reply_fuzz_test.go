package mail

import "testing"

// FuzzReply checks that no reply of a server but one for good to a recipient or a letter
// blames the address, and that its code is of the class of its status.
func FuzzReply(f *testing.F) {
	for _, text := range []string{"5.1.1 no such user", "4.2.2 full", "no mailbox here (#5.1.1)", "5.7.1 relaying denied", "5.1.0 sender rejected", "5.999.999", "", "\xff5.1.1"} {
		f.Add(550, text)
	}
	f.Fuzz(func(t *testing.T, code int, text string) {
		r := newReply(code, text)
		if r.status != "" && int(r.status[0]-'0') != code/100 {
			t.Errorf("%d %q has the status %s", code, text, r.status)
		}
		for _, step := range []string{recipient, content, "the greeting"} {
			blames := r.cause(step) == Address
			if blames && (code/100 != 5 || step == "the greeting") {
				t.Errorf("%d %q to %s blames the address", code, text, step)
			}
		}
	})
}
