//go:build e2e

package draft

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"joinery/app/form"
	"joinery/app/redistest"
)

// TestStoresAgree has both stores do the same at random. One decides in Lua, the other in
// Go and SQL: their results must be equal.
func TestStoresAgree(t *testing.T) {
	c := newClock()
	stores := []Store{openRedis(t, redistest.Start(t), c.now), openSQL(t, t.TempDir(), c.now)}
	var lives int
	rapid.Check(t, func(r *rapid.T) {
		lives++
		key := fmt.Sprint("draft ", lives)
		both := func(do func(s Store) (any, error)) {
			one, err1 := do(stores[0])
			other, err2 := do(stores[1])
			if !reflect.DeepEqual(one, other) || !errors.Is(err1, err2) {
				r.Fatalf("one says %+v, %v\nthe other %+v, %v", one, err1, other, err2)
			}
		}
		r.Repeat(map[string]func(*rapid.T){
			"save": func(r *rapid.T) {
				save := anySave(r, c.now())
				both(func(s Store) (any, error) { return s.Save(t.Context(), idOf(key), save) })
			},
			"delete": func(*rapid.T) {
				both(func(s Store) (any, error) { return nil, s.Delete(t.Context(), key) })
			},
			"pass": func(r *rapid.T) {
				c.pass(rapid.SampledFrom([]time.Duration{time.Millisecond, -time.Hour, time.Hour, ttl / 2, ttl, -ttl}).Draw(r, "time"))
			},
			"": func(*rapid.T) { // after each step
				both(func(s Store) (any, error) { return s.Load(t.Context(), idOf(key)) })
			},
		})
	})
}

// anySave draws a save of which a store sometimes accepts the base and the page.
func anySave(r *rapid.T, at time.Time) Save {
	return Save{
		Section: rapid.SampledFrom([]string{"about", "contact", "s:about", "work"}).Draw(r, "section"),
		Content: Section{
			Answers:    form.Answers{"story": {strings.Repeat("é", rapid.SampledFrom([]int{0, 1, 2, maxBytes / 3}).Draw(r, "size"))}},
			InProgress: rapid.Bool().Draw(r, "in progress"),
		},
		At:       at,
		Base:     rapid.Int64Range(AnyVersion, 6).Draw(r, "base"),
		Page:     rapid.SampledFrom([]string{"", "A", "B"}).Draw(r, "page"),
		Autosave: rapid.Bool().Draw(r, "autosave"),
		Begin:    rapid.Bool().Draw(r, "begin"),
		MaxBytes: maxBytes,
	}
}
