package cli

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"joinery/app/consent"
	"joinery/app/i18n"
	"joinery/app/journeytest"
	"joinery/app/member"
)

// The tests of this file run in synctest bubbles, where hours pass at once.

// shortLived is the setup of a journey by the clock of the bubble.
func shortLived(s *journeytest.Setup) {
	s.Now = time.Now
	s.DraftTTL, s.WaitingTTL, s.RemindBefore = 5*time.Hour, time.Hour, 2*time.Hour
}

// working has the work go on that the program does beside the site, over the rooms
// of a journey, until stop.
func working(t *testing.T, j *journeytest.Journey, log *slog.Logger) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	var all sync.WaitGroup
	parts := &Parts{
		Wizard: j.Wizard, Confirm: j.Confirm, Resume: j.Resume, log: log,
		consents: consent.NewStore(j.File, nil), consentKeep: 24 * time.Hour, now: j.Now,
	}
	for _, work := range parts.Work() {
		all.Go(func() {
			if err := work(ctx); err != nil {
				t.Errorf("the work ends with %v", err)
			}
		})
	}
	synctest.Wait()
	return func() { cancel(); all.Wait() }
}

var quiet = slog.New(slog.DiscardHandler)

func TestEveryHourApplicationsExpireAndDraftsEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j := journeytest.New(t, shortLived)
		defer working(t, j, quiet)()
		b := j.Reminded(t)
		j.Submitted(t)
		time.Sleep(j.WaitingTTL + 90*time.Minute)
		j.WantCount(t, "applications WHERE state = 'expired'", 1)
		time.Sleep(j.DraftTTL - j.RemindBefore - j.WaitingTTL)
		j.WantCount(t, "mails WHERE kind = 'reminder'", 1)
		b.WantNext(t, "")
		time.Sleep(j.RemindBefore)
		b.WantNoDraft(t)
		j.WantCount(t, "draft_access", 0)
	})
}

func TestAChoiceTakesEffectWithinSeconds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j := journeytest.New(t, shortLived)
		defer working(t, j, quiet)()
		j.Submitted(t)
		j.Choose(t, j.ConfirmToken(t), member.Accept)
		time.Sleep(9 * time.Second)
		j.WantCount(t, "members", 0)
		time.Sleep(3 * time.Second)
		j.WantCount(t, "members", 1)
	})
}

// TestLinkOpensAreStoredEveryMinute and once more at the end.
func TestLinkOpensAreStoredEveryMinute(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j := journeytest.New(t, shortLived)
		stop := working(t, j, quiet)
		j.Submitted(t)
		l := j.ConfirmLink(t, j.ConfirmToken(t))
		j.Confirm.RecordOpen(t.Context(), l, http.MethodGet, false)
		time.Sleep(61 * time.Second)
		j.WantCount(t, "link_opens WHERE kind = 'stranger' AND count = 1", 1)
		j.Confirm.RecordOpen(t.Context(), l, http.MethodGet, false)
		stop()
		j.WantCount(t, "link_opens WHERE kind = 'stranger' AND count = 2", 1)
	})
}

// TestSubmittedDraftsAreClearedEveryMinute where the store failed before.
func TestSubmittedDraftsAreClearedEveryMinute(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j := journeytest.New(t, shortLived)
		store := j.HookDrafts(t)
		defer working(t, j, quiet)()
		store.BeforeDelete = func(string) error { return errors.New("the store has failed") }
		j.Submitted(t)
		store.BeforeDelete = nil
		if left := j.KeptDrafts(t); len(left) != 1 {
			t.Errorf("the store keeps the drafts %q, want the one that it could not delete", left)
		}
		time.Sleep(61 * time.Second)
		if left := j.KeptDrafts(t); len(left) > 0 {
			t.Errorf("the store still keeps the drafts %q", left)
		}
	})
}

// TestNothingWaitsForASlowHourlyJob: neither requests for links nor the jobs of the
// minute and of the second.
func TestNothingWaitsForASlowHourlyJob(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j := journeytest.New(t, shortLived)
		store := j.HookDrafts(t)
		slow := j.Reminded(t).Progress(t).Draft.Key
		time.Sleep(j.DraftTTL - j.RemindBefore)
		var looked atomic.Bool
		store.BeforeLoad = func(key string) error {
			if key == slow {
				time.Sleep(30 * time.Minute)
				looked.Store(true)
			}
			return nil
		}
		defer working(t, j, quiet)() // at once the job of the hour looks at the draft

		j.BegunWith(t, "ann@example.ca")
		j.Resume.RequestLink("ann@example.ca", i18n.English, "")
		synctest.Wait()
		j.WantCount(t, "mails WHERE kind = 'resume' AND address_key = '"+j.AddressKey("ann@example.ca")+"'", 1)

		session := j.FinishedAs(t, "bob@example.ca")
		j.MustSubmit(t, session)
		token := j.ConfirmToken(t)
		j.Confirm.RecordOpen(t.Context(), j.ConfirmLink(t, token), http.MethodGet, false)
		j.Choose(t, token, member.Accept)
		time.Sleep(12 * time.Second)
		j.WantCount(t, "members", 1)
		time.Sleep(time.Minute)
		j.WantCount(t, "link_opens WHERE kind = 'stranger' AND count = 1", 1)

		if looked.Load() {
			t.Error("the job of the hour was not slow")
		}
		time.Sleep(30 * time.Minute)
		j.WantCount(t, "mails WHERE kind = 'reminder'", 1)
	})
}

// A failureLog keeps what was logged as failed and to be tried again.
type failureLog struct {
	mu       sync.Mutex
	failures []string
}

func (l *failureLog) Handle(_ context.Context, r slog.Record) error {
	if failed, ok := strings.CutSuffix(r.Message, "; will try again"); ok {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.failures = append(l.failures, failed)
	}
	return nil
}

func (l *failureLog) Enabled(context.Context, slog.Level) bool { return true }
func (l *failureLog) WithAttrs([]slog.Attr) slog.Handler       { return l }
func (l *failureLog) WithGroup(string) slog.Handler            { return l }

func TestAJobThatFailsIsLoggedAndDoneAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j, log := journeytest.New(t, shortLived), new(failureLog)
		stop := working(t, j, slog.New(log))
		j.Submitted(t)
		j.Confirm.RecordOpen(t.Context(), j.ConfirmLink(t, j.ConfirmToken(t)), http.MethodGet, false)
		journeytest.Must(t, j.File.Close())
		time.Sleep(90*time.Minute + 500*time.Millisecond)
		stop()
		got, want := make(map[string]int), map[string]int{
			"applications not expired": 1, "former answers not cleared": 1, "new addresses not cleared": 1, "consents not emptied": 1, "drafts not reminded of": 1, "drafts not swept": 1, "counts of new drafts not swept": 1,
			"link opens not counted": 91, "submitted drafts not cleared": 90, "choices not applied": 90 * 60,
		}
		for _, failed := range log.failures {
			got[failed]++
		}
		if !maps.Equal(got, want) {
			t.Errorf("the failures that were logged are %v, want %v", got, want)
		}
	})
}

// TestTheHourlyJobsKeepTheirOrder has each of them fail, for some hours.
func TestTheHourlyJobsKeepTheirOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j, log := journeytest.New(t, shortLived), new(failureLog)
		journeytest.Must(t, j.File.Close())
		stop := working(t, j, slog.New(log))
		time.Sleep(5*time.Hour + time.Minute)
		stop()
		order := []string{"applications not expired", "former answers not cleared", "new addresses not cleared", "consents not emptied", "drafts not reminded of", "drafts not swept"}
		hourly := slices.DeleteFunc(log.failures, func(failed string) bool { return !slices.Contains(order, failed) })
		if want := slices.Repeat(order, 6); !slices.Equal(hourly, want) {
			t.Errorf("the jobs were done in the order %q, want %q again and again", hourly, order)
		}
	})
}

// TestAScheduleEndsWithItsContext: a job that fails for that reason is not logged,
// and those of the end have time.
func TestAScheduleEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log := new(failureLog)
		ctx, cancel := context.WithCancel(t.Context())
		var done []string
		s := schedule{
			every: time.Minute,
			jobs: []job{{"not waited", func(ctx context.Context) error {
				done = append(done, "waits")
				<-ctx.Done()
				return ctx.Err()
			}}},
			atEnd: []job{{"not ended", func(ctx context.Context) error {
				done = append(done, "ends")
				return ctx.Err()
			}}},
		}
		time.AfterFunc(90*time.Second, cancel)
		begun := time.Now()
		journeytest.Must(t, s.run(ctx, slog.New(log)))
		if took := time.Since(begun); took != 90*time.Second || !slices.Equal(done, []string{"waits", "ends"}) || len(log.failures) > 0 {
			t.Errorf("after %v %q were done, and %q failed", took, done, log.failures)
		}
	})
}
