package metrics

import (
	"context"
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"
)

// names returns the names of everything that the program tells Prometheus.
func names(t *testing.T) map[string]bool {
	t.Helper()
	m := New("development")
	m.Request("GET", "/en", 200, time.Second)
	m.Step("begun", "", "en", "2026")
	m.Ask(func(context.Context) Standing {
		return Standing{
			Ready: map[string]bool{"drafts": true}, Mail: []Letters{{Kind: "confirm", State: "waiting"}},
			Budgets: map[string]Use{MailTotal: {}}, Disk: Disk{Size: 1},
		}
	})
	told, err := m.registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	found := make(map[string]bool)
	for _, family := range told {
		found[family.GetName()] = true
	}
	return found
}

var (
	metric = regexp.MustCompile(`\b(?:joinery|process|go)_[a-z_]+\b`)
	part   = regexp.MustCompile(`_(?:bucket|sum|count)$`)
)

// TestWhatIsWatchedIsCounted looks for each name in the alerts and the dashboard among
// those that the program tells, and the other way round.
func TestWhatIsWatchedIsCounted(t *testing.T) {
	t.Parallel()
	counted, watched := names(t), make(map[string]bool)
	for _, file := range []string{"alerts.yaml", "grafana.json"} {
		text, err := os.ReadFile("../../deploy/" + file)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range metric.FindAllString(string(text), -1) {
			if !counted[name] {
				name = part.ReplaceAllString(name, "")
			}
			if watched[name] = true; !counted[name] {
				t.Errorf("%s watches %s, which nothing counts", file, name)
			}
		}
	}
	for name := range counted {
		if strings.HasPrefix(name, prefix) && !watched[name] {
			t.Errorf("%s is counted, and nothing in deploy/ watches it", name)
		}
	}
}

// TestTheDashboardIsJSON also wants each panel to ask for something, at a place of its own.
func TestTheDashboardIsJSON(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../deploy/grafana.json")
	if err != nil {
		t.Fatal(err)
	}
	type place struct{ X, Y int }
	var board struct {
		Panels []struct {
			Title   string
			GridPos place
			Targets []struct{ Expr string }
		}
	}
	if err := json.Unmarshal(text, &board); err != nil || len(board.Panels) < 10 {
		t.Fatalf("the dashboard has %d panels (%v)", len(board.Panels), err)
	}
	taken := make(map[place]string)
	for _, p := range board.Panels {
		if other := taken[p.GridPos]; other != "" || len(p.Targets) == 0 || p.Targets[0].Expr == "" {
			t.Errorf("the panel %q asks for nothing, or lies on %q", p.Title, other)
		}
		taken[p.GridPos] = p.Title
	}
}
