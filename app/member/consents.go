package member

import (
	"context"
	"database/sql"
	"errors"
	"math"
	"slices"
	"time"

	"joinery/app/consent"
)

// ErrNeverAsked reports a consent that a member was never asked for.
var ErrNeverAsked = errors.New("member: the member was never asked for this consent")

// WithdrawConsent records that a member has withdrawn the consent with the given key, and
// how the organization was told, and reports whether the member had given it. If not, it
// records nothing. It returns ErrNotFound without such a member, and ErrNeverAsked.
func (s *Store) WithdrawConsent(ctx context.Context, member, key, how string, now time.Time) (had bool, err error) {
	err = s.db.Tx(ctx, "withdraw consent", func(tx *sql.Tx) error {
		var email string
		if err := tx.QueryRowContext(ctx, `SELECT email FROM members WHERE id = $1`, member).Scan(&email); err != nil {
			return err
		}
		latest, err := consent.Latest(ctx, tx, member, math.MaxInt64)
		if err != nil {
			return err
		}
		c, asked := ofKey(latest, key)
		if !asked {
			return ErrNeverAsked
		}
		if had = c.Given; !had {
			return nil
		}
		c.Given, c.At = false, now
		return consent.Append(ctx, tx, s.ring, member, email, how, c.Consent)
	})
	return had && err == nil, err
}

// ofKey returns the record of a key among the latest ones.
func ofKey(latest []consent.Record, key string) (consent.Record, bool) {
	i := slices.IndexFunc(latest, func(r consent.Record) bool { return r.Key == key })
	if i < 0 {
		return consent.Record{}, false
	}
	return latest[i], true
}

// restoreConsents adds the consents of a member as they were when the given one was the
// last. What the organization was told since then stands, also when another form came, or
// was put back, after it.
func (s *Store) restoreConsents(ctx context.Context, tx *sql.Tx, member, email string, last int64, now time.Time) error {
	former, err := consent.Latest(ctx, tx, member, last)
	if err != nil {
		return err
	}
	latest, err := consent.Latest(ctx, tx, member, math.MaxInt64)
	if err != nil {
		return err
	}
	told, err := consent.LatestTold(ctx, tx, member, last)
	if err != nil {
		return err
	}
	var refused, restored []Consent
	for _, r := range latest {
		before, asked := ofKey(former, r.Key)
		said, stands := ofKey(told, r.Key)
		switch {
		case stands && said.Given == r.Given:
		case stands:
			restored = append(restored, said.Consent)
		case asked:
			restored = append(restored, before.Consent)
		default:
			r.Given, r.At = false, now
			refused = append(refused, r.Consent)
		}
	}
	return consent.Append(ctx, tx, s.ring, member, email, "", append(refused, restored...)...)
}
