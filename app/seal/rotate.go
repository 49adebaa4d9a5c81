package seal

import (
	"context"
	"database/sql"
	"encoding/base64"
	"fmt"
	"time"

	"joinery/app/db"
)

// Rotate seals the keys in d anew with the first of masters, which may open with any of
// them, and adds a key that seals data from then on.
func Rotate(ctx context.Context, d *db.DB, masters Masters, now time.Time) error {
	all, err := masters()
	if err != nil {
		return err
	}
	err = d.InTx(ctx, func(tx *sql.Tx) error {
		if err := rewrap(ctx, tx, all); err != nil {
			return err
		}
		return addKey(ctx, tx, all[0], dataKey, now)
	})
	if err != nil {
		return fmt.Errorf("seal: rotate: %w", err)
	}
	return d.TruncateJournal(ctx)
}

// rewrap seals all keys with the first master key.
func rewrap(ctx context.Context, tx *sql.Tx, masters []Key) error {
	wrapped, err := wrappedKeys(ctx, tx)
	if err != nil {
		return err
	}
	for _, row := range wrapped {
		key, err := unwrap(masters, row.name, row.secret)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE keys SET secret = $1 WHERE id = $2`, wrap(masters[0], row.name, key), row.id); err != nil {
			return err
		}
	}
	return nil
}

// A wrappedKey is a row of the table.
type wrappedKey struct {
	id           int64
	name, secret string
}

func wrappedKeys(ctx context.Context, tx *sql.Tx) (all []wrappedKey, err error) {
	rows, err := tx.QueryContext(ctx, `SELECT id, name, secret FROM keys ORDER BY id`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var k wrappedKey
		if err := rows.Scan(&k.id, &k.name, &k.secret); err != nil {
			return nil, err
		}
		all = append(all, k)
	}
	return all, rows.Err()
}

// wrap returns a key of the given name, sealed with a master key.
func wrap(master Key, name string, key Key) string {
	return base64.StdEncoding.EncodeToString(master.Seal("key "+name, []byte(key.secret)))
}

// unwrap opens a key of the given name with the master key that fits.
func unwrap(masters []Key, name, wrapped string) (Key, error) {
	sealed, err := base64.StdEncoding.DecodeString(wrapped)
	if err != nil {
		return Key{}, ErrSealed
	}
	for _, master := range masters {
		if secret, err := master.Open("key "+name, sealed); err == nil && len(secret) == keySize {
			return keyOf(secret), nil
		}
	}
	return Key{}, ErrMaster
}
