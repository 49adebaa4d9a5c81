package journeytest

import (
	"context"
	"testing"

	"joinery/app/draft"
)

// A HookedStore calls a hook, where there is one, before or after it does what is
// asked of it. What a hook returns as an error is returned in its place.
type HookedStore struct {
	draft.Store
	BeforeLoad   func(key string) error
	BeforeSave   func(key string) error
	AfterSave    func(key string) error // of a save that succeeded
	BeforeDelete func(key string) error
}

// Load loads a draft.
func (s *HookedStore) Load(ctx context.Context, id draft.ID) (draft.Draft, error) {
	if err := call(s.BeforeLoad, id.Key); err != nil {
		return draft.Draft{}, err
	}
	return s.Store.Load(ctx, id)
}

// Save saves a section.
func (s *HookedStore) Save(ctx context.Context, id draft.ID, save draft.Save) (int64, error) {
	if err := call(s.BeforeSave, id.Key); err != nil {
		return 0, err
	}
	version, err := s.Store.Save(ctx, id, save)
	if err == nil {
		err = call(s.AfterSave, id.Key)
	}
	return version, err
}

// Delete deletes a draft.
func (s *HookedStore) Delete(ctx context.Context, key string) error {
	if err := call(s.BeforeDelete, key); err != nil {
		return err
	}
	return s.Store.Delete(ctx, key)
}

func call(hook func(string) error, key string) error {
	if hook == nil {
		return nil
	}
	return hook(key)
}

// HookDrafts puts a hooked store in the place of the draft store of the journey, and
// returns it. Its hooks may be set and taken away at any time.
func (j *Journey) HookDrafts(t testing.TB) *HookedStore {
	t.Helper()
	hooked := &HookedStore{Store: j.Drafts}
	j.Change(t, func(s *Setup) { s.Drafts = hooked })
	return hooked
}
