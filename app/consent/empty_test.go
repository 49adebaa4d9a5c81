package consent

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

const keep = 26280 * time.Hour

// TestTheProofOutlivesTheMember for as long as it is to be kept, and says to which address
// it belongs, but not the address.
func TestTheProofOutlivesTheMember(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.addMember(t, "m1", "Zoe@example.ca")
	h.addMember(t, "m2", "ann@example.ca")
	h.append(t, "m1", "Zoe@example.ca", "", news(true))
	h.append(t, "m2", "ann@example.ca", "", news(true))
	h.exec(t, `DELETE FROM members WHERE id = 'm1'`)
	for _, at := range []time.Duration{0, time.Hour, keep - time.Hour} { // the first sees that the member has left
		if err := h.Empty(t.Context(), keep, noon.Add(at)); err != nil {
			t.Fatal(err)
		}
	}
	of := func(address string) []string {
		return history(t, func(ctx context.Context, do func(Record) error) error { return h.EachOf(ctx, address, do) })
	}
	if got := of("zoe@EXAMPLE.ca"); !slices.Equal(got, []string{"1 m1 news true "}) {
		t.Errorf("of the address there is %q", got)
	}
	if got := of(""); got != nil {
		t.Errorf("of no address there is %q", got)
	}
	wantNowhere(t, h, "oe@example.ca")

	if err := h.Empty(t.Context(), keep, noon.Add(keep)); err != nil {
		t.Fatal(err)
	}
	if got := of("zoe@example.ca"); got != nil {
		t.Errorf("when its time is over there is %q", got)
	}
	if got := history(t, h.Each); !slices.Equal(got, []string{"2 m2 news true "}) {
		t.Errorf("there is %q, want what the other member agreed to", got)
	}
	if got := h.mustVerify(t); got.Rows != 2 || got.Emptied != 1 {
		t.Errorf("the chain has %+v", got)
	}
	h.append(t, "m2", "ann@example.ca", "", news(false))
	h.mustVerify(t)
}

// wantNowhere wants a text to be in no row.
func wantNowhere(t *testing.T, h *harness, text string) {
	t.Helper()
	var rows string
	err := h.file.Read().QueryRow(`SELECT group_concat(member || address || key || version || purpose || wording || lang || how || salt || content_hash || hash) FROM consents`).Scan(&rows)
	if err != nil || strings.Contains(strings.ToLower(rows), text) {
		t.Errorf("the rows are %q, %v, and contain %q", rows, err, text)
	}
}

// TestAnEmptiedRowLeavesNoCopy in the file and its journal, nor the salt.
func TestAnEmptiedRowLeavesNoCopy(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.append(t, "m-who-left", "zoe@example.ca", "told at the desk", news(true))
	var salt string
	if err := h.file.Read().QueryRow(`SELECT salt FROM consents`).Scan(&salt); err != nil {
		t.Fatal(err)
	}
	h.leave(t, "m-who-left")
	if err := h.Empty(t.Context(), 0, noon); err != nil {
		t.Fatal(err)
	}
	var path string
	if err := h.file.Read().QueryRow(`SELECT file FROM pragma_database_list`).Scan(&path); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{path, path + "-wal"} {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, private := range []string{salt, "m-who-left", "told at the desk"} {
			if strings.Contains(string(content), private) {
				t.Errorf("%s still has %q", name, private)
			}
		}
	}
}
