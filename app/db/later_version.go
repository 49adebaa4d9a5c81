package db

import (
	"context"
	"fmt"
)

// refuseLaterVersion returns an error if the file has a migration that is not among names:
// it belongs to a later version of the program, or to another store.
func (d *DB) refuseLaterVersion(ctx context.Context, names []string) error {
	rows, err := d.write.QueryContext(ctx, `SELECT name FROM migrations ORDER BY name`)
	if err != nil {
		return err
	}
	applied, err := scanNames(rows)
	if err != nil {
		return err
	}
	if later := without(applied, names); len(later) > 0 {
		return laterVersion(later[0])
	}
	return nil
}

func laterVersion(change string) error {
	return fmt.Errorf("the file was written by another version of this program: this one does not know the change %s", change)
}
