package web

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"joinery/app/draft"
	"joinery/app/mail"
	"joinery/app/member"
)

// letters delivers what is due and returns all letters, the newest first.
func (s *site) letters(t *testing.T) []mail.StoredMail {
	t.Helper()
	for tried := true; tried; {
		var err error
		if tried, err = s.queue.Deliver(context.WithoutCancel(t.Context())); err != nil {
			t.Fatal(err)
		}
	}
	letters, err := s.outbox.List()
	if err != nil {
		t.Fatal(err)
	}
	return letters
}

// link returns the link in the text of the newest letter that has one; of letters
// there must be as many as wanted.
func (s *site) link(t *testing.T, want int) string {
	t.Helper()
	letters := s.letters(t)
	if len(letters) != want {
		t.Fatalf("there are %d letters, want %d", len(letters), want)
	}
	for _, l := range letters {
		for _, line := range strings.Fields(l.Text) {
			if strings.HasPrefix(line, s.url+"/") {
				return line
			}
		}
	}
	t.Fatalf("no link to %s in the letters:\n%+v", s.url, letters)
	return ""
}

// allMembers returns all members.
func (s *site) allMembers(t *testing.T) []member.Member {
	t.Helper()
	var all []member.Member
	err := s.memberStore.Each(t.Context(), func(m member.Member) error { all = append(all, m); return nil })
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// dump returns all that the site stores, and what is sealed in it of drafts.
func (s *site) dump(t *testing.T) string {
	t.Helper()
	return dumpSQLite(t, s.membersPath) + s.draftStore.dump(t) + s.openDrafts(t) + s.openApplications(t)
}

// openApplications returns what the applications that wait tell of people.
func (s *site) openApplications(t *testing.T) string {
	t.Helper()
	var all strings.Builder
	err := s.memberStore.EachWaiting(t.Context(), func(a member.Application) error {
		answers, err := json.Marshal(a.Answers)
		fmt.Fprintf(&all, "%s %q %s\n", a.ID, a.Email, answers)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.String()
}

// openDrafts returns the addresses and the answers of all drafts.
func (s *site) openDrafts(t *testing.T) string {
	t.Helper()
	var all strings.Builder
	for _, key := range column(t, s.queue.DB.Read(), `SELECT draft FROM draft_access ORDER BY draft`) {
		info, err := s.accessStore.ByDraft(t.Context(), key)
		if err != nil {
			t.Fatal(err)
		}
		d, err := s.draftStore.Load(t.Context(), draft.ID{Key: key, Seal: info.Key})
		if err != nil && !errors.Is(err, draft.ErrNotFound) {
			t.Fatal(err)
		}
		answers, err := json.Marshal(d.Sections)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&all, "%s %q %q %s\n", key, info.AnsweredEmail, info.ContactEmail, answers)
	}
	return all.String()
}

// dumpSQLite returns every row of every table of a file.
func dumpSQLite(t *testing.T, path string) string {
	t.Helper()
	file, err := sql.Open("sqlite3", "file:"+path+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var all strings.Builder
	for _, table := range column(t, file, `SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`) {
		var columns []string
		for _, name := range column(t, file, `SELECT name FROM pragma_table_info('`+table+`')`) {
			columns = append(columns, `quote("`+name+`")`)
		}
		rows := column(t, file, `SELECT `+strings.Join(columns, ` || ' ' || `)+` FROM "`+table+`" ORDER BY 1`)
		fmt.Fprintf(&all, "%s: %d\n%s\n", table, len(rows), strings.Join(rows, "\n"))
	}
	return all.String()
}

func column(t *testing.T, file *sql.DB, query string) (values []string) {
	t.Helper()
	rows, err := file.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var v string
		if err := rows.Scan(&v); err != nil {
			t.Fatal(err)
		}
		values = append(values, v)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return values
}
