package draft

import (
	"context"
	"crypto/rand"
	_ "embed"

	"github.com/redis/go-redis/v9"
)

//go:embed save.lua
var saveScript string

var saveLua = redis.NewScript(saveScript)

// refusals are why the script saved nothing, by what it returned.
var refusals = map[int64]error{-1: ErrNotFound, -2: ErrConflict, -3: ErrTooLarge}

// Save replaces one section as [Store] promises. A Redis that does not know
// the script yet, having just been started, is sent it in a second round trip.
func (r *Redis) Save(ctx context.Context, key string, s Save) (int64, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	content, err := encode(s.Content)
	if err != nil {
		return 0, failed("save", err)
	}
	version, err := saveLua.Run(ctx, r.client, []string{redisKey(key)},
		expiryCutoff(r.now(), r.ttl), s.At.UnixMilli(), r.ttl.Milliseconds(), MaxBytes,
		rand.Text(), s.Begin, s.Base, s.Page, s.autosavePage(),
		string(s.Lang), s.Section, content,
	).Int64()
	if err != nil {
		return 0, failed("save", err)
	}
	if refusal, ok := refusals[version]; ok {
		return 0, refusal
	}
	return version, nil
}
