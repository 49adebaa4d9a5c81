package mail

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// A claimed order is one that a worker attends to.
type claimed struct {
	Order
	attempt    int
	unanswered int // attempts in which the whole letter was sent
	sealed     string
	words      *earlierWords // as an earlier version has written the letter, or nil
}

// claim takes the order that comes first, for the time of a lease. It is still sealed.
func (q *Queue) claim(ctx context.Context, last priority) (c claimed, err error) {
	now := q.Now()
	var planned int64
	err = q.DB.Write().QueryRowContext(ctx, `
		UPDATE mails SET due = $1, attempts = attempts + 1, priority = `+fmt.Sprint(later)+`
		WHERE id = `+firstDue(last)+`
		RETURNING id, kind, topic, network, lang, sealed, planned, attempts, unanswered`,
		now.Add(lease).Unix(), now.Unix(),
	).Scan(&c.ID, &c.Kind, &c.Topic, &c.Network, &c.Lang, &c.sealed, &planned, &c.attempt, &c.unanswered)
	c.Due = time.Unix(planned, 0)
	return c, err
}

// open opens what is sealed of c.
func (c *claimed) open(ctx context.Context, q *Queue) error {
	part, err := openPart(ctx, q.Ring, c.ID, c.sealed)
	if err != nil {
		return &Failure{Step: writing, Cause: Ours, err: err}
	}
	c.To, c.Secrets, c.words = part.To, part.Secrets, part.Words
	return nil
}

// write returns the letter of this attempt, and opens c.
func (q *Queue) write(ctx context.Context, c *claimed) (l Letter, err error) {
	if err := c.open(ctx, q); err != nil {
		return l, err
	}
	if c.words != nil {
		return Letter{c.Order, c.words.Subject, c.words.Text, c.words.HTML, q.Now()}, nil
	}
	l, err = q.Write(ctx, c.Order)
	if err != nil && !errors.Is(err, ErrEnded) {
		return l, &Failure{Step: writing, Cause: Passing, err: err}
	}
	l.Written = q.Now()
	return l, err
}
