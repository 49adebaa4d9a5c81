package cli

import (
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"
)

func TestCheckSaysWhenNewMembersAreShownNothing(t *testing.T) {
	for address, want := range map[string]bool{"": true, "https://www.example.org/news": false} {
		cfg := configured(t, map[string]string{"NEWS_URL": address})
		p, err := Open(t.Context(), cfg, templates, time.Now, slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		var out strings.Builder
		if err := errors.Join(p.check(t.Context(), cfg, &out), p.Close()); err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(out.String(), "no MEMBERS_URL, PROGRAMS_URL or NEWS_URL"); got != want {
			t.Errorf("with NEWS_URL %q the check says\n%s", address, out.String())
		}
	}
}
