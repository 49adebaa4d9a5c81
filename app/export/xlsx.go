package export

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/xuri/excelize/v2"

	"joinery/app/member"
)

// MaxRows is how many members a workbook takes.
const MaxRows = 100_000

// ErrTooMany reports more than MaxRows members.
var ErrTooMany = fmt.Errorf("export: a workbook takes %d members; write them as CSV", MaxRows)

// XLSX writes a table as a workbook with one sheet, in which times are dates and all else
// is text. What does not fit in memory lies meanwhile in a folder in scratch, which goes in
// the end.
func XLSX(ctx context.Context, w io.Writer, scratch string, t Table, each Each) (err error) {
	dir, err := scratchFolder(scratch)
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	defer os.RemoveAll(dir)
	book := excelize.NewFile(excelize.Options{TmpDir: dir})
	defer book.Close()
	if err := fill(ctx, book, t, each); err != nil {
		return err
	}
	return book.Write(w, excelize.Options{TmpDir: dir})
}

// scratchFolder makes a folder for this user alone, and removes those of exports that were
// killed.
func scratchFolder(parent string) (string, error) {
	if err := os.MkdirAll(parent, 0o700); err != nil {
		return "", err
	}
	old, err := filepath.Glob(filepath.Join(parent, "export-*"))
	if err != nil {
		return "", err
	}
	for _, dir := range old {
		if info, err := os.Stat(dir); err == nil && time.Since(info.ModTime()) > 24*time.Hour {
			os.RemoveAll(dir)
		}
	}
	return os.MkdirTemp(parent, "export-")
}

// fill writes the rows of a table to the first sheet of a book.
func fill(ctx context.Context, book *excelize.File, t Table, each Each) error {
	sheet, err := book.NewStreamWriter(book.GetSheetName(0))
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	r, err := newRows(book, sheet)
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	var headings []any
	for _, h := range t.headings() {
		headings = append(headings, excelize.Cell{StyleID: r.bold, Value: h})
	}
	if err := errors.Join(sheet.SetColWidth(1, len(headings), 22), sheet.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}), r.write(headings)); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	if err := t.selected(each)(ctx, func(m member.Member) error { return r.add(t.cells(m)) }); err != nil {
		return err
	}
	return sheet.Flush()
}

// rows writes one row after the other.
type rows struct {
	sheet      *excelize.StreamWriter
	n          int
	bold, date int // styles
}

func newRows(book *excelize.File, sheet *excelize.StreamWriter) (*rows, error) {
	format := "yyyy-mm-dd hh:mm"
	date, err1 := book.NewStyle(&excelize.Style{CustomNumFmt: &format})
	bold, err2 := book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	return &rows{sheet: sheet, bold: bold, date: date}, errors.Join(err1, err2)
}

// add writes the cells of a member. A workbook knows no zones: a time is what the clock
// shows.
func (r *rows) add(cells []any) error {
	if r.n > MaxRows {
		return ErrTooMany
	}
	for i, cell := range cells {
		if at, ok := cell.(time.Time); ok {
			y, m, d := at.Date()
			cells[i] = excelize.Cell{StyleID: r.date, Value: time.Date(y, m, d, at.Hour(), at.Minute(), at.Second(), 0, time.UTC)}
		}
	}
	return r.write(cells)
}

func (r *rows) write(cells []any) error {
	r.n++
	return r.sheet.SetRow(fmt.Sprintf("A%d", r.n), cells)
}
