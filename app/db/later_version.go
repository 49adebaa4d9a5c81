package db

import (
	"context"
	"fmt"
	"slices"
)

// refuseLaterVersion returns an error if the file has a migration that is not among names:
// it belongs to a later version of the program, or to another store.
func (d *DB) refuseLaterVersion(ctx context.Context, names []string) error {
	rows, err := d.write.QueryContext(ctx, `SELECT name FROM migrations ORDER BY name`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return err
		}
		if !slices.Contains(names, name) {
			return fmt.Errorf("the file was written by another version of this program: this one does not know the change %s", name)
		}
	}
	return rows.Err()
}
