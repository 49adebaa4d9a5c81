package join

import (
	"context"
	"testing"

	"joinery/app/mail"
	"joinery/app/member"
	"joinery/app/token"
)

// TestAnInterruptedCorrectionOfTheAddress ends the program after each of its
// steps, and then does what people do: look, press again, ask again, or use what
// came by mail.
func TestAnInterruptedCorrectionOfTheAddress(t *testing.T) {
	steps := []struct {
		name  string
		do    func(*bench, context.Context, member.Application) error
		email string
	}{
		{"before anything", func(*bench, context.Context, member.Application) error { return nil }, "Zoe@hospital.example"},
		{"after another correction had begun", (*bench).mark, "Zoe@hospital.example"},
		{"after the other one was written", (*bench).replace, "right@example.ca"},
	}
	for _, step := range steps {
		t.Run(step.name, func(t *testing.T) {
			overStores(t, func(t *testing.T, b *bench) {
				b.Limits.PerAddress = mail.Budget{}
				interrupted := func() (id string, was member.Application, old string) {
					id = b.sent(t)
					was, old = b.application(t, id), b.proof(t)
					fine(t, step.do(b, t.Context(), was))
					return id, was, old
				}
				id, was, old := interrupted()
				if a := b.application(t, id); a.State != member.Waiting || a.Email != step.email {
					t.Errorf("the browser sees the application %s, of %q, want it waiting, of %s", a.State, a.Email, step.email)
				}
				fine(t, b.ChangeEmail(t.Context(), id, "right@EXAMPLE.ca", ""))
				b.wantMoved(t, was, old, id)
				b.again(t, id)
				b.confirmed(t)

				id, _, _ = interrupted()
				fine(t, b.StartCorrection(t.Context(), id))
				w := &browser{bench: b, id: id}
				if got := w.progress(t).Draft.Typed(b.Form).First("pet"); got != "none" {
					t.Errorf("to be corrected there is %q, want the answers", got)
				}
				b.send(t, id)
				b.confirmed(t)

				id, _, _ = interrupted()
				b.again(t, id)
				b.confirmed(t)
				if a := b.application(t, id); a.State != member.Confirmed {
					t.Errorf("after the confirmation the browser sees the application %s", a.State)
				}
				b.wantCount(t, "applications WHERE state = 'waiting'", 0)
			})
		})
	}
}

// mark does the first step of Reopen.
func (b *bench) mark(ctx context.Context, a member.Application) error {
	return b.Members.StartCorrection(ctx, a.ID, correctionKey(a.Draft))
}

// replace does the first step of Readdress.
func (b *bench) replace(ctx context.Context, a member.Application) error {
	a.Replaces, a.ID, a.Draft, a.Email, a.Sent = a.ID, token.Secret(), correctionKey(a.Draft), "right@example.ca", b.now
	a.Answers["mail"] = []string{"right@EXAMPLE.ca"}
	return b.submit(ctx, a, "")
}
