package member

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"text/tabwriter"
)

// A OpenKind is a way to open a link that people seldom take.
type OpenKind string

// The manners. One opening can be of several.
const (
	ByOtherBrowser OpenKind = "stranger" // by another browser than the one that applied
	ByHEAD         OpenKind = "head"     // to see whether it is there, without looking at it
	WithinSeconds  OpenKind = "early"    // within seconds of the delivery of the letter
)

// OtherDomains stands for all domains that are not told from each other.
const OtherDomains = "other"

// An LinkOpen is what is counted of links that were opened.
type LinkOpen struct {
	Day    string // in UTC, as in 2026-11-22
	Domain string // of the mailbox, or OtherDomains
	Kind   OpenKind
}

// AddLinkOpens adds n to what was counted of o, and forgets what is a year older.
func (s *Store) AddLinkOpens(ctx context.Context, o LinkOpen, n int) error {
	return s.db.Tx(ctx, "count", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `
			INSERT INTO link_opens (day, domain, kind, count) VALUES ($1, $2, $3, $4)
			ON CONFLICT (day, domain, kind) DO UPDATE SET count = count + excluded.count`,
			o.Day, o.Domain, o.Kind, n)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `DELETE FROM link_opens WHERE day < date($1, '-1 year')`, o.Day)
		return err
	})
}

// WriteLinkOpens writes to w, for each day and domain, the newest day first, how
// often links were opened in each manner.
func (s *Store) WriteLinkOpens(ctx context.Context, w io.Writer) error {
	rows, err := s.db.Read().QueryContext(ctx, `
		SELECT day, domain,
			total(count) FILTER (WHERE kind = 'stranger'), total(count) FILTER (WHERE kind = 'head'), total(count) FILTER (WHERE kind = 'early')
		FROM link_opens GROUP BY day, domain ORDER BY day DESC, domain`)
	if err != nil {
		return s.db.Wrap("openings", err)
	}
	defer rows.Close()
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "day\tdomain\tby strangers\tby HEAD\twithin 10 s")
	for rows.Next() {
		var day, domain string
		var strangers, heads, soon float64 // as SQLite totals
		if err := rows.Scan(&day, &domain, &strangers, &heads, &soon); err != nil {
			return s.db.Wrap("openings", err)
		}
		fmt.Fprintf(table, "%s\t%s\t%.0f\t%.0f\t%.0f\n", day, domain, strangers, heads, soon)
	}
	if err := rows.Err(); err != nil {
		return s.db.Wrap("openings", err)
	}
	return table.Flush()
}
