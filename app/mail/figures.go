package mail

import (
	"context"
	"fmt"
	"time"

	"joinery/app/db"
)

// A Figure is how many letters of a kind are in a state.
type Figure struct {
	Kind  Kind
	State string // waiting, late, retried; delivered, refused, cancelled
	Count int
}

// Figures are how the queue stands, without anything of a letter.
type Figures struct {
	Letters []Figure      // those that wait, and those that ended within the last hour
	Overdue time.Duration // since when the attempt is due that has waited longest, which is not one put off; 0: none is
	Planned int           // letters that count in the budget of all together
}

// Figures reads how the queue in file stands, and how much of the budget of b for all
// together is used. It goes by indices, and reads no letter that ended earlier.
func (b *Limits) Figures(ctx context.Context, file *db.DB, now time.Time) (f Figures, err error) {
	if f.Letters, err = letterFigures(ctx, file, now); err != nil {
		return f, fmt.Errorf("mail: figures: %w", db.MarkOutage(err))
	}
	var oldest int64
	err = file.Read().QueryRowContext(ctx, `
		SELECT coalesce(min(due), $1), (SELECT count(*) FROM mails WHERE planned >= $2 AND (state <> 'abandoned' OR attempts > 0))
		FROM mails WHERE state = 'waiting'`, now.Unix(), now.Add(-b.Total.Per).Unix()).Scan(&oldest, &f.Planned)
	if err != nil {
		return f, fmt.Errorf("mail: figures: %w", db.MarkOutage(err))
	}
	f.Overdue = max(0, now.Sub(time.Unix(oldest, 0)).Truncate(time.Second))
	return f, nil
}

// letterFigures counts letters. One that waits for its turn in a budget is late, and one
// that has failed is retried. One that was given up without a failure was cancelled.
func letterFigures(ctx context.Context, file *db.DB, now time.Time) (all []Figure, err error) {
	rows, err := file.Read().QueryContext(ctx, `
		SELECT kind, CASE WHEN planned > $1 THEN 'late' WHEN failure <> '' THEN 'retried' ELSE 'waiting' END AS state, count(*)
		FROM mails WHERE state = 'waiting' GROUP BY 1, 2
		UNION ALL
		SELECT kind, CASE WHEN state = 'delivered' THEN 'delivered' WHEN failure <> '' THEN 'refused' ELSE 'cancelled' END, count(*)
		FROM mails WHERE settled > $2 GROUP BY 1, 2`, now.Unix(), now.Add(-time.Hour).Unix())
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var f Figure
		if err := rows.Scan(&f.Kind, &f.State, &f.Count); err != nil {
			return nil, err
		}
		all = append(all, f)
	}
	return all, rows.Err()
}
