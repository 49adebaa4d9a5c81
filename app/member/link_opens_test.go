package member

import (
	"strings"
	"sync"
	"testing"
)

func (b *bench) mustCount(t *testing.T, o LinkOpen, n int) {
	t.Helper()
	if err := b.AddLinkOpens(t.Context(), o, n); err != nil {
		t.Fatal(err)
	}
}

// wantTable wants WriteOpenings to write these lines.
func (b *bench) wantTable(t *testing.T, want ...string) {
	t.Helper()
	var out strings.Builder
	if err := b.WriteLinkOpens(t.Context(), &out); err != nil {
		t.Fatal(err)
	}
	if got := out.String(); got != strings.Join(want, "\n")+"\n" {
		t.Errorf("it writes\n%swant\n%s", got, strings.Join(want, "\n"))
	}
}

func TestOpeningsAreWrittenAsATable(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.wantTable(t, "day  domain  by strangers  by HEAD  within 10 s")
	b.mustCount(t, LinkOpen{"2026-11-22", "gmail.com", ByOtherBrowser}, 3)
	b.mustCount(t, LinkOpen{"2026-11-22", "gmail.com", ByHEAD}, 1)
	b.mustCount(t, LinkOpen{"2026-11-23", OtherDomains, WithinSeconds}, 12)
	b.mustCount(t, LinkOpen{"2026-11-23", "hotmail.com", ByOtherBrowser}, 1)
	b.mustCount(t, LinkOpen{"2026-11-22", "gmail.com", ByOtherBrowser}, 1000000)
	b.wantTable(t,
		"day         domain       by strangers  by HEAD  within 10 s",
		"2026-11-23  hotmail.com  1             0        0",
		"2026-11-23  other        0             0        12",
		"2026-11-22  gmail.com    1000003       1        0")
}

func TestOpeningsAreForgottenAfterAYear(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for _, day := range []string{"2025-11-21", "2025-11-22", "2026-11-22"} {
		b.mustCount(t, LinkOpen{day, OtherDomains, ByHEAD}, 1)
	}
	b.wantTable(t,
		"day         domain  by strangers  by HEAD  within 10 s",
		"2026-11-22  other   0             1        0",
		"2025-11-22  other   0             1        0")
}

func TestOnlyOpeningsAreCounted(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	if err := b.AddLinkOpens(t.Context(), LinkOpen{"2026-11-22", OtherDomains, "made up"}, 1); err == nil {
		t.Error("what is no manner was counted")
	}
}

func TestCountsAtTheSameTimeAreAdded(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	var all sync.WaitGroup
	for range 10 {
		all.Go(func() {
			if err := b.AddLinkOpens(t.Context(), LinkOpen{"2026-11-22", OtherDomains, ByHEAD}, 2); err != nil {
				t.Errorf("Count: %v", err)
			}
		})
	}
	all.Wait()
	if n := b.count(t, `SELECT count FROM link_opens`); n != 20 {
		t.Errorf("%d were counted, want 20", n)
	}
}
