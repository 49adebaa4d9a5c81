package member

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"joinery/app/form"
	"joinery/app/i18n"
)

// Each calls do with every member, the oldest first, until a call fails. It holds one
// member at a time in memory, and other connections can write meanwhile.
func (s *Store) Each(ctx context.Context, do func(Member) error) error {
	rows, err := s.db.Read().QueryContext(ctx, `SELECT `+memberColumns+` FROM members m ORDER BY confirmed_at, id`)
	if err != nil {
		return s.db.Wrap("each", err)
	}
	defer rows.Close()
	for rows.Next() {
		m, err := scanMember(rows)
		if err != nil {
			return s.db.Wrap("each", err)
		}
		if err := do(m); err != nil {
			return err
		}
	}
	return s.db.Wrap("each", rows.Err())
}

// WriteJSON writes the members to w as one JSON object: under "questions" the
// questions of d in the words of l, by key; under "members" the members, one a
// line, with their coded answers by the same keys. Times are in UTC, by RFC 3339.
func (s *Store) WriteJSON(ctx context.Context, w io.Writer, d *form.Definition, l i18n.Lang) error {
	questions := make(map[string]string)
	for _, section := range d.Sections {
		for _, f := range section.Fields {
			questions[f.Key] = f.InShort().In(l)
		}
	}
	head, err := json.Marshal(questions)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(w, "{\"questions\": %s,\n\"members\": [", head); err != nil {
		return err
	}
	separator := "\n"
	err = s.Each(ctx, func(m Member) error {
		line, err := json.Marshal(m)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(w, "%s%s", separator, line)
		separator = ",\n"
		return err
	})
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, "\n]}\n")
	return err
}

// WriteCSV writes the members to w as CSV with a byte order mark, which
// spreadsheets need to read UTF-8. Members who share a mailbox are told apart by their
// IDs. Headings are the questions in the words of
// l; answers are codes, several separated by "; ". Answers to questions that
// d no longer asks follow under their keys. Times are those of the clocks in zone, as
// spreadsheets read them: 2026-12-01 17:02. Cells that a spreadsheet would
// run as a formula begin with an apostrophe.
func (s *Store) WriteCSV(ctx context.Context, w io.Writer, d *form.Definition, l i18n.Lang, zone *time.Location) error {
	old, err := s.retiredKeys(ctx, d)
	if err != nil {
		return err
	}
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if err := out.Write(neutralizeFormulas(headings(d, l, old))); err != nil {
		return err
	}
	err = s.Each(ctx, func(m Member) error { return out.Write(neutralizeFormulas(cells(d, m, old, zone))) })
	out.Flush()
	if err != nil {
		return err
	}
	return out.Error()
}

// retiredKeys returns the keys of stored answers to which d has no question.
func (s *Store) retiredKeys(ctx context.Context, d *form.Definition) ([]string, error) {
	rows, err := s.db.Read().QueryContext(ctx, `SELECT DISTINCT j.key FROM members m, json_each(m.answers) j ORDER BY j.key`)
	if err != nil {
		return nil, s.db.Wrap("export", err)
	}
	defer rows.Close()
	var keys []string
	for rows.Next() {
		var key string
		if err := rows.Scan(&key); err != nil {
			return nil, s.db.Wrap("export", err)
		}
		if d.Field(key) == nil {
			keys = append(keys, key)
		}
	}
	return keys, s.db.Wrap("export", rows.Err())
}

func headings(d *form.Definition, l i18n.Lang, old []string) []string {
	row := []string{i18n.T(l, "export.address"), i18n.T(l, "export.language"), i18n.T(l, "export.confirmed"), i18n.T(l, "export.updated"), i18n.T(l, "export.id"), i18n.T(l, "export.sharing")}
	for _, s := range d.Sections {
		for _, f := range s.Fields {
			row = append(row, f.InShort().In(l))
		}
	}
	for _, c := range d.Consents {
		row = append(row, i18n.T(l, "export.consent", c.Purpose), i18n.T(l, "export.consent_at", c.Purpose))
	}
	return append(row, old...)
}

func cells(d *form.Definition, m Member, old []string, zone *time.Location) []string {
	row := []string{m.Email, string(m.Lang), timeCell(m.Confirmed, zone), timeCell(m.Updated, zone), m.ID, strconv.Itoa(m.Sharing)}
	for _, s := range d.Sections {
		for _, f := range s.Fields {
			row = append(row, strings.Join(m.Answers[f.Key], "; "))
		}
	}
	for _, c := range d.Consents {
		row = append(row, consentCells(c.Key, m.Consents, zone)...)
	}
	for _, key := range old {
		row = append(row, strings.Join(m.Answers[key], "; "))
	}
	return row
}

func consentCells(key string, consents []Consent, zone *time.Location) []string {
	for _, c := range consents {
		if c.Key == key {
			return []string{strconv.FormatBool(c.Given), timeCell(c.At, zone)}
		}
	}
	return []string{"", ""}
}

func timeCell(at time.Time, zone *time.Location) string {
	return at.In(zone).Format("2006-01-02 15:04")
}

// neutralizeFormulas returns row with every cell that a spreadsheet would take for a formula
// made text, as OWASP advises against CSV injection.
func neutralizeFormulas(row []string) []string {
	for i, cell := range row {
		if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
			row[i] = "'" + cell
		}
	}
	return row
}
