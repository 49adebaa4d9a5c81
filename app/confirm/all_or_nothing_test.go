package confirm_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"joinery/app/confirm"
	"joinery/app/dbtest"
	"joinery/app/form"
	"joinery/app/i18n"
	"joinery/app/journeytest"
	"joinery/app/mail"
	"joinery/app/wizard"
)

// A change is something that a browser does, which has to be done to all tables of
// the file of members or to none.
type change struct {
	before func(*testing.T, *journeytest.Browser) // brings the browser there
	do     func(*testing.T, *journeytest.Browser) error
	steps  []string // all that do does, in the words of SQL
}

var changes = map[string]change{
	"submit": {
		before: promised,
		do:     submit,
		steps: []string{
			"INSERT ON applications", "INSERT ON links", "INSERT ON mails", "UPDATE ON mails",
			"UPDATE ON draft_access", "UPDATE ON grants", "DELETE ON grants", "INSERT ON discarded_drafts",
		},
	},
	"submit a correction": {
		before: func(t *testing.T, b *journeytest.Browser) {
			b.MustSubmit(t, b.Session)
			journeytest.Must(t, b.StartCorrection(t.Context(), b.Session))
			b.Open(t, "one").MustSave(t, wizard.Continue, form.Answers{"mail": {"right@example.ca"}})
			promised(t, b)
		},
		do: submit,
		steps: []string{
			"INSERT ON applications", "UPDATE ON applications", "INSERT ON links", "UPDATE ON links", "INSERT ON mails", "UPDATE ON mails",
			"UPDATE ON draft_access", "UPDATE ON grants", "DELETE ON grants", "INSERT ON discarded_drafts",
		},
	},
	"change the address": {
		before: func(t *testing.T, b *journeytest.Browser) { b.MustSubmit(t, b.Session) },
		do: func(t *testing.T, b *journeytest.Browser) error {
			return b.ChangeEmail(t.Context(), b.Session, "right@example.ca", "")
		},
		steps: []string{
			"INSERT ON applications", "UPDATE ON applications", "INSERT ON links", "UPDATE ON links", "INSERT ON mails", "UPDATE ON mails",
			"INSERT ON draft_access", "UPDATE ON draft_access", "DELETE ON draft_access", "UPDATE ON sessions", "INSERT ON discarded_drafts",
		},
	},
	"start a correction": { // what was noted before the answers are restored stays
		before: func(t *testing.T, b *journeytest.Browser) {
			b.MustSubmit(t, b.Session)
			a := b.MustApplication(t, b.Session)
			journeytest.Must(t, b.Members.NoteCorrection(t.Context(), a.ID, confirm.CorrectionKey(a.Draft)))
			_, err := b.Access.CorrectionKey(t.Context(), a.Draft, confirm.CorrectionKey(a.Draft))
			journeytest.Must(t, err)
		},
		do: func(t *testing.T, b *journeytest.Browser) error {
			return b.StartCorrection(t.Context(), b.Session)
		},
		steps: []string{"UPDATE ON applications", "INSERT ON draft_access", "UPDATE ON draft_access", "DELETE ON draft_access", "UPDATE ON sessions"},
	},
}

// promised has letters about the draft of b wait, and a code that lets another
// browser in.
func promised(t *testing.T, b *journeytest.Browser) {
	t.Helper()
	b.MailLink(t, "zoe@example.ca")
	b.HandoffCode(t)
}

func submit(t *testing.T, b *journeytest.Browser) error {
	_, err := b.Submit(t.Context(), b.Session, []string{"keep"}, i18n.English, "")
	return err
}

// TestAChangeIsDoneToAllTablesOrToNone has each table refuse in turn what can be
// done to it. Where that stops the change, the file stays as it was and the queue
// asleep; the same change succeeds afterwards.
func TestAChangeIsDoneToAllTablesOrToNone(t *testing.T) {
	for name, change := range changes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			woken := 0
			j := journeytest.New(t, func(s *journeytest.Setup) { s.Limits, s.Wake = new(mail.Limits), func() { woken++ } })
			var refused []string
			for _, step := range steps(t, j) {
				b := j.Browser(j.Finished(t))
				change.before(t, b)
				before, kept := contents(t, j), j.KeptDrafts(t)
				woken = 0
				allow := refuse(t, j, step)
				err := change.do(t, b)
				allow()
				if err == nil {
					continue // it does no such thing
				}
				refused = append(refused, step)
				if after := contents(t, j); after != before || woken > 0 {
					t.Errorf("without %s the queue was woken %d times, and the file is\n%s\nwant it as it was\n%s", step, woken, after, before)
				}
				for _, key := range kept {
					if !slices.Contains(j.KeptDrafts(t), key) {
						t.Errorf("without %s the draft %s is gone", step, key)
					}
				}
				journeytest.Must(t, change.do(t, b))
			}
			if want := slices.Sorted(slices.Values(change.steps)); !slices.Equal(slices.Sorted(slices.Values(refused)), want) {
				t.Errorf("the steps are %q, want %q", refused, want)
			}
		})
	}
}

// steps returns all that can be done to the tables of the file of members.
func steps(t *testing.T, j *journeytest.Journey) (all []string) {
	t.Helper()
	for _, table := range tables(t, j) {
		for _, verb := range []string{"INSERT", "UPDATE", "DELETE"} {
			all = append(all, fmt.Sprint(verb, " ON ", table))
		}
	}
	return all
}

// tables returns the names of the tables of the file of members.
func tables(t *testing.T, j *journeytest.Journey) (names []string) {
	t.Helper()
	for _, row := range rows(t, j, `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`) {
		names = append(names, fmt.Sprint(row...))
	}
	return names
}

// contents returns all that stands in the file of members.
func contents(t *testing.T, j *journeytest.Journey) string {
	t.Helper()
	var all strings.Builder
	for _, table := range tables(t, j) {
		for _, row := range rows(t, j, `SELECT * FROM `+table) {
			fmt.Fprintln(&all, table, row)
		}
	}
	return all.String()
}

// rows returns what a query of the file of members finds.
func rows(t *testing.T, j *journeytest.Journey, query string) (all [][]any) {
	t.Helper()
	found, err := j.File.Read().QueryContext(t.Context(), query)
	journeytest.Must(t, err)
	defer found.Close()
	columns, err := found.Columns()
	journeytest.Must(t, err)
	for found.Next() {
		row, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range row {
			into[i] = &row[i]
		}
		journeytest.Must(t, found.Scan(into...))
		all = append(all, row)
	}
	journeytest.Must(t, found.Err())
	return all
}

// TestADraftOutlivesASubmissionThatFails has the file of members closed, and opened
// again by a program that starts later.
func TestADraftOutlivesASubmissionThatFails(t *testing.T) {
	journeytest.OverStores(t, func(t *testing.T, j *journeytest.Journey) {
		path := filepath.Join(t.TempDir(), "members.db")
		reopen := func() {
			j.Change(t, func(s *journeytest.Setup) { s.File = dbtest.Open(t, path) })
		}
		reopen()
		b := j.FilledIn(t)
		p := b.Progress(t)
		journeytest.Must(t, j.File.Close())
		if _, err := j.Confirm.Submit(t.Context(), p, []string{"keep"}, i18n.English, ""); err == nil {
			t.Error("Submit succeeds though the file is closed")
		}
		wantKept(t, j, p.Draft.Key)
		reopen()
		b.WantTyped(t, form.Answers{"mail": {"Zoe@Hospital.EXAMPLE"}, "lang": {"fr"}, "pet": {"cat"}, "petname": {"Łuna"}})
		j.WantCount(t, "applications", 0)
		j.MustSubmit(t, b.Session)
		j.WantCount(t, "mails", 1)
		wantKept(t, j)
	})
}
