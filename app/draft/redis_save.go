package draft

import (
	"context"
	"crypto/rand"
	_ "embed"
	"time"

	"github.com/redis/go-redis/v9"
)

//go:embed save.lua
var saveScript string

var saveLua = redis.NewScript(saveScript)

// refusals are the reasons why the script saved nothing, by its return value.
var refusals = map[int64]error{-1: ErrNotFound, -2: ErrConflict, -3: ErrTooLarge}

// Save replaces one section as [Store] promises. A Redis that does not know the script yet
// gets it in a second round trip.
func (r *Redis) Save(ctx context.Context, id ID, s Save) (int64, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	content, err := id.seal(s.Section, s.Content)
	if err != nil {
		return 0, err
	}
	version, err := r.runSave(ctx, redisKey(id.Key), r.ttl, s, string(content))
	if err != nil {
		return 0, failed("save", err)
	}
	if refusal, ok := refusals[version]; ok {
		return 0, refusal
	}
	return version, nil
}

// runSave runs the script on a key that Redis removes after ttl.
func (r *Redis) runSave(ctx context.Context, key string, ttl time.Duration, s Save, content string) (int64, error) {
	return saveLua.Run(ctx, r.client, []string{key},
		expiryCutoff(r.now(), r.ttl), s.At.UnixMilli(), ttl.Milliseconds(), s.MaxBytes,
		rand.Text(), s.Begin, s.Base, s.Page, s.autosavePage(),
		s.Section, content,
	).Int64()
}
