// Package seal encrypts what the program keeps of people who are not members yet, and
// makes digests that only this installation can make.
//
// A master key, which no database and no backup contains, seals the keys in the table
// keys. These seal everything else. So a copy of the database alone tells nothing, and a
// new master key needs only a few rows written anew.
package seal

import (
	"context"
	"database/sql"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"joinery/app/db"
)

// ErrSealed reports a sealed text that does not open: it was changed, belongs to something
// else, or was sealed with another key.
var ErrSealed = errors.New("seal: the text does not open with this key")

// ErrMaster reports that no master key opens the keys of the database.
var ErrMaster = errors.New("seal: the master key is not the one with which the database was made: set MASTER_KEY, or put its file back")

// The names of the keys in the table.
const (
	dataKey   = "data"   // the newest seals, all open
	digestKey = "digest" // the only one of this name: digests must stay the same
)

// A Ring has the keys of an installation. It may be used concurrently.
type Ring struct {
	db      *db.DB
	masters Masters
	keys    atomic.Pointer[keys]
}

// keys are those in the table.
type keys struct {
	data   map[int64]Key // by the ID of the row
	newest int64         // of data
	digest Key
}

// Open returns the keys in d, whose tables are those of [db.Migrations]. It makes those
// that are missing.
func Open(ctx context.Context, d *db.DB, masters Masters, now time.Time) (*Ring, error) {
	sealing, err := masters()
	if err != nil {
		return nil, err
	}
	err = d.InTx(ctx, func(tx *sql.Tx) error {
		for _, name := range []string{dataKey, digestKey} {
			if err := addMissing(ctx, tx, sealing[0], name, now); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("seal: open: %w", err)
	}
	return Load(ctx, d, masters)
}

// Fresh reports whether d has no keys yet.
func Fresh(ctx context.Context, d *db.DB) (fresh bool, err error) {
	err = d.Read().QueryRowContext(ctx, `SELECT NOT EXISTS (SELECT 1 FROM keys)`).Scan(&fresh)
	if err != nil {
		return false, fmt.Errorf("seal: %w", db.MarkOutage(err))
	}
	return fresh, nil
}

// Load returns the keys in d and writes nothing. It is an error when there are none.
func Load(ctx context.Context, d *db.DB, masters Masters) (*Ring, error) {
	r := &Ring{db: d, masters: masters}
	return r, r.load(ctx)
}

// addMissing adds a key of the given name if there is none.
func addMissing(ctx context.Context, tx *sql.Tx, master Key, name string, now time.Time) error {
	var there bool
	err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM keys WHERE name = $1)`, name).Scan(&there)
	if err != nil || there {
		return err
	}
	return addKey(ctx, tx, master, name, now)
}

func addKey(ctx context.Context, tx *sql.Tx, master Key, name string, now time.Time) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO keys (name, created_at, secret) VALUES ($1, $2, $3)`,
		name, now.Unix(), wrap(master, name, NewKey()))
	return err
}

// load reads the keys from the table.
func (r *Ring) load(ctx context.Context) error {
	masters, err := r.masters()
	if err != nil {
		return err
	}
	rows, err := r.db.Read().QueryContext(ctx, `SELECT id, name, secret FROM keys ORDER BY id`)
	if err != nil {
		return fmt.Errorf("seal: load: %w", db.MarkOutage(err))
	}
	defer rows.Close()
	k := &keys{data: make(map[int64]Key)}
	for rows.Next() {
		if err := k.scan(rows, masters); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("seal: load: %w", db.MarkOutage(err))
	}
	if k.newest == 0 || k.digest.secret == "" {
		return errors.New("seal: the database has no keys yet: start the site once")
	}
	r.keys.Store(k)
	return nil
}

// scan adds the key of one row.
func (k *keys) scan(rows *sql.Rows, masters []Key) error {
	var id int64
	var name, secret string
	if err := rows.Scan(&id, &name, &secret); err != nil {
		return fmt.Errorf("seal: load: %w", db.MarkOutage(err))
	}
	key, err := unwrap(masters, name, secret)
	switch {
	case err != nil:
		return err
	case name == dataKey:
		k.data[id], k.newest = key, id
	case name == digestKey:
		k.digest = key
	}
	return nil
}

// Seal seals text as [Key.Seal] does, for a column of text. The result is "" for "".
func (r *Ring) Seal(about, text string) string {
	if text == "" {
		return ""
	}
	k := r.keys.Load()
	return fmt.Sprint(k.newest, ".", base64.RawStdEncoding.EncodeToString(k.data[k.newest].Seal(about, []byte(text))))
}

// Open returns what Seal was given, or ErrSealed. A text that was sealed with a key newer
// than this Ring has the keys read again.
func (r *Ring) Open(ctx context.Context, about, sealed string) (string, error) {
	if sealed == "" {
		return "", nil
	}
	number, text, _ := strings.Cut(sealed, ".")
	id, err1 := strconv.ParseInt(number, 10, 64)
	bytes, err2 := base64.RawStdEncoding.DecodeString(text)
	if err1 != nil || err2 != nil {
		return "", ErrSealed
	}
	key, err := r.dataKey(ctx, id)
	if err != nil {
		return "", err
	}
	plain, err := key.Open(about, bytes)
	return string(plain), err
}

// dataKey returns the key of data with the given ID.
func (r *Ring) dataKey(ctx context.Context, id int64) (Key, error) {
	k := r.keys.Load()
	if id > k.newest {
		if err := r.load(ctx); err != nil {
			return Key{}, err
		}
		k = r.keys.Load()
	}
	key, ok := k.data[id]
	if !ok {
		return Key{}, ErrSealed
	}
	return key, nil
}

// Digest returns a digest of text as [Key.Digest] does, which is the same as long as the
// installation lives, or "" for "".
func (r *Ring) Digest(kind, text string) string {
	if text == "" {
		return ""
	}
	return r.keys.Load().digest.Digest(kind, text)
}

// NewKey returns a random key and the same key sealed, for a column of text. Without the
// row, what the key has sealed is lost.
func (r *Ring) NewKey(about string) (key Key, sealed string) {
	key = NewKey()
	return key, r.Seal(about, key.Text())
}

// OpenKey returns the key that NewKey has sealed, or ErrSealed.
func (r *Ring) OpenKey(ctx context.Context, about, sealed string) (Key, error) {
	text, err := r.Open(ctx, about, sealed)
	if err != nil {
		return Key{}, err
	}
	return ParseKey(text)
}
