//go:build e2e

package soak

import (
	"fmt"
	"io"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"joinery/app/e2e/harness"
)

// TestAStopLosesNoRequest stops the site again and again while 32 clients, each with a
// connection of its own, save the answers of their drafts one time after the other.
func TestAStopLosesNoRequest(t *testing.T) {
	t.Parallel()
	const clients = 32
	stops, s := length(3, 20), harness.NewSettings(t, nil)
	var sent, lost int
	var slowest time.Duration
	var applicants []*harness.Applicant
	for range stops {
		p := start(t, s, 4096)
		for len(applicants) < clients {
			a := harness.NewApplicant(t, s)
			a.Save("/en/apply/about", harness.Zoe[0].Answers)
			applicants = append(applicants, a)
		}
		l := beginLoad(s["BASE_URL"]+"/en/apply/about/save", applicants)
		time.Sleep(300 * time.Millisecond)
		l.stopped.Store(time.Now().UnixNano())
		slowest = max(slowest, p.stop(t))
		l.end()
		sent, lost = sent+int(l.sent.Load()), lost+int(l.lost.Load())
	}
	if sent == 0 {
		t.Error("no request was sent before a stop")
	}
	if lost > 0 || slowest > 10*time.Second {
		t.Errorf("%d of %d requests that were sent before a stop are lost, and the longest stop takes %v", lost, sent, slowest)
	}
	t.Attr("measured", fmt.Sprintf("%d stops under load of %d connections: %d of %d requests lost, longest stop %v", stops, clients, lost, sent, slowest.Round(time.Millisecond)))
}

// A load is clients that save the answers of their drafts, one request after the other,
// until it ends.
type load struct {
	stopped    atomic.Int64 // when the site was told to stop; 0: it was not
	over       atomic.Bool
	sent, lost atomic.Int64 // of the requests that were sent before
	all        sync.WaitGroup
}

func beginLoad(url string, applicants []*harness.Applicant) *load {
	l := &load{}
	for _, a := range applicants {
		client := &http.Client{Jar: a.Jar, Transport: &http.Transport{}, Timeout: 20 * time.Second}
		l.all.Go(func() {
			defer client.CloseIdleConnections()
			for !l.over.Load() {
				l.ask(client, url)
			}
		})
	}
	return l
}

// ask sends a request, and counts it if it was sent before the stop. A request that the
// client itself sends again on a new connection would hide a loss, so it is a POST.
func (l *load) ask(client *http.Client, url string) {
	begun := time.Now().UnixNano()
	status, err := post(client, url)
	if stopped := l.stopped.Load(); stopped > 0 && begun >= stopped {
		if err != nil {
			time.Sleep(10 * time.Millisecond) // the site has ended
		}
		return
	}
	l.sent.Add(1)
	if err != nil || status != http.StatusOK {
		l.lost.Add(1)
	}
}

func post(client *http.Client, url string) (status int, err error) {
	r, err := client.PostForm(url, harness.Zoe[0].Answers)
	if err != nil {
		return 0, err
	}
	defer r.Body.Close()
	_, err = io.Copy(io.Discard, r.Body)
	return r.StatusCode, err
}

func (l *load) end() {
	l.over.Store(true)
	l.all.Wait()
}
