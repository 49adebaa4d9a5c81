package member

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strings"

	"joinery/app/consent"
	"joinery/app/form"
	"joinery/app/seal"
)

// A sealedContent is what the database keeps of an application under a seal, so that a
// copy of the file tells nothing of a person who did not become a member.
type sealedContent struct {
	Email    string       `json:"email"`
	Answers  form.Answers `json:"answers"`
	Consents []Consent    `json:"consents"`
}

// sealContent returns what the columns email_digest and content keep of an application.
func (s *Store) sealContent(a Application) (digest, content string, err error) {
	text, err := json.Marshal(sealedContent{a.Email, a.Answers, a.Consents})
	return s.emailDigest(a.Email), s.ring.Seal(sealName(a.ID), string(text)), err
}

// emailDigest returns the digest by which the applications of an address are found, in
// upper or lower case.
func (s *Store) emailDigest(email string) string {
	return s.ring.Digest("application", strings.ToLower(email))
}

// sealName names the application to which sealed content belongs.
func sealName(application string) string { return "application " + application }

// asSealed reads the content of the application in it, whose ID is read before. Content
// that does not open is [seal.ErrSealed].
type asSealed struct {
	ctx  context.Context
	ring *seal.Ring
	into *Application
}

func (s asSealed) Scan(text any) error {
	if text.(string) == "" {
		return nil // the application has ended
	}
	plain, err := s.ring.Open(s.ctx, sealName(s.into.ID), text.(string))
	if err != nil {
		return err
	}
	var c sealedContent
	if err := json.Unmarshal([]byte(plain), &c); err != nil {
		return seal.ErrSealed // without the content, which the error of json may quote
	}
	s.into.Email, s.into.Answers, s.into.Consents = c.Email, c.Answers, c.Consents
	return nil
}

// ignoreDamaged returns err, or nil when the content of one application does not open: a
// list goes on with the others.
func ignoreDamaged(err error) error {
	if errors.Is(err, seal.ErrSealed) {
		return nil
	}
	return err
}

// sealedAtOnce is how many applications of an earlier version are sealed in one transaction.
const sealedAtOnce = 200

// Upgrade seals the waiting applications that an earlier version has stored as they were,
// removes the copies in the journal, and chains the consents of an earlier version. Call it
// at the start, before anything reads applications. It may be interrupted, and does nothing
// when there is nothing to do.
func (s *Store) Upgrade(ctx context.Context) error {
	if err := consent.NewStore(s.db.DB, s.ring).Upgrade(ctx); err != nil {
		return err
	}
	return s.sealEarlier(ctx)
}

func (s *Store) sealEarlier(ctx context.Context) error {
	for sealed, n := 0, -1; n != 0; sealed += n {
		err := s.db.Tx(ctx, "upgrade", func(tx *sql.Tx) (err error) {
			n, err = s.sealSome(ctx, tx)
			return err
		})
		if err != nil || n == 0 && sealed == 0 {
			return err
		}
	}
	return s.db.Wrap("upgrade", s.db.TruncateJournal(ctx))
}

// sealSome seals some applications that are not sealed, and returns how many.
func (s *Store) sealSome(ctx context.Context, tx *sql.Tx) (int, error) {
	all, err := unsealed(ctx, tx)
	if err != nil {
		return 0, err
	}
	for _, a := range all {
		digest, content, err := s.sealContent(a)
		if err != nil {
			return 0, err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE applications SET email_digest = $1, content = $2 WHERE id = $3`, digest, content, a.ID); err != nil {
			return 0, err
		}
	}
	return len(all), nil
}

// unsealed returns some applications that are not sealed, with their content.
func unsealed(ctx context.Context, tx *sql.Tx) (all []Application, err error) {
	rows, err := tx.QueryContext(ctx, `SELECT id, content FROM applications WHERE state = $1 AND email_digest = '' LIMIT $2`, Waiting, sealedAtOnce)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var a Application
		var c sealedContent
		if err := rows.Scan(&a.ID, asJSON{&c}); err != nil {
			return nil, err
		}
		a.Email, a.Answers, a.Consents = c.Email, c.Answers, c.Consents
		all = append(all, a)
	}
	return all, rows.Err()
}
