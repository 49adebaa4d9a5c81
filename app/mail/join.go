package mail

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"joinery/app/seal"
)

// maxSealed is the size of a sealed order to which [Join] adds no more.
const maxSealed = 1400

// sameAddress is the condition on letters of the kind $2 to one address that still wait for
// a turn after $4.
const sameAddress = `mailbox_key = $1 AND kind = $2 AND address_key = $3 AND planned > $4 AND ` + untried

// Join adds, within tx, the secrets of o to a letter of the same kind to the same address
// that waits for its turn, and returns when that letter goes out; or the zero time if there
// is none that has fewer secrets than a letter may have links.
func Join(ctx context.Context, tx *sql.Tx, ring *seal.Ring, o Order) (due time.Time, err error) {
	var id, sealed string
	var planned int64
	keys := keysOf(ring, o.To)
	err = tx.QueryRowContext(ctx, `
		SELECT id, sealed, planned FROM mails WHERE `+sameAddress+` AND length(sealed) <= $5 ORDER BY planned LIMIT 1`,
		keys.mailbox, o.Kind, keys.address, o.Due.Unix(), maxSealed).Scan(&id, &sealed, &planned)
	if errors.Is(err, sql.ErrNoRows) {
		return time.Time{}, nil
	}
	if err != nil {
		return time.Time{}, fmt.Errorf("mail: join: %w", err)
	}
	part, err := openPart(ctx, ring, id, sealed)
	if err != nil {
		return time.Time{}, err
	}
	part.Secrets = append(part.Secrets, o.Secrets...)
	_, err = tx.ExecContext(ctx, `UPDATE mails SET topic = '', sealed = $1 WHERE id = $2`, part.seal(ring, id), id)
	return time.Unix(planned, 0), err
}

// WaitingSecrets returns, within tx, the secrets of the letters of the kind of o to the same
// address that wait for their turn.
func WaitingSecrets(ctx context.Context, tx *sql.Tx, ring *seal.Ring, o Order) (secrets []string, err error) {
	keys := keysOf(ring, o.To)
	rows, err := tx.QueryContext(ctx, `SELECT id, sealed FROM mails WHERE `+sameAddress, keys.mailbox, o.Kind, keys.address, o.Due.Unix())
	if err != nil {
		return nil, fmt.Errorf("mail: waiting secrets: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var id, sealed string
		if err := rows.Scan(&id, &sealed); err != nil {
			return nil, fmt.Errorf("mail: waiting secrets: %w", err)
		}
		part, err := openPart(ctx, ring, id, sealed)
		if err != nil {
			return nil, err
		}
		secrets = append(secrets, part.Secrets...)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("mail: waiting secrets: %w", err)
	}
	return secrets, nil
}
