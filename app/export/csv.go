package export

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"joinery/app/member"
)

// CSV writes a table with a byte order mark, which spreadsheets need to read UTF-8. Times
// are those of the clocks in the zone, as spreadsheets read them: 2026-12-01 17:02. No cell
// is taken for a formula, whichever separator the spreadsheet expects.
func CSV(ctx context.Context, w io.Writer, t Table, each Each) error {
	out := bufio.NewWriter(w)
	out.WriteString("\ufeff") //nolint:errcheck // Flush returns the first error
	var headings []any
	for _, h := range t.headings() {
		headings = append(headings, h)
	}
	writeLine(out, headings)
	err := t.selected(each)(ctx, func(m member.Member) error {
		writeLine(out, t.cells(m))
		return nil
	})
	if err != nil {
		return err
	}
	return out.Flush()
}

// writeLine writes cells, each in quotation marks.
func writeLine(out *bufio.Writer, cells []any) {
	for i, cell := range cells {
		if i > 0 {
			out.WriteByte(',') //nolint:errcheck // Flush returns the first error
		}
		out.WriteString(`"` + strings.ReplaceAll(neutral(text(cell)), `"`, `""`) + `"`) //nolint:errcheck // the same
	}
	out.WriteString("\r\n") //nolint:errcheck // the same
}

// text returns a cell as it is written.
func text(cell any) string {
	if at, ok := cell.(time.Time); ok {
		return at.Format("2006-01-02 15:04")
	}
	return fmt.Sprint(cell)
}

// The signs with which a formula begins, also in their wide forms, and those after which a
// spreadsheet may begin another cell.
const (
	formulaSigns = "=+-@＝＋－＠"
	cellEnds     = ";,|\t\r\n=＝；，｜"
)

// neutral returns text with an apostrophe before each sign that a spreadsheet could take
// for the begin of a formula: at the begin, and where another list separator would begin
// another cell.
func neutral(text string) string {
	var b strings.Builder
	atBegin := true
	for _, r := range text {
		if atBegin && strings.ContainsRune(formulaSigns, r) {
			b.WriteByte('\'')
		}
		b.WriteRune(r)
		atBegin = strings.ContainsRune(cellEnds, r) || atBegin && (r == ' ' || r == '"' || r == '\u00a0')
	}
	return b.String()
}
