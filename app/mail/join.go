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
	letters, err := waitingFor(ctx, tx, ring, o)
	if err != nil {
		return time.Time{}, fmt.Errorf("mail: join: %w", err)
	}
	for _, l := range letters {
		if l.size > maxSealed {
			continue
		}
		l.Secrets = append(l.Secrets, o.Secrets...)
		_, err = tx.ExecContext(ctx, `UPDATE mails SET topic = '', sealed = $1 WHERE id = $2`, l.seal(ring, l.id), l.id)
		return time.Unix(l.planned, 0), err
	}
	return time.Time{}, nil
}

// WaitingSecrets returns, within tx, the secrets of the letters of the kind of o to the same
// address that wait for their turn.
func WaitingSecrets(ctx context.Context, tx *sql.Tx, ring *seal.Ring, o Order) (secrets []string, err error) {
	letters, err := waitingFor(ctx, tx, ring, o)
	if err != nil {
		return nil, fmt.Errorf("mail: waiting secrets: %w", err)
	}
	for _, l := range letters {
		secrets = append(secrets, l.Secrets...)
	}
	return secrets, nil
}

// A waitingLetter is one that waits for its turn.
type waitingLetter struct {
	sealedPart
	id      string
	size    int // sealed
	planned int64
}

// waitingFor returns the letters of the kind of o to the same address that wait for their
// turn, the first to go out first. It leaves out a letter that does not open, which must
// not keep another from being asked for.
func waitingFor(ctx context.Context, tx *sql.Tx, ring *seal.Ring, o Order) (all []waitingLetter, err error) {
	keys := keysOf(ring, o.To)
	rows, err := tx.QueryContext(ctx, `SELECT id, sealed, planned FROM mails WHERE `+sameAddress+` ORDER BY planned`,
		keys.mailbox, o.Kind, keys.address, o.Due.Unix())
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var l waitingLetter
		var sealed string
		if err := rows.Scan(&l.id, &sealed, &l.planned); err != nil {
			return nil, err
		}
		l.size = len(sealed)
		l.sealedPart, err = openPart(ctx, ring, l.id, sealed)
		if errors.Is(err, seal.ErrSealed) {
			continue
		}
		if err != nil {
			return nil, err
		}
		all = append(all, l)
	}
	return all, rows.Err()
}
