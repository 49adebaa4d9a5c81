package web

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	"joinery/app/draft"
	"joinery/app/i18n"
)

// A failingStore is a draft store whose Load returns the error of a test.
type failingStore struct {
	draft.Store
	load func() error // nil: it does not fail
}

func (s *failingStore) Load(ctx context.Context, id draft.ID) (draft.Draft, error) {
	if s.load != nil {
		if err := s.load(); err != nil {
			return draft.Draft{}, err
		}
	}
	return s.Store.Load(ctx, id)
}

// failingSite returns a site, a visitor with a draft, and the draft store, which fails
// once its error is set.
func failingSite(t *testing.T) (*site, *visitor, *failingStore) {
	t.Helper()
	store := new(failingStore)
	s := newSite(t, settings{drafts: func(t *testing.T, c *clock) testDraftStore {
		k := openSQLiteDrafts(t, c)
		store.Store = k.Store
		k.Store = store
		return k
	}})
	v := s.visitor(t)
	v.saveFirstSection(i18n.English)
	return s, v, store
}

// TestAnInternalErrorIsNoOutage distinguishes temporary failures from permanent ones.
func TestAnInternalErrorIsNoOutage(t *testing.T) {
	t.Parallel()
	s, v, store := failingSite(t)
	f := v.openFirstSection(i18n.English)
	tests := []struct {
		name        string
		load        func() error
		status      int
		title, wait string
	}{
		{"a fault of ours", func() error { return errors.New("a statement without sense") }, http.StatusInternalServerError, "error.internal.title", ""},
		{"a panic of the runtime", func() error { var none []int; _ = none[len(s.url)]; return nil }, http.StatusInternalServerError, "error.internal.title", ""},
		{"a store that takes too long", func() error { return context.DeadlineExceeded }, http.StatusServiceUnavailable, "error.unavailable.title", retryAfter},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			v.t, store.load = t, tt.load
			v.open("/en/apply/about")
			v.want(tt.status, i18n.T(i18n.English, tt.title))
			if got := v.page.header.Get("Retry-After"); got != tt.wait {
				t.Errorf("Retry-After is %q, want %q", got, tt.wait)
			}
			if strings.HasPrefix(tt.name, "a panic") {
				return // Back from the error page keeps the typed answers
			}
			for _, path := range []string{f.action, f.action + "/save"} {
				saved := v.request(http.MethodPost, path, f.values(nil))
				if saved.status != tt.status || saved.header.Get("Retry-After") != tt.wait {
					t.Errorf("POST %s is answered with %d, Retry-After %q", path, saved.status, saved.header.Get("Retry-After"))
				}
			}
		})
	}
}

func TestAClosedStoreAsksToTryAgain(t *testing.T) {
	t.Parallel()
	for name, drafts := range storeOpeners {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, settings{drafts: drafts})
			v := s.visitor(t)
			v.saveFirstSection(i18n.French)
			s.draftStore.fail()
			v.open("/fr/apply/role")
			v.want(http.StatusServiceUnavailable, i18n.T(i18n.French, "error.unavailable.title"))
			if got := v.page.header.Get("Retry-After"); got != retryAfter {
				t.Errorf("Retry-After is %q, want %q", got, retryAfter)
			}
		})
	}
}

// TestAPanicLogsItsStackAndNoPersonalData lets a handler panic with the typed answers.
func TestAPanicLogsItsStackAndNoPersonalData(t *testing.T) {
	t.Parallel()
	s, v, store := failingSite(t)
	store.load = func() error { panic("Zoë typed this") }
	v.open("/en/apply/about")
	v.want(http.StatusInternalServerError, i18n.T(i18n.English, "error.internal.title"))
	logged := s.log.String()
	for _, want := range []string{`"msg":"panic"`, `"route":"/en/apply/:section"`, "failingStore).Load"} {
		if !strings.Contains(logged, want) {
			t.Errorf("the log does not have %s:\n%s", want, logged)
		}
	}
	if strings.Contains(logged, "Zoë") {
		t.Errorf("the log has what was typed:\n%s", logged)
	}
}
