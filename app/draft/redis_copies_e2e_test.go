//go:build e2e

package draft

import (
	"errors"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"joinery/app/redistest"
)

// TestRedisKeepsNoCopyOfADeletedDraft in any of the files that it may have.
func TestRedisKeepsNoCopyOfADeletedDraft(t *testing.T) {
	for name, tt := range map[string]struct {
		options []string
		denied  string
		want    Copies
	}{
		"no file":                {nil, "", Cleared},
		"an append-only file":    {[]string{"--appendonly", "yes", "--appendfsync", "always"}, "", Cleared},
		"snapshots":              {[]string{"--save", "900 1"}, "", Cleared},
		"both":                   {[]string{"--save", "900 1", "--appendonly", "yes"}, "", Cleared},
		"a user without CONFIG":  {nil, "-config", Forbidden},
		"a user without rewrite": {[]string{"--appendonly", "yes"}, "-bgrewriteaof", Forbidden},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			server := redistest.New(t, append([]string{"--dir", dir}, tt.options...)...)
			server.Ask(t, "ACL", "SETUSER", "limited", "on", ">hush", "~*", "+@all", tt.denied)
			s := openRedis(t, strings.Replace(server.URL, "unix://", "unix://limited:hush@", 1), time.Now)
			mustSave(t, s, "secretname", Save{Section: "a", At: time.Now(), Begin: true})
			if strings.Contains(strings.Join(tt.options, " "), "save") {
				server.Ask(t, "SAVE")
			}
			if err := s.Delete(t.Context(), "secretname"); err != nil {
				t.Fatal(err)
			}
			got, err := s.ClearCopies(t.Context())
			if err != nil || got != tt.want {
				t.Errorf("ClearCopies: %q, %v, want %q", got, err, tt.want)
			}
			if tt.want == Cleared {
				wantNowhere(t, dir, "secretname")
			}
		})
	}
}

// wantNowhere wants no file in a folder to have a text. Redis removes the files that it has
// rewritten a moment later.
func wantNowhere(t *testing.T, dir, text string) {
	t.Helper()
	var found []byte
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		var err error
		found, err = exec.Command("grep", "-rl", text, dir).Output()
		if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
			t.Fatal(err)
		}
		if len(found) == 0 {
			return
		}
	}
	t.Errorf("it is still in %s", found)
}

func TestRedisThatIsAwayClearsNoCopies(t *testing.T) {
	_, err := openRedis(t, "unix://"+os.DevNull+"/socket", time.Now).ClearCopies(t.Context())
	wantDiscreet(t, "ClearCopies", err)
}
