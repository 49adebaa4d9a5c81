package web

import (
	"context"
	"database/sql"
	"net/http"
	"slices"
	"strings"
	"testing"

	"joinery/app/i18n"
)

// wantTicked wants the review page, after a failure, to have these consents ticked, and to
// say when to try again.
func (v *visitor) wantTicked(l i18n.Lang, want ...string) *htmlForm {
	v.t.Helper()
	v.want(http.StatusServiceUnavailable, i18n.T(l, "check.title"))
	f := v.form(i18n.T(l, "check.send"))
	if got := f.control("given").values; !slices.Equal(got, want) {
		v.t.Errorf("after the failure %q are ticked, want %q", got, want)
	}
	if words := v.page.text(); !strings.Contains(words, i18n.T(l, "check.unsaved.text")) || v.page.header.Get("Retry-After") != retryAfter {
		v.t.Errorf("after the failure, with Retry-After %q, the page says %s", v.page.header.Get("Retry-After"), words)
	}
	return f
}

// TestTickedConsentsStayWhileDraftsCannotBeRead though their answers cannot be shown.
func TestTickedConsentsStayWhileDraftsCannotBeRead(t *testing.T) {
	t.Parallel()
	_, v, store := failingSite(t)
	for _, l := range i18n.Languages {
		v.open("/" + string(l) + "/apply/about")
		v.answerSections(answerFirst)
		f := v.form(i18n.T(l, "check.send"))
		f.set("given", "consent_privacy", "consent_news")
		store.load = func() error { return context.DeadlineExceeded }
		v.press(f, i18n.T(l, "check.send"))
		f = v.wantTicked(l, "consent_privacy", "consent_news")
		if !strings.Contains(v.page.text(), i18n.T(l, "check.unsaved.answers")) {
			t.Error("the page does not say why it has no answers")
		}
		v.press(f, i18n.T(l.Other(), "lang.name"))
		f = v.wantTicked(l.Other(), "consent_privacy", "consent_news")
		v.press(f, i18n.T(l.Other(), "nav.later"))
		f = v.wantTicked(l.Other(), "consent_privacy", "consent_news")
		store.load = nil
		v.press(f, i18n.T(l, "lang.name"))
		v.wantConsents(l, "consent_privacy", "consent_news")
	}
	v.pressButton(i18n.T(i18n.French, "check.send"))
	v.want(http.StatusOK, i18n.T(i18n.French, "sent.waiting.title"))
}

// TestAnApplicationThatCannotBeStoredIsNotSent while another program locks the members.
func TestAnApplicationThatCannotBeStoredIsNotSent(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{})
	v := s.visitor(t)
	v.apply(i18n.English, answerFirst)
	f := v.form(i18n.T(i18n.English, "check.send"))
	f.set("given", "consent_privacy")
	unlock := lockSQLite(t, s.membersPath)
	v.press(f, i18n.T(i18n.English, "check.send"))
	f = v.wantTicked(i18n.English, "consent_privacy")
	if rows := v.page.text(); !strings.Contains(rows, s.wizard.Form.Sections[0].Title.In(i18n.English)) {
		t.Errorf("the answers are gone from %s", rows)
	}
	unlock()
	v.press(f, i18n.T(i18n.English, "check.send"))
	v.want(http.StatusOK, i18n.T(i18n.English, "sent.waiting.title"))
}

// TestWhatAnErrorPageKeepsIsSentOnceMore from a page that does not show it again.
func TestWhatAnErrorPageKeepsIsSentOnceMore(t *testing.T) {
	t.Parallel()
	for _, l := range i18n.Languages {
		s := newSite(t, settings{})
		v := s.visitor(t)
		v.saveFirstSection(l)
		f := v.form(i18n.T(l, "later.send"))
		f.set("address", "zoe@example.org")
		unlock := lockSQLite(t, s.membersPath)
		v.press(f, i18n.T(l, "later.send"))
		v.want(http.StatusServiceUnavailable, i18n.T(l, "error.unavailable.title"))
		if v.open("/" + string(l) + "/apply/later"); v.page.status != http.StatusOK {
			t.Errorf("while the members are locked, a page that only reads is %d", v.page.status)
		}
		v.press(f, i18n.T(l, "later.send"))
		again := v.form(i18n.T(l, "error.again"))
		if first := elements(v.page.root, hasClass("primary")); len(first) != 1 || text(first[0]) != i18n.T(l, "error.again") {
			t.Errorf("the button that sends it once more is not the first choice: %s", v.page.body)
		}
		unlock()
		v.press(again, i18n.T(l, "error.again"))
		v.wantNote(l, "note.mailed")
	}
}

// lockSQLite locks a file as another program does, until unlock is called.
func lockSQLite(t *testing.T, path string) (unlock func()) {
	t.Helper()
	file, err := sql.Open("sqlite3", path+"?_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	tx, err := file.Begin()
	if err != nil {
		t.Fatal(err)
	}
	unlock = func() { tx.Rollback(); file.Close() } //nolint:errcheck // it may be unlocked already
	t.Cleanup(unlock)
	return unlock
}
