package mail

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"joinery/app/db"
	"joinery/app/seal"
)

// SealEarlier seals what a version before sealing kept of letters in the open. It does
// nothing when there is none, and can be called again after a crash.
func SealEarlier(ctx context.Context, d *db.DB, ring *seal.Ring) error {
	var left bool
	err := d.Read().QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM unsealed_mails)`).Scan(&left)
	if err == nil && left {
		err = d.InTx(ctx, func(tx *sql.Tx) error { return sealAll(ctx, tx, ring) })
	}
	if err == nil && left {
		err = d.TruncateJournal(ctx) // it has the rows as they were
	}
	if err != nil {
		return fmt.Errorf("mail: seal letters of an earlier version: %w", db.MarkOutage(err))
	}
	return nil
}

func sealAll(ctx context.Context, tx *sql.Tx, ring *seal.Ring) error {
	letters, err := unsealed(ctx, tx)
	if err != nil {
		return err
	}
	for _, l := range letters {
		part, keys := "", keysOf(ring, l.To)
		if l.state == "waiting" {
			part = l.seal(ring, l.id)
		}
		_, err := tx.ExecContext(ctx, `UPDATE mails SET sealed = $1, mailbox_key = $2, address_key = $3 WHERE id = $4`, part, keys.mailbox, keys.address, l.id)
		if err != nil {
			return err
		}
	}
	_, err = tx.ExecContext(ctx, `DELETE FROM unsealed_mails`)
	return err
}

// An unsealedLetter is one that an earlier version has queued. Finished, it has nothing to
// seal: its recipient is known by the digests alone.
type unsealedLetter struct {
	sealedPart
	id    string
	state state
}

func unsealed(ctx context.Context, tx *sql.Tx) (all []unsealedLetter, err error) {
	rows, err := tx.QueryContext(ctx, `
		SELECT id, state, u.recipient, u.secrets, u.subject, u.text, u.html FROM unsealed_mails u JOIN mails ON id = mail`)
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
