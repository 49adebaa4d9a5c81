package member

import (
	"strings"
	"sync"
	"testing"
)

func (h *harness) mustAddOpens(t *testing.T, o LinkOpen, n int) {
	t.Helper()
	if err := h.AddLinkOpens(t.Context(), o, n); err != nil {
		t.Fatal(err)
	}
}

// wantTable wants WriteLinkOpens to write these lines.
func (h *harness) wantTable(t *testing.T, want ...string) {
	t.Helper()
	var out strings.Builder
	if err := h.WriteLinkOpens(t.Context(), &out); err != nil {
		t.Fatal(err)
	}
	if got := out.String(); got != strings.Join(want, "\n")+"\n" {
		t.Errorf("it writes\n%swant\n%s", got, strings.Join(want, "\n"))
	}
}

func TestLinkOpensAreWrittenAsATable(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.wantTable(t, "day  domain  by strangers  by HEAD  within 10 s")
	h.mustAddOpens(t, LinkOpen{"2026-11-22", "gmail.com", ByOtherBrowser}, 3)
	h.mustAddOpens(t, LinkOpen{"2026-11-22", "gmail.com", ByHEAD}, 1)
	h.mustAddOpens(t, LinkOpen{"2026-11-23", OtherDomains, WithinSeconds}, 12)
	h.mustAddOpens(t, LinkOpen{"2026-11-23", "hotmail.com", ByOtherBrowser}, 1)
	h.mustAddOpens(t, LinkOpen{"2026-11-22", "gmail.com", ByOtherBrowser}, 1000000)
	h.wantTable(t,
		"day         domain       by strangers  by HEAD  within 10 s",
		"2026-11-23  hotmail.com  1             0        0",
		"2026-11-23  other        0             0        12",
		"2026-11-22  gmail.com    1000003       1        0")
}

func TestLinkOpensAreRemovedAfterAYear(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	for _, day := range []string{"2025-11-21", "2025-11-22", "2026-11-22"} {
		h.mustAddOpens(t, LinkOpen{day, OtherDomains, ByHEAD}, 1)
	}
	h.wantTable(t,
		"day         domain  by strangers  by HEAD  within 10 s",
		"2026-11-22  other   0             1        0",
		"2025-11-22  other   0             1        0")
}

func TestAnUnknownKindIsNotCounted(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	if err := h.AddLinkOpens(t.Context(), LinkOpen{"2026-11-22", OtherDomains, "made up"}, 1); err == nil {
		t.Error("an unknown kind was counted")
	}
}

func TestCountsAtTheSameTimeAreAdded(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	var all sync.WaitGroup
	for range 10 {
		all.Go(func() {
			if err := h.AddLinkOpens(t.Context(), LinkOpen{"2026-11-22", OtherDomains, ByHEAD}, 2); err != nil {
				t.Errorf("AddLinkOpens: %v", err)
			}
		})
	}
	all.Wait()
	if n := h.count(t, `SELECT count FROM link_opens`); n != 20 {
		t.Errorf("%d were counted, want 20", n)
	}
}
