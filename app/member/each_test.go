package member

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"testing"
	"time"

	"joinery/app/mail"
)

// TestEachLetsOthersWrite adds members while Each lists them.
func TestEachLetsOthersWrite(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	for _, email := range []string{"ann@example.ca", "bob@example.ca", "cyd@example.ca"} {
		h.join(t, email, nil)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second) // less than SQLite waits for a lock
	defer cancel()
	seen := 0
	err := h.Each(ctx, func(m Member) error {
		seen++
		a := newApplication("x"+m.Email, nil)
		if _, err := h.Submit(ctx, a, "", newLink(), newLetter(a.Email), new(mail.Limits), noon); err != nil {
			return err
		}
		_, err := h.Confirm(ctx, a.ID, Proof{At: noon}, anyMember, letters(a.Email))
		return err
	})
	if err != nil || seen != 3 {
		t.Errorf("Each saw %d members, %v, want the 3 that were there when it began", seen, err)
	}
	if n := len(h.members(t)); n != 6 {
		t.Errorf("there are %d members, want 6", n)
	}
}

func TestEachStopsAtAnError(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.join(t, "ann@example.ca", nil)
	h.join(t, "bob@example.ca", nil)
	seen := 0
	err := h.Each(t.Context(), func(Member) error { seen++; return context.Canceled })
	if err != context.Canceled || seen != 1 {
		t.Errorf("Each = %v after %d members, want the error of do after the first", err, seen)
	}
}

func TestEachCallsWithEveryMemberOnceAlsoWithMany(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	const many = 2*pageOfMembers + 1
	err := h.db.InTx(t.Context(), func(tx *sql.Tx) (err error) {
		for n := range many {
			if _, err = tx.Exec(`INSERT INTO members (id, email, lang, form, answers, confirmed_at, updated_at) VALUES ($1, $1, 'en', '1', '{"a": ["b"]}', $2, 1)`,
				fmt.Sprintf("member-%04d", n), n/3); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	seen := make(map[string]bool)
	last := ""
	err = h.Each(t.Context(), func(m Member) error {
		if seen[m.ID] = true; m.ID < last {
			t.Errorf("%s comes after %s", m.ID, last)
		}
		last = m.ID
		return nil
	})
	if n, err2 := h.Count(t.Context()); err != nil || err2 != nil || len(seen) != many || n != many {
		t.Errorf("Each has seen %d and Count says %d of %d members (%v, %v)", len(seen), n, many, err, err2)
	}
	if keys, err := h.AnswerKeys(t.Context()); err != nil || len(keys) != 1 || keys[0] != "a" {
		t.Errorf("the keys of answers are %q, %v", keys, err)
	}
}

// TestMembersAreListedByTheIndexOfTheirOrder so that no page sorts them, and none reads
// those of the pages before.
func TestMembersAreListedByTheIndexOfTheirOrder(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	rows, err := h.file.Read().QueryContext(t.Context(), `EXPLAIN QUERY PLAN `+afterQuery, 1, "m", 1)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var plan strings.Builder
	for rows.Next() {
		var id, parent, unused int
		var step string
		if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintln(&plan, step)
	}
	if got := plan.String(); !strings.HasPrefix(got, "SEARCH m USING INDEX members_confirmed ((confirmed_at,id)>") || strings.Contains(got, "TEMP B-TREE") {
		t.Errorf("the plan is\n%s", got)
	}
}
