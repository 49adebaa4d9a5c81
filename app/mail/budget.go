package mail

import (
	"context"
	"database/sql"
	"time"
)

// A Budget bounds how many letters of one kind go to one address: Max within
// any span of Per. Each kind has its own, or a stranger who asks for links could
// keep the letter away that confirms. The zero Budget bounds nothing.
type Budget struct {
	Max int
	Per time.Duration
}

// Enqueue queues l within tx and returns true, or returns false when that
// would be beyond the budget.
func (b Budget) Enqueue(ctx context.Context, tx *sql.Tx, l Letter) (bool, error) {
	if b.Max > 0 {
		sent, err := SentTo(ctx, tx, l.To, l.Kind, l.Written.Add(-b.Per))
		if err != nil || sent >= b.Max {
			return false, err
		}
	}
	err := Enqueue(ctx, tx, l)
	return err == nil, err
}
