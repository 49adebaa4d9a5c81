package access

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"joinery/app/i18n"
	"joinery/app/mail"
)

func TestMarkSubmittedKeepsSessionsAndLinks(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.begin(t, "d1", "h1", "h2")
	h.begin(t, "d2", "h3")
	link, code, theirs := h.grant(t, ByLink, "d1"), h.grant(t, ByHandoff, "d1"), h.grant(t, ByLink, "d2")
	for _, about := range []string{"d1", "d2"} {
		fine(t, h.SendGrants(t.Context(), nil, newLetter(about, "zoe@example.ca"), new(mail.Limits)))
	}
	for range 2 {
		fine(t, h.MarkSubmitted(t.Context(), "d1", noon))
	}
	fine(t, h.MarkSubmitted(t.Context(), "never was", noon))
	h.wantInfo(t, DraftInfo{Draft: "d1", Lang: i18n.French, ExpiresAt: noon})
	h.wantSession(t, "h1", "d1")
	h.wantSession(t, "h2", "d1")
	link.Recipient = ""
	h.wantGrant(t, link, true)
	h.wantGrant(t, code, false)
	h.wantCount(t, "mails WHERE state = 'waiting'", 1)
	h.wantInfo(t, infoOf("d2"))
	h.wantGrant(t, theirs, true)
}

// TestForgetLeavesNoTrace in a file of many pages.
func TestForgetLeavesNoTrace(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	traces := []string{"gone"}
	for i := range 30 {
		other, session := fmt.Sprint("draft", i), "session-of-gone-"+fmt.Sprint(i)
		h.begin(t, other, "session-of-"+other)
		h.begin(t, "gone", session) // more sessions than are kept
		for _, draft := range []string{other, "gone"} {
			g, letter := newGrant(ByLink, draft), newLetter(draft, "zoe@example.ca")
			g.Digest, letter.Secrets = "grant-for-"+g.Draft+"-"+g.Digest, []string{"SECRET-about-" + draft}
			fine(t, h.SendGrants(t.Context(), []Grant{g}, letter, new(mail.Limits)))
		}
		h.grant(t, ByHandoff, "gone")
	}
	code := h.grant(t, ByHandoff, "gone")
	if ok, _, err := h.Redeem(t.Context(), code.Digest, "submission-on-gone", "admitted-to-gone", noon); err != nil || !ok {
		t.Fatalf("Redeem = %v, %v", ok, err)
	}
	traces = append(traces, code.Digest)
	for range 2 {
		fine(t, h.Forget(t.Context(), "gone"))
	}
	h.wantCount(t, "draft_access", 30)
	h.wantCount(t, "sessions", 30)
	h.wantCount(t, "grants", 30)
	h.wantCount(t, "mails WHERE state = 'waiting'", 30)
	if _, err := h.ByDraft(t.Context(), "gone"); !errors.Is(err, ErrNotFound) {
		t.Errorf("the draft is still there: %v", err)
	}
	h.wantNoTrace(t, traces...)
}

// wantNoTrace wants none of the words in the files. It must come last in a test:
// reading an SQLite file takes away the locks that this process has on it.
func (h *harness) wantNoTrace(t *testing.T, words ...string) {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(h.dir, "*"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no files in %s (%v)", h.dir, err)
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		fine(t, err)
		for _, word := range words {
			if strings.Contains(string(text), word) {
				t.Errorf("%s still holds %q", filepath.Base(name), word)
			}
		}
	}
}
