package web

import (
	"database/sql"
	"strings"
	"testing"

	"joinery/app/i18n"
)

// TestTheQueueKeepsNoWordsOfLetters has each kind of letter wait, and looks at the rows. A
// finished letter has no secret either.
func TestTheQueueKeepsNoWordsOfLetters(t *testing.T) {
	t.Parallel()
	l := i18n.English
	s := newSite(t, settings{})
	v := s.visitor(t)
	var private []string
	for _, answers := range v.send(l, answerFirst) {
		private = append(private, answers...)
	}
	link := s.link(t, 1)
	v.open(link)
	other := s.visitorWithDraft(t, l, "Philippa")
	other.open("/en/apply/later")
	other.requestLink(l, "philippa@example.org")
	private = append(private, "Philippa")
	for _, waiting := range []bool{true, false} {
		row := s.queueRows(t)
		if waiting != strings.Contains(row, "waiting") {
			t.Fatalf("the rows are %s", row)
		}
		for _, words := range private {
			if len(words) > 4 && !strings.Contains(words, "@") && strings.Contains(row, words) {
				t.Errorf("%q stands in the queue: %s", words, row)
			}
		}
		for _, m := range s.letters(t) {
			for line := range strings.Lines(m.Text) {
				if line = strings.TrimSpace(line); len(line) > 6 && strings.Contains(row, line) {
					t.Errorf("%q stands in the queue: %s", line, row)
				}
				if secret := line[strings.LastIndex(line, "/")+1:]; !waiting && len(secret) > 5 && strings.Contains(row, secret) {
					t.Errorf("a secret is kept of a finished letter: %s", row)
				}
			}
		}
	}
}

// queueRows returns all that is kept of letters.
func (s *site) queueRows(t *testing.T) string {
	t.Helper()
	file, err := sql.Open("sqlite3", "file:"+s.membersPath+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var columns []string
	for _, name := range column(t, file, `SELECT name FROM pragma_table_info('mails')`) {
		columns = append(columns, `quote("`+name+`")`)
	}
	return strings.Join(column(t, file, `SELECT `+strings.Join(columns, ` || ' ' || `)+` FROM mails`), "\n")
}
