package join

import (
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"joinery/app/access"
	"joinery/app/db"
	"joinery/app/member"
)

// TestWhoIsDoubtedHasTheCodeAndTheirBrowser after a machine pressed everything,
// in either order.
func TestWhoIsDoubtedHasTheCodeAndTheirBrowser(t *testing.T) {
	for name, order := range map[string][]member.Choice{
		"yes first": {member.Accept, member.Decline, member.ConfirmDecline, member.Accept},
		"no first":  {member.Decline, member.Accept, member.ConfirmDecline, member.Decline},
	} {
		t.Run(name, func(t *testing.T) {
			overStores(t, func(t *testing.T, b *bench) {
				doubted := func() (id, token string) {
					id = b.sent(t)
					token = b.proof(t)
					for _, p := range order {
						b.pass(time.Second)
						b.press(t, token, p)
					}
					b.pass(time.Hour)
					b.settle(t)
					b.wantLink(t, token, ScannerSuspected)
					return id, token
				}
				id, token := doubted()
				if l := b.link(t, token); !l.ScannerSuspected() || !b.Own(t.Context(), l, id) {
					t.Error("it is not known that a machine follows the link, or whose it is")
				}
				fine(t, b.Confirm(t.Context(), b.link(t, token)))
				b.wantLink(t, token, Used)
				_, token = doubted()
				b.wantProof(t, token, b.proofCode(t), member.Accept, Used, 0)
				_, token = doubted()
				b.wantProof(t, token, b.proofCode(t), member.ConfirmDecline, Withdrawn, 0)
				b.wantCount(t, "members", 1)
			})
		})
	}
}

// TestAPressSurvivesACrash opens the same file again, as the program does that
// comes after.
func TestAPressSurvivesACrash(t *testing.T) {
	t.Parallel()
	for press, want := range map[member.Choice]LinkStatus{member.Accept: Used, member.ConfirmDecline: Withdrawn} {
		t.Run(string(press), func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "members.db")
			b := benches["embedded"](t)
			open := func() {
				file, err := db.Open(t.Context(), path, db.PowerLoss, db.Migrations())
				fine(t, err)
				t.Cleanup(func() { file.Close() })
				b.file, b.Members, b.Access = file, member.NewStore(file), access.NewStore(file)
			}
			open()
			b.sent(t)
			token := b.proof(t)
			b.press(t, token, press)
			b.pass(time.Second)
			fine(t, b.file.Close())
			open()
			b.settle(t)
			if got := b.link(t, token).Status; got == want {
				t.Errorf("after a second it is %s", got)
			}
			b.pass(24 * time.Hour) // for which nobody started it
			b.settle(t)
			b.wantLink(t, token, want)
		})
	}
}

func TestWhatIsPressedOnAnOldLink(t *testing.T) {
	ages := map[LinkStatus]func(t *testing.T, b *bench, id string){
		Late:       func(_ *testing.T, b *bench, _ string) { b.pass(b.LinkTTL) },
		Superseded: func(t *testing.T, b *bench, id string) { b.again(t, id) },
	}
	for standing, age := range ages {
		for _, press := range []member.Choice{member.Accept, member.Resend, member.Decline, member.ConfirmDecline} {
			t.Run(fmt.Sprint(press, " when it is ", standing), func(t *testing.T) {
				overStores(t, func(t *testing.T, b *bench) {
					id := b.sent(t)
					token := b.proof(t)
					age(t, b, id)
					b.wantLink(t, token, standing)
					b.press(t, token, press)
					b.pass(confirmDelay)
					b.settle(t)
					b.wantLink(t, token, standing)
					b.wantCount(t, "members", 0)
				})
			})
		}
	}
}

// TestAMachineOnAnOldLinkDoesNotDeleteEither presses what is on its page.
func TestAMachineOnAnOldLinkDoesNotDeleteEither(t *testing.T) {
	t.Parallel()
	for _, order := range [][]member.Choice{{member.Resend, member.Decline, member.ConfirmDecline}, {member.ConfirmDecline, member.Resend}, {member.ConfirmDecline}} {
		b := benches["embedded"](t)
		id := b.sent(t)
		old := b.proof(t)
		b.again(t, id)
		for _, p := range order {
			b.press(t, old, p)
		}
		b.pass(confirmDelay)
		b.settle(t)
		b.wantLink(t, old, Superseded)
		b.wantLink(t, b.proof(t), Open)
	}
}

// TestWhoHasPressedNeedNotWait opens the link in their own browser meanwhile.
func TestWhoHasPressedNeedNotWait(t *testing.T) {
	t.Parallel()
	for _, p := range []member.Choice{member.Accept, member.Decline, member.ConfirmDecline} {
		b := benches["embedded"](t)
		b.sent(t)
		token := b.proof(t)
		b.press(t, token, p)
		b.pass(time.Second)
		b.confirmed(t)
		b.wantLink(t, token, Used)
		b.pass(confirmDelay)
		b.settle(t)
		b.wantCount(t, "members", 1)
		b.wantCount(t, "mails WHERE kind IN ('welcome', 'updated')", 1)
	}
}

// TestYesCountsThoughANewerLetterIsWritten, or the link's own time ends.
func TestYesCountsThoughANewerLetterIsWritten(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		id := b.sent(t)
		token := b.proof(t)
		b.pass(time.Minute)
		b.press(t, token, member.Accept)
		fine(t, b.ResendConfirmation(t.Context(), id, ""))
		b.wantLink(t, token, Confirming)
		fresh := b.proof(t)
		b.pass(confirmDelay)
		b.settle(t)
		for _, token := range []string{token, fresh} {
			b.wantLink(t, token, Used)
		}
		b.wantCount(t, "mails WHERE kind = 'confirm' AND state = 'waiting'", 0)

		b.sent(t)
		token = b.proof(t)
		b.pass(b.LinkTTL - time.Second)
		b.press(t, token, member.Accept)
		b.pass(confirmDelay)
		b.wantLink(t, token, Confirming)
		b.settle(t)
		b.wantLink(t, token, Used)
	})
}

func TestWhatEndsBeforeAPressCounts(t *testing.T) {
	endings := map[LinkStatus]func(t *testing.T, b *bench, id string){
		Gone:     func(_ *testing.T, b *bench, _ string) { b.now = noon.Add(b.WaitingTTL) },
		Replaced: func(t *testing.T, b *bench, id string) { fine(t, b.ChangeEmail(t.Context(), id, "zoe@example.ca", "")) },
		Withdrawn: func(t *testing.T, b *bench, id string) {
			fine(t, b.Members.Withdraw(t.Context(), b.application(t, id).ID, b.now))
		},
	}
	for want, end := range endings {
		t.Run(string(want), func(t *testing.T) {
			overStores(t, func(t *testing.T, b *bench) {
				id := b.sent(t)
				b.now = noon.Add(b.WaitingTTL - 12*time.Hour)
				b.again(t, id)
				token := b.proof(t)
				b.now = noon.Add(b.WaitingTTL - time.Second)
				b.press(t, token, member.Accept)
				b.wantLink(t, token, Confirming)
				end(t, b, id)
				for range 2 {
					b.pass(confirmDelay)
					b.settle(t)
					b.wantLink(t, token, want)
					fine(t, b.Expire(t.Context()))
				}
				b.wantCount(t, "members", 0)
				b.wantCount(t, "links WHERE pending_choice <> ''", 0)
			})
		})
	}
}

// TestAllAtOnceMakeOneMember has Yes pressed ten times, the applicant's browser
// open the link ten times and the presses settled, all at the same time.
func TestAllAtOnceMakeOneMember(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		b.sent(t)
		token := b.proof(t)
		before := b.link(t, token)
		b.press(t, token, member.Accept)
		b.pass(confirmDelay)
		var all sync.WaitGroup
		try := func(doing string, do func() error) {
			all.Go(func() {
				if err := do(); err != nil {
					t.Errorf("%s: %v", doing, err)
				}
			})
		}
		for range 10 {
			try("Press", func() error { return b.RecordChoice(t.Context(), before, member.Accept, false) })
			try("Confirm", func() error { return b.Confirm(t.Context(), before) })
			try("Settle", func() error { return b.ApplyPendingChoices(t.Context()) })
		}
		all.Wait()
		b.settle(t)
		b.wantLink(t, token, Used)
		b.wantCount(t, "members", 1)
		b.wantCount(t, "mails WHERE kind IN ('welcome', 'updated')", 1)
		b.wantCount(t, "links WHERE pending_choice <> ''", 0)
	})
}

// TestOneThatCannotBeSettledHoldsUpNoOther has the answers of one application
// damaged.
func TestOneThatCannotBeSettledHoldsUpNoOther(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	b.sent(t)
	damaged := b.proof(t)
	b.sent(t)
	token := b.proof(t)
	b.press(t, damaged, member.Accept)
	b.press(t, token, member.Accept)
	_, err := b.file.Write().ExecContext(t.Context(), `CREATE TRIGGER refuse BEFORE UPDATE ON applications
		WHEN OLD.id = (SELECT application FROM links ORDER BY id LIMIT 1) BEGIN SELECT RAISE(ABORT, 'refused'); END`)
	fine(t, err)
	b.pass(confirmDelay)
	if err := b.ApplyPendingChoices(t.Context()); err == nil || errors.Is(err, member.ErrNotFound) {
		t.Errorf("Settle: %v, want it to say what failed", err)
	}
	b.wantLink(t, damaged, Confirming)
	b.wantLink(t, token, Used)
}
