//go:build e2e

package process

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"
)

// Longest are the longest times that a test has measured, for the table of make soak.
type longest struct {
	sync.Mutex
	whats []string
	took  map[string]time.Duration
}

// longestOf has the longest times of each test.
var longestOf sync.Map

// measure notes how long something took in a test. At its end the test tells the longest.
func measure(t *testing.T, what string, took time.Duration) {
	noted, there := longestOf.LoadOrStore(t, &longest{took: make(map[string]time.Duration)})
	l := noted.(*longest)
	l.Lock()
	defer l.Unlock()
	if _, known := l.took[what]; !known {
		l.whats = append(l.whats, what)
	}
	l.took[what] = max(l.took[what], took)
	if !there {
		t.Cleanup(func() { t.Attr("measured", l.String()) })
	}
}

func (l *longest) String() string {
	l.Lock()
	defer l.Unlock()
	var all []string
	for _, what := range l.whats {
		all = append(all, fmt.Sprintf("%s %v", what, l.took[what].Round(time.Millisecond)))
	}
	return strings.Join(all, ", ")
}
