//go:build e2e

package web

import (
	"net/http"
	"strings"
	"testing"

	"joinery/app/draft"
	"joinery/app/i18n"
	"joinery/app/redistest"
)

// TestRedisWithoutMemoryLosesNothing fills a Redis with maxmemory and noeviction. New
// drafts are refused with what was typed, those that are there stay, and all works again
// once there is room.
func TestRedisWithoutMemoryLosesNothing(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		server := redistest.New(t, "--maxmemory-policy", "noeviction")
		s := newSite(t, settings{drafts: func(t *testing.T, c *clock) testDraftStore {
			store, err := draft.NewRedis(server.URL, draftTTL, c.now)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { store.Close() })
			return testDraftStore{Store: store, dump: func(t *testing.T) string { t.Helper(); return server.Dump(t) }}
		}})
		owner := s.visitorWithDraft(t, l, "Ada")
		role := owner.form("")
		role.fill(answerFirst)
		newcomer := s.newcomer(t)
		about := newcomer.openFirstSection(l)
		about.set("first_name", "Zoë")
		before := server.Dump(t)
		server.Ask(t, "CONFIG", "SET", "maxmemory", "1")

		for range 2 {
			newcomer.press(about, "")
			newcomer.want(http.StatusServiceUnavailable, s.wizard.Form.Sections[0].Title.In(l))
			about = newcomer.form("")
			if words := newcomer.page.text(); !strings.Contains(words, i18n.T(l, "unsaved.text")) || about.control("first_name").values[0] != "Zoë" || newcomer.page.header.Get("Retry-After") == "" {
				t.Errorf("a newcomer is told %s, and the page has %v", words, about.values(nil))
			}
		}
		owner.press(role, "")
		owner.want(http.StatusServiceUnavailable, s.wizard.Form.Sections[1].Title.In(l))
		role = owner.form("")
		owner.wantDraft(l, "Ada")
		if after := server.Dump(t); after != before || newcomer.cookie() != "" {
			t.Errorf("without memory there is\n%s\nwant\n%s\nand the newcomer has the cookie %q", after, before, newcomer.cookie())
		}
		if words := dumpSQLite(t, s.membersPath); !strings.Contains(words, "draft_access: 1\n") || !strings.Contains(words, "sessions: 1\n") || !strings.Contains(words, "discarded_drafts: 2\n") {
			t.Errorf("of the refused drafts there is more than that they are to be deleted:\n%s", words)
		}
		if err := s.confirm.ClearDiscarded(t.Context()); err != nil || !strings.Contains(dumpSQLite(t, s.membersPath), "discarded_drafts: 0\n") {
			t.Errorf("the refused drafts are not cleared: %v", err)
		}

		server.Ask(t, "CONFIG", "SET", "maxmemory", "0")
		newcomer.press(about, i18n.T(l, "nav.later"))
		newcomer.want(http.StatusOK, i18n.T(l, "later.title"))
		owner.press(role, "")
		owner.want(http.StatusOK, s.wizard.Form.Sections[3].Title.In(l)) // a patient is asked for no affiliations
	}
}
