package resume_test

import (
	"context"
	"log/slog"
	"testing"
	"testing/synctest"
	"time"

	"joinery/app/i18n"
	"joinery/app/journeytest"
	"joinery/app/resume"
)

// run has requests attended to in a synctest bubble until stop, which returns how
// long it took to end.
func run(t *testing.T, j *journeytest.Journey) (stop func() time.Duration) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- j.Resume.Run(ctx) }()
	synctest.Wait()
	return func() time.Duration {
		begun := time.Now()
		cancel()
		journeytest.Must(t, <-ended)
		return time.Since(begun)
	}
}

func TestRunAttendsToARequestAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j := journeytest.New(t)
		defer run(t, j)()
		b := j.BegunWith(t, "zoe@example.ca")
		j.Resume.RequestLink("zoe@example.ca", i18n.English, "")
		synctest.Wait()
		journeytest.WantSameDraft(t, j.Enter(t, j.ResumeLink(t, j.ResumeToken(t)), "submission"), b)
	})
}

// requestThree asks for links to the drafts of three addresses.
func requestThree(j *journeytest.Journey) {
	for _, address := range threeAddresses {
		j.Resume.RequestLink(address, i18n.English, "")
	}
}

var threeAddresses = []string{"ann@example.ca", "bob@example.ca", "zoe@example.ca"}

// TestRequestsAreNotLostAtTheEnd of the program: their answer said that a letter
// comes.
func TestRequestsAreNotLostAtTheEnd(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		for _, address := range threeAddresses {
			j.BegunWith(t, address)
		}
		requestThree(j)
		ended, cancel := context.WithCancel(t.Context())
		cancel()
		journeytest.Must(t, j.Resume.Run(ended))
		j.WantCount(t, "mails WHERE kind = 'resume'", 3)
	})
}

// TestRequestsAreLostWhenTheDatabaseIsLockedForLong at the end of the program,
// which does not wait for ever, and says how many.
func TestRequestsAreLostWhenTheDatabaseIsLockedForLong(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		lost := new(lostRequests)
		j := journeytest.New(t, func(s *journeytest.Setup) { s.Log = slog.New(lost) })
		for _, address := range threeAddresses {
			j.BegunWith(t, address)
		}
		stop := run(t, j)
		writer, err := j.File.Write().Conn(t.Context())
		journeytest.Must(t, err)
		requestThree(j)
		synctest.Wait()
		if took := stop(); took != resume.DrainTime {
			t.Errorf("Run ends after %v, want it to try for %v", took, resume.DrainTime)
		}
		if lost.n != 3 {
			t.Errorf("the log tells of %d requests that were lost, want 3", lost.n)
		}
		journeytest.Must(t, writer.Close())
		j.WantCount(t, "mails WHERE kind = 'resume'", 0)
	})
}

// A lostRequests is a log that counts the requests of which it says that they were
// lost.
type lostRequests struct{ n int64 }

func (l *lostRequests) Handle(_ context.Context, r slog.Record) error {
	switch r.Message {
	case "a link that was asked for was not sent":
		l.n++
	case "links that were asked for are not sent: there was no more time":
		r.Attrs(func(a slog.Attr) bool { l.n += a.Value.Int64(); return true })
	}
	return nil
}

func (l *lostRequests) Enabled(context.Context, slog.Level) bool { return true }
func (l *lostRequests) WithAttrs([]slog.Attr) slog.Handler       { return l }
func (l *lostRequests) WithGroup(string) slog.Handler            { return l }
