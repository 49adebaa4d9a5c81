package mail

import (
	"context"
	"database/sql"
	"fmt"

	"joinery/app/seal"
)

// Redirect has, within tx, the letters with the given topic that wait, or were given up and
// may be tried again, go to another address, whose budgets they count in from then on. An
// attempt that is under way may still deliver its letter to the address from before.
func Redirect(ctx context.Context, tx *sql.Tx, ring *seal.Ring, topic, to string) error {
	sealed, err := sealedAbout(ctx, tx, topic)
	if err != nil {
		return fmt.Errorf("mail: redirect: %w", err)
	}
	keys := keysOf(ring, to)
	for id, text := range sealed {
		part, err := openPart(ctx, ring, id, text)
		if err != nil {
			continue // a letter that does not open is never sent
		}
		part.To = to
		_, err = tx.ExecContext(ctx, `UPDATE mails SET sealed = $1, mailbox_key = $2, address_key = $3 WHERE id = $4`,
			part.seal(ring, id), keys.mailbox, keys.address, id)
		if err != nil {
			return fmt.Errorf("mail: redirect: %w", err)
		}
	}
	return nil
}

// sealedAbout returns what is sealed of the letters with a topic, by their IDs: of those
// that wait, and those that were given up and may be tried again.
func sealedAbout(ctx context.Context, tx *sql.Tx, topic string) (map[string]string, error) {
	rows, err := tx.QueryContext(ctx, `SELECT id, sealed FROM mails WHERE topic = $1 AND topic <> '' AND sealed <> ''`, topic)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	all := make(map[string]string)
	for rows.Next() {
		var id, sealed string
		if err := rows.Scan(&id, &sealed); err != nil {
			return nil, err
		}
		all[id] = sealed
	}
	return all, rows.Err()
}
