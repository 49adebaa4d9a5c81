package mail

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"joinery/app/i18n"
)

func newOutbox(t *testing.T) *Outbox {
	return &Outbox{Dir: filepath.Join(t.TempDir(), "made", "outbox"), Org: association}
}

func TestOutboxKeepsTheWholeLetter(t *testing.T) {
	o := newOutbox(t)
	l := newConfirmation(t, "zoe@example.net", i18n.French)
	if err := o.Send(t.Context(), l); err != nil {
		t.Fatal(err)
	}
	got, err := o.Read(l.ID)
	if err != nil {
		t.Fatal(err)
	}
	if got.ID != l.ID || got.Subject != l.Subject || got.Text != l.Text || got.HTML != l.HTML || !got.Date.Equal(written) || got.To != "zoe@example.net" {
		t.Errorf("read back %+v, want %+v", got, l)
	}
	if want := "Société d’Étude « Élan » <joinery@localhost>"; got.From != want {
		t.Errorf("From is %q, want %q", got.From, want)
	}
}

func TestOutboxListsTheNewestFirst(t *testing.T) {
	o := newOutbox(t)
	if got, err := o.List(); err != nil || len(got) != 0 {
		t.Fatalf("List of an outbox that was never used: %v, %v", got, err)
	}
	for _, age := range []time.Duration{2 * time.Hour, time.Hour, 3 * time.Hour} {
		l := newConfirmation(t, "zoe@example.net", i18n.English)
		l.Written = written.Add(-age)
		for range 2 { // a second attempt makes no second file
			if err := o.Send(t.Context(), l); err != nil {
				t.Fatal(err)
			}
		}
	}
	got, err := o.List()
	if err != nil || len(got) != 3 {
		t.Fatalf("List: %d letters, %v, want 3", len(got), err)
	}
	for i, r := range got {
		if want := written.Add(-time.Duration(i+1) * time.Hour); !r.Date.Equal(want) {
			t.Errorf("letter %d is of %v, want %v", i, r.Date, want)
		}
	}
	if files, _ := os.ReadDir(o.Dir); len(files) != 3 {
		t.Errorf("%d files, want 3", len(files))
	}
}

func TestOutboxReadsNoOtherFiles(t *testing.T) {
	o := newOutbox(t)
	l := newConfirmation(t, "zoe@example.net", i18n.English)
	if err := o.Send(t.Context(), l); err != nil {
		t.Fatal(err)
	}
	inner := *o
	inner.Dir = filepath.Join(o.Dir, "inner")
	for _, id := range []string{"../" + l.ID, "..%2f" + l.ID, "./" + l.ID, "", ".", "..", `..\` + l.ID, l.ID + "\x00", "nobody"} {
		if _, err := inner.Read(id); !errors.Is(err, ErrNotFound) {
			t.Errorf("Read(%q): %v, want ErrNotFound", id, err)
		}
	}
	for _, id := range []string{"", "../" + l.ID, l.ID + ".bak"} {
		l.ID = id
		if err := o.Send(t.Context(), l); err == nil {
			t.Errorf("Send writes a letter with the ID %q, which Read will not find", id)
		}
	}
}
