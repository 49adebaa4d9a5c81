package consent

import (
	"context"
	"fmt"
)

// A Fault is the first row that does not fit the chain.
type Fault struct {
	Row int64
	Why string
}

func (f *Fault) Error() string { return fmt.Sprintf("row %d %s", f.Row, f.Why) }

// A Report is what Verify has seen.
type Report struct {
	Head    Head // zero: there are no rows
	Rows    int
	Emptied int // of the rows; their time is over
}

// Verify reads the whole chain, one row at a time. The error is a [*Fault] when a row does
// not fit, or when the chain does not contain the head known, unless that is zero.
func (s *Store) Verify(ctx context.Context, known Head) (Report, error) {
	rows, err := s.db.Read().QueryContext(ctx, `SELECT `+columns+` FROM consents c ORDER BY c.id`)
	if err != nil {
		return Report{}, s.db.Wrap("verify", err)
	}
	defer rows.Close()
	var seen Report
	found := known == Head{}
	for rows.Next() {
		r, err := scan(rows)
		if err != nil {
			return seen, s.db.Wrap("verify", err)
		}
		if why := r.fault(seen.Head.Hash, known); why != "" {
			return seen, &Fault{r.Row, why}
		}
		found = found || r.Row == known.Row
		seen.add(r)
	}
	if err := rows.Err(); err != nil {
		return seen, s.db.Wrap("verify", err)
	}
	if !found {
		return seen, &Fault{known.Row, "is missing"}
	}
	return seen, nil
}

func (p *Report) add(r row) {
	p.Head = Head{r.Row, r.hash}
	p.Rows++
	if r.salt == "" {
		p.Emptied++
	}
}

// fault returns why r does not fit behind the row with the hash before, or "".
func (r row) fault(before string, known Head) string {
	switch {
	case r.hash == "":
		return "has no hash"
	case r.hash != r.hashAfter(before):
		return "does not follow the row before it"
	case r.salt != "" && r.contentHash != r.hashContent():
		return "was changed"
	case r.salt == "" && !r.empty():
		return "is emptied, but not wholly"
	case r.Row == known.Row && r.hash != known.Hash:
		return "does not have the hash of the known head"
	}
	return ""
}

// empty reports whether r has no content.
func (r row) empty() bool {
	return r.hashContent() == (&row{Record: emptied}).hashContent()
}
