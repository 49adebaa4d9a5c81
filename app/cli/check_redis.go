package cli

import (
	"context"
	"errors"
	"fmt"
	"io"

	"joinery/app/draft"
)

// checkRedis writes to out how safe drafts are in Redis, if they are kept there.
// A replica is an error: what it is given is lost when it next copies its primary.
func (p *Parts) checkRedis(ctx context.Context, out io.Writer) error {
	redis, ok := p.drafts.(*draft.Redis)
	if !ok {
		return nil
	}
	s, err := redis.Settings(ctx)
	if err != nil {
		return err
	}
	if s.Role != "" && s.Role != "master" {
		return errors.New("the Redis at REDIS_URL is a replica: name its primary, or drafts are lost")
	}
	fmt.Fprintln(out, eviction(s))
	fmt.Fprintln(out, persistence(s))
	return nil
}

// eviction says what Redis does with drafts when its memory is short.
func eviction(s draft.RedisSettings) string {
	switch s.MaxMemoryPolicy {
	case "":
		return "Redis does not answer INFO: whether it is a replica, and whether it removes drafts when memory is short, could not be looked at"
	case "noeviction":
		return "ok: Redis removes no drafts when memory is short (maxmemory-policy noeviction)"
	}
	return "warning: maxmemory-policy is " + s.MaxMemoryPolicy + ": when memory is short, Redis removes drafts that are not finished; set it to noeviction"
}

// persistence says what a restart of Redis, or of its machine, does to drafts.
func persistence(s draft.RedisSettings) string {
	switch {
	case s.AppendOnly == "":
		return "Redis does not answer CONFIG GET: whether drafts outlast a restart could not be looked at"
	case s.AppendOnly == "yes":
		return "ok: Redis writes drafts to an append-only file, appendfsync " + s.AppendFsync + ": " + lostWithPower[s.AppendFsync]
	case s.Save != "":
		return "warning: Redis writes drafts to snapshots alone, save " + s.Save + ": a crash loses all that came after the last one; set appendonly to yes"
	}
	return "warning: Redis writes drafts to no file: a restart loses all of them; set appendonly to yes"
}

// lostWithPower says what a power loss takes, by appendfsync.
var lostWithPower = map[string]string{
	"always":   "a power loss takes nothing",
	"everysec": "a power loss can take the last second",
	"no":       "a power loss can take the last half minute",
}
