package member

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"joinery/app/form"
)

// ErrCrowded reports an address that MaxSharing members have already.
var ErrCrowded = errors.New("member: too many members have this address")

// checkRoom returns ErrCrowded if a member cannot share an address with those that have it.
func checkRoom(ctx context.Context, tx *sql.Tx, member, address string) error {
	var others int
	err := tx.QueryRowContext(ctx, `SELECT count(*) FROM members WHERE lower(email) = lower($1) AND id <> $2`, address, member).Scan(&others)
	if err == nil && others >= MaxSharing {
		return ErrCrowded
	}
	return err
}

// changeEmail gives a member another address, which must be canonical, and puts it into
// the answer to the question with the given key.
func changeEmail(ctx context.Context, tx *sql.Tx, member, to, question string, now time.Time) error {
	if err := checkRoom(ctx, tx, member, to); err != nil {
		return err
	}
	var answers form.Answers
	if err := tx.QueryRowContext(ctx, `SELECT answers FROM members WHERE id = $1`, member).Scan(asJSON{&answers}); err != nil {
		return err
	}
	text, err := withAnswer(answers, question, to)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `UPDATE members SET email = $1, answers = $2, updated_at = $3 WHERE id = $4`, to, text, now.Unix(), member)
	return err
}

// withAnswer returns answers with another answer to one question, as a store keeps them.
func withAnswer(answers form.Answers, question, answer string) (string, error) {
	if answers == nil {
		answers = form.Answers{}
	}
	answers[question] = []string{answer}
	text, err := json.Marshal(answers)
	return string(text), err
}
