package member

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"text/tabwriter"
)

// An OpenKind is a way to open a link that is unusual for a person.
type OpenKind string

// The kinds. One opening can be of several kinds.
const (
	ByOtherBrowser OpenKind = "stranger" // by another browser than the one that applied
	ByHEAD         OpenKind = "head"     // by the HTTP method HEAD
	WithinSeconds  OpenKind = "early"    // within seconds after the delivery of the letter
)

// OtherDomains stands for all domains that are counted together.
const OtherDomains = "other"

// A LinkOpen is what openings of links are counted by.
type LinkOpen struct {
	Day    string // in UTC, as in 2026-11-22
	Domain string // of the address, or OtherDomains
	Kind   OpenKind
}

// AddLinkOpens adds n to the count of o, and removes the counts of a year earlier.
func (s *Store) AddLinkOpens(ctx context.Context, o LinkOpen, n int) error {
	return s.db.Tx(ctx, "add link opens", func(tx *sql.Tx) error {
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

// WriteLinkOpens writes to w how often links were opened in each way, by day and domain,
// the newest day first.
func (s *Store) WriteLinkOpens(ctx context.Context, w io.Writer) error {
	rows, err := s.db.Read().QueryContext(ctx, `
		SELECT day, domain,
			total(count) FILTER (WHERE kind = 'stranger'), total(count) FILTER (WHERE kind = 'head'), total(count) FILTER (WHERE kind = 'early')
		FROM link_opens GROUP BY day, domain ORDER BY day DESC, domain`)
	if err != nil {
		return s.db.Wrap("link opens", err)
	}
	defer rows.Close()
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "day\tdomain\tby strangers\tby HEAD\twithin 10 s")
	for rows.Next() {
		var day, domain string
		var strangers, heads, soon float64 // as SQLite totals
		if err := rows.Scan(&day, &domain, &strangers, &heads, &soon); err != nil {
			return s.db.Wrap("link opens", err)
		}
		fmt.Fprintf(table, "%s\t%s\t%.0f\t%.0f\t%.0f\n", day, domain, strangers, heads, soon)
	}
	if err := rows.Err(); err != nil {
		return s.db.Wrap("link opens", err)
	}
	return table.Flush()
}
