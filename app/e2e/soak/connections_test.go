//go:build e2e

package soak

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"testing"
	"time"

	"joinery/app/e2e/harness"
)

// Attacks are what clients do with their connections: what they send first, and again
// each second. None of them reads an answer.
var attacks = []attack{
	{name: "idle"},
	{name: "slow-head", first: "GET /en HTTP/1.1\r\nHost: x\r\n", again: "X: y\r\n"},
	{name: "slow-body", first: "POST /en/apply/about HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 390000\r\n\r\n", again: "x"},
	{name: "slow-read", first: "GET /en HTTP/1.1\r\nHost: x\r\n\r\n", again: "GET /en HTTP/1.1\r\nHost: x\r\n\r\n"},
}

func TestConnectionsKeepNobodyOut(t *testing.T) {
	for _, a := range length(attacks[:2], attacks) {
		for _, a.connections = range length([]int{1024}, []int{1024, 5000}) {
			for _, a.addresses = range []int{1, 250} {
				t.Run(fmt.Sprintf("%s %d from %d", a.name, a.connections, a.addresses), func(t *testing.T) { a.keepNobodyOut(t, 16384) })
			}
		}
	}
}

// TestFewDescriptorsAreEnough lets the program open no more files than many systems do.
func TestFewDescriptorsAreEnough(t *testing.T) {
	a := attacks[0]
	a.connections, a.addresses = length(1500, 5000), 250
	a.keepNobodyOut(t, 1024)
}

// The limits of what a person may notice, and of memory in megabytes.
const (
	mostDelay  = 500 * time.Millisecond
	mostMemory = 256
)

// keepNobodyOut attacks a program that may open so many files, and measures what others
// notice.
func (a attack) keepNobodyOut(t *testing.T, files int) {
	s := harness.NewSettings(t, nil)
	p := start(t, s, files)
	ask(s["BASE_URL"]+"/en", t) // which makes what the first page needs
	before := p.memory(t)
	stood, end := a.begin(t, s["ADDR"])
	probe, page, peak := p.timePages(t, s["BASE_URL"], length(5*time.Second, 20*time.Second))
	end()
	after := p.restingMemory(t, before)
	if probe > mostDelay || page > mostDelay || peak-before > mostMemory || after-before > mostMemory/2 {
		t.Errorf("a probe takes %v, a page %v; memory grows from %d MB to %d and is %d after", probe, page, before, peak, after)
	}
	t.Attr("measured", fmt.Sprintf("%d stood; probe %v, page %v; memory %d, %d, %d MB", stood, probe.Round(time.Millisecond), page.Round(time.Millisecond), before, peak, after))
}

// timePages asks for a probe and a page, each on a new connection, for a time. It
// returns the 99th percentiles of their times, and the most memory meanwhile.
func (p *program) timePages(t *testing.T, base string, during time.Duration) (probe, page time.Duration, peak int) {
	t.Helper()
	var probes, pages []time.Duration
	for begun := time.Now(); time.Since(begun) < during; time.Sleep(20 * time.Millisecond) {
		probes = append(probes, ask(base+"/healthz", t))
		pages = append(pages, ask(base+"/en", t))
		peak = max(peak, p.memory(t))
	}
	return percentile99(probes), percentile99(pages), peak
}

// restingMemory returns the memory of the program once it has given back what it can:
// within 30 seconds, if there is more than before.
func (p *program) restingMemory(t *testing.T, before int) (after int) {
	t.Helper()
	for begun := time.Now(); time.Since(begun) < 30*time.Second; time.Sleep(time.Second) {
		if after = p.memory(t); after-before <= mostMemory/2 {
			break
		}
	}
	return after
}

func percentile99(all []time.Duration) time.Duration {
	slices.Sort(all)
	return all[(len(all)*99-1)/100]
}

// ask asks for a page on a new connection and returns how long the answer takes.
func ask(url string, t *testing.T) time.Duration {
	t.Helper()
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: 20 * time.Second}
	begun := time.Now()
	r, err := client.Get(url)
	if err != nil {
		t.Errorf("%s has no answer: %v", url, err)
		return time.Since(begun)
	}
	defer r.Body.Close()
	if _, err := io.Copy(io.Discard, r.Body); err != nil || r.StatusCode != http.StatusOK {
		t.Errorf("%s is %s, %v", url, r.Status, err)
	}
	return time.Since(begun)
}
