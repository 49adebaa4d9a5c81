//go:build e2e

package harness

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"testing"

	"joinery/app/cli"
)

// A Member is a member as joinery members --format json prints it.
type Member struct {
	Email, Language string
	Answers         map[string][]string
	Consents        []struct{ Key string }
}

// Members returns the members of a site, which may run meanwhile.
func Members(t *testing.T, s Settings) []Member {
	t.Helper()
	var out bytes.Buffer
	err := cli.Run(t.Context(), Files, []string{"members", "--format", "json"}, s.Getenv, &out, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	_, members := ReadMembers(t, out.String())
	return members
}

// ReadMembers reads what joinery members --format json printed.
func ReadMembers(t *testing.T, out string) (questions map[string]string, members []Member) {
	t.Helper()
	var export struct {
		Questions map[string]string
		Members   []Member
	}
	if err := json.Unmarshal([]byte(out), &export); err != nil {
		t.Fatalf("%v in %s", err, out)
	}
	return export.Questions, export.Members
}
