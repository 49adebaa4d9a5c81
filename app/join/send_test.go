package join

import (
	"context"
	"errors"
	"maps"
	"reflect"
	"slices"
	"sync"
	"testing"

	"joinery/app/draft"
	"joinery/app/i18n"
	"joinery/app/member"
)

func TestSendsAtTheSameTimeMakeOneApplication(t *testing.T) {
	overStores(t, func(t *testing.T, b *bench) {
		w := &browser{bench: b, id: b.finished(t)}
		devices := []*browser{w, w.beside(t)}
		key := w.progress(t).Draft.Key
		var all sync.WaitGroup
		for i := range 20 {
			all.Go(func() {
				problems, err := b.Send(t.Context(), devices[i%2].id, []string{"keep"}, i18n.English, "")
				if err != nil || len(problems) > 0 {
					t.Errorf("Send: %v, %v", problems, err)
				}
			})
		}
		all.Wait()
		for _, table := range []string{"applications", "links", "mails"} {
			b.wantCount(t, table, 1)
		}
		if _, err := b.Drafts.Load(t.Context(), key); !errors.Is(err, draft.ErrNotFound) {
			t.Errorf("the draft is still there: %v", err)
		}
		for _, device := range devices {
			_, err := b.Progress(t.Context(), device.id)
			wantError(t, "Progress", err, ErrSent)
		}
	})
}

func TestSendRecordsWhatWasShown(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	id, woken := b.finished(t), 0
	b.Queued = func() { woken++ }
	if problems, err := b.Send(t.Context(), id, []string{"keep", "made up"}, i18n.French, ""); err != nil || len(problems) > 0 {
		t.Fatalf("Send: %v, %v", problems, err)
	}
	a, err := b.Sent(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	want := []member.Consent{
		{Key: "keep", Version: "1", Purpose: "conservation", Wording: "Carrefour peut la garder", Lang: i18n.French, Given: true, At: noon},
		{Key: "news", Version: "3", Purpose: "nouvelles", Wording: "Nouvelles", Lang: i18n.French, At: noon},
	}
	if !reflect.DeepEqual(a.Consents, want) {
		t.Errorf("the consents are\n%+v, want\n%+v", a.Consents, want)
	}
	if a.Email != "Zoe@hospital.example" || a.Lang != i18n.French || a.Draft == id || a.ID == id {
		t.Errorf("the application is %+v", a)
	}
	if woken != 1 {
		t.Errorf("the queue was woken %d times, want once", woken)
	}
}

func TestSendRefusesWhatIsNotReady(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	finished := b.finished(t)
	begun := b.begun(t).id
	tests := []struct {
		name     string
		id       string
		given    []string
		err      error
		problems []string
	}{
		{"no id", "", []string{"keep"}, ErrNoDraft, nil},
		{"an id that was made up", "x", []string{"keep"}, ErrNoDraft, nil},
		{"an unfinished draft", begun, []string{"keep"}, ErrIncomplete, nil},
		{"no consent", finished, nil, nil, []string{"keep"}},
		{"only what is not required", finished, []string{"news"}, nil, []string{"keep"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			problems, err := b.Send(t.Context(), tt.id, tt.given, i18n.English, "")
			if got := slices.Collect(maps.Keys(problems)); !errors.Is(err, tt.err) || !slices.Equal(got, tt.problems) {
				t.Errorf("Send = %v, %v, want %v, %v", got, err, tt.problems, tt.err)
			}
			b.wantCount(t, "applications", 0)
			b.wantCount(t, "mails", 0)
		})
	}
}

func TestConfirmsAtTheSameTimeMakeOneMember(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	b.sent(t)
	link := b.link(t, b.proof(t))
	queued := make(chan bool, 10)
	b.Queued = func() { queued <- true }
	var all sync.WaitGroup
	for range 10 {
		all.Go(func() {
			if err := b.Confirm(t.Context(), link); err != nil {
				t.Errorf("Confirm: %v", err)
			}
		})
	}
	all.Wait()
	b.wantCount(t, "members", 1)
	b.wantCount(t, "mails WHERE kind = 'welcome'", 1)
	if len(queued) != 1 {
		t.Errorf("the queue was woken %d times, want once", len(queued))
	}
}

// A forgetful store cannot delete, as when it fails right after a send.
type forgetful struct{ draft.Store }

func (forgetful) Delete(context.Context, string) error { return errors.New("the store has failed") }

func TestSendSucceedsWhenTheDraftCannotBeDeleted(t *testing.T) {
	t.Parallel()
	b := benches["embedded"](t)
	b.Drafts = forgetful{b.Drafts}
	id := b.finished(t)
	for range 2 {
		if problems, err := b.Send(t.Context(), id, []string{"keep"}, i18n.English, ""); err != nil || len(problems) > 0 {
			t.Errorf("Send: %v, %v", problems, err)
		}
	}
	b.wantCount(t, "mails", 1)
	a, err := b.Sent(t.Context(), id)
	if err != nil || a.State != member.Waiting {
		t.Errorf("Sent = %s, %v, want it waiting", a.State, err)
	}
}
