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
// the present and the former answers to the question with the given key.
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
	if err != nil {
		return err
	}
	return changeFormer(ctx, tx, member, question, to)
}

// changeFormer puts an address into the former answers of a member, which may come back.
func changeFormer(ctx context.Context, tx *sql.Tx, member, question, to string) error {
	former, err := ids(ctx, tx, `SELECT selector FROM former_answers WHERE member = $1 AND answers <> '{}'`, member)
	if err != nil {
		return err
	}
	for _, selector := range former {
		var answers form.Answers
		if err := tx.QueryRowContext(ctx, `SELECT answers FROM former_answers WHERE selector = $1`, selector).Scan(asJSON{&answers}); err != nil {
			return err
		}
		text, err := withAnswer(answers, question, to)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE former_answers SET answers = $1 WHERE selector = $2`, text, selector); err != nil {
			return err
		}
	}
	return nil
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
