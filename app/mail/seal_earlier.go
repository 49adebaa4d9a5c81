package mail

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"joinery/app/db"
	"joinery/app/seal"
)

// sealedAtOnce is how many letters of an earlier version are sealed in one transaction.
const sealedAtOnce = 1000

// SealEarlier seals what a version before sealing kept of letters in the open. It does
// nothing when there is none. It may be interrupted, and called again.
func SealEarlier(ctx context.Context, d *db.DB, ring *seal.Ring) error {
	if err := sealEarlier(ctx, d, ring); err != nil {
		return fmt.Errorf("mail: seal letters of an earlier version: %w", db.MarkOutage(err))
	}
	return nil
}

func sealEarlier(ctx context.Context, d *db.DB, ring *seal.Ring) error {
	for sealed, n := 0, -1; n != 0; sealed += n {
		err := d.InTx(ctx, func(tx *sql.Tx) (err error) {
			n, err = sealSome(ctx, tx, ring)
			return err
		})
		if err != nil || n == 0 && sealed == 0 {
			return err
		}
	}
	return d.TruncateJournal(ctx) // it has the rows as they were
}

// sealSome seals some letters of an earlier version, and returns how many.
func sealSome(ctx context.Context, tx *sql.Tx, ring *seal.Ring) (int, error) {
	letters, err := unsealed(ctx, tx)
	if err != nil {
		return 0, err
	}
	for _, l := range letters {
		part, keys := "", keysOf(ring, l.To)
		if l.state == "waiting" {
			part = l.seal(ring, l.id)
		}
		_, err := tx.ExecContext(ctx, `UPDATE mails SET sealed = $1, mailbox_key = $2, address_key = $3 WHERE id = $4`, part, keys.mailbox, keys.address, l.id)
		if err != nil {
			return 0, err
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM unsealed_mails WHERE mail = $1`, l.id); err != nil {
			return 0, err
		}
	}
	return len(letters), nil
}

// An unsealedLetter is one that an earlier version has queued. Finished, it has nothing to
// seal: its recipient is known by the digests alone.
type unsealedLetter struct {
	sealedPart
	id    string
	state state
}

// unsealed returns some letters that are not sealed. A CROSS JOIN keeps the order of its tables:
// SQLite goes through the unsealed letters, and not through all to find the few that are left.
func unsealed(ctx context.Context, tx *sql.Tx) (all []unsealedLetter, err error) {
	rows, err := tx.QueryContext(ctx, `
		SELECT id, state, u.recipient, u.secrets, u.subject, u.text, u.html FROM unsealed_mails u CROSS JOIN mails ON id = mail LIMIT $1`, sealedAtOnce)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var l unsealedLetter
		var secrets string
		var written earlierWords
		if err := rows.Scan(&l.id, &l.state, &l.To, &secrets, &written.Subject, &written.Text, &written.HTML); err != nil {
			return nil, err
		}
		l.Secrets = strings.Fields(secrets)
		if written.Text != "" {
			l.Words = &written
		}
		all = append(all, l)
	}
	return all, rows.Err()
}
