package draft

import (
	"context"
	"fmt"

	"joinery/app/db"
)

// CountSQL returns how many drafts are in the file at path, also of those that have expired
// and were not swept yet. The file may be of an earlier version, or have no tables yet. It
// creates and changes nothing: a missing file is [fs.ErrNotExist].
func CountSQL(ctx context.Context, path string) (n int, err error) {
	file, err := db.OpenAnyVersion(ctx, path)
	if err != nil {
		return 0, fmt.Errorf("draft: %w", err)
	}
	defer file.Close()
	var begun bool
	err = file.Read().QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'drafts')`).Scan(&begun)
	if err == nil && begun {
		err = file.Read().QueryRowContext(ctx, `SELECT count(*) FROM drafts`).Scan(&n)
	}
	if err != nil {
		return 0, fmt.Errorf("draft: count: %w", db.MarkOutage(err))
	}
	return n, nil
}

// Keys returns the keys of drafts in their order that follow after, at most so many.
func (s *SQL) Keys(ctx context.Context, after string, most int) (keys []string, err error) {
	rows, err := s.db.Read().QueryContext(ctx, `SELECT key FROM drafts WHERE key > $1 ORDER BY key LIMIT $2`, after, most)
	if err != nil {
		return nil, fmt.Errorf("draft: keys: %w", db.MarkOutage(err))
	}
	defer rows.Close()
	for rows.Next() {
		var key string
		if err := rows.Scan(&key); err != nil {
			return nil, fmt.Errorf("draft: keys: %w", err)
		}
		keys = append(keys, key)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("draft: keys: %w", db.MarkOutage(err))
	}
	return keys, nil
}
