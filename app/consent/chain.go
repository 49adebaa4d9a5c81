package consent

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"joinery/app/seal"
)

// A row is a row of the table.
type row struct {
	Record
	address           string // the digest
	salt              string
	contentHash, hash string
}

// A Head is the last row of a chain.
type Head struct {
	Row  int64
	Hash string
}

// String returns the head as ParseHead reads it, such as 120:5f3a…, or "" for the zero Head.
func (h Head) String() string {
	if h == (Head{}) {
		return ""
	}
	return fmt.Sprintf("%d:%s", h.Row, h.Hash)
}

// ParseHead returns the head that text spells. The word "head" may stand before it, as
// people copy a whole line.
func ParseHead(text string) (Head, error) {
	text = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(text), "head "))
	number, hash, _ := strings.Cut(text, ":")
	n, err := strconv.ParseInt(number, 10, 64)
	if _, err2 := hex.DecodeString(hash); err != nil || err2 != nil || n < 1 || len(hash) != 2*sha256.Size {
		return Head{}, errors.New("a head is the number of a row, a colon and 64 hexadecimal digits")
	}
	return Head{n, strings.ToLower(hash)}, nil
}

// Append adds consents of a member to the chain within tx, with the digest that ring makes
// of the address. How says how the organization was told, "" for the form. Rows without
// hashes, which Upgrade has not reached, are chained first.
func Append(ctx context.Context, tx *sql.Tx, ring *seal.Ring, member, email, how string, consents ...Consent) error {
	for n := -1; n != 0; {
		var err error
		if n, err = chainSome(ctx, tx, ring); err != nil {
			return err
		}
	}
	head, err := headOf(ctx, tx)
	if err != nil {
		return err
	}
	for _, c := range consents {
		r := row{Record: Record{Row: head.Row + 1, Member: member, Consent: c, How: how}, address: addressDigest(ring, email)}
		head = r.chain(head.Hash)
		if err := r.insert(ctx, tx); err != nil {
			return err
		}
	}
	return nil
}

// headQuery goes by the index of chained rows: an upgrade asks once for each thousand.
const headQuery = `SELECT id, hash FROM consents WHERE hash <> '' ORDER BY id DESC LIMIT 1`

// headOf returns the last row of the chain, or the zero Head.
func headOf(ctx context.Context, tx *sql.Tx) (h Head, err error) {
	err = tx.QueryRowContext(ctx, headQuery).Scan(&h.Row, &h.Hash)
	if errors.Is(err, sql.ErrNoRows) {
		return Head{}, nil
	}
	return h, err
}

// chain gives r a salt and its hashes, as the row after the one with the hash before.
func (r *row) chain(before string) Head {
	r.salt = rand.Text()
	r.contentHash = r.hashContent()
	r.hash = r.hashAfter(before)
	return Head{r.Row, r.hash}
}

func (r *row) insert(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO consents (id, member, address, key, version, purpose, wording, lang, given, at, how, salt, content_hash, hash)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
		r.Row, r.Member, r.address, r.Key, r.Version, r.Purpose, r.Wording, r.Lang, r.Given, r.At.Unix(), r.How, r.salt, r.contentHash, r.hash)
	return err
}

func (r *row) hashContent() string {
	given := "0"
	if r.Given {
		given = "1"
	}
	return hashOf("joinery consent 1", r.salt, r.Member, r.address, r.Key, r.Version, r.Purpose, r.Wording, string(r.Lang), given,
		strconv.FormatInt(r.At.Unix(), 10), r.How)
}

func (r *row) hashAfter(before string) string {
	return hashOf("joinery consent chain 1", before, strconv.FormatInt(r.Row, 10), r.contentHash)
}

// hashOf returns the hash over texts in the layout that the package comment states.
func hashOf(texts ...string) string {
	h := sha256.New()
	for _, text := range texts {
		fmt.Fprintf(h, "%d:%s,", len(text), text)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// columns are those that scan reads, of consents c.
const columns = `c.id, c.member, c.address, c.key, c.version, c.purpose, c.wording, c.lang, c.given, c.at, c.how, c.salt, c.content_hash, c.hash,
	coalesce((SELECT email FROM members m WHERE m.id = c.member), '')`

// scan reads a row.
func scan(rows *sql.Rows) (r row, err error) {
	var at int64
	err = rows.Scan(&r.Row, &r.Member, &r.address, &r.Key, &r.Version, &r.Purpose, &r.Wording, &r.Lang, &r.Given, &at, &r.How,
		&r.salt, &r.contentHash, &r.hash, &r.Email)
	r.At = time.Unix(at, 0).UTC()
	return r, err
}
