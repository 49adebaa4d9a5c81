package draft

import (
	"context"
	"errors"
	"strings"

	"github.com/redis/go-redis/v9"
)

// RedisSettings are what a Redis says of itself that decides how safe drafts are in
// it, in its own words. What it does not tell to this user is "".
type RedisSettings struct {
	Role            string // "master", or "slave": a replica
	MaxMemoryPolicy string // "noeviction", or how it chooses what to remove when memory is short
	AppendOnly      string // "yes": it writes each change to a file
	AppendFsync     string // when that file is on the disk: "always", "everysec" or "no"
	Save            string // when it writes a snapshot; "": never, if AppendOnly is told
}

// Settings returns the settings of Redis. That Redis does not tell them is no
// error.
func (r *Redis) Settings(ctx context.Context) (RedisSettings, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	info, err := told(r.client.Info(ctx).Result())
	if err != nil {
		return RedisSettings{}, failed("settings", err)
	}
	s := RedisSettings{Role: infoField(info, "role"), MaxMemoryPolicy: infoField(info, "maxmemory_policy")}
	for name, value := range map[string]*string{"appendonly": &s.AppendOnly, "appendfsync": &s.AppendFsync, "save": &s.Save} {
		config, err := told(r.client.ConfigGet(ctx, name).Result())
		if err != nil {
			return RedisSettings{}, failed("settings", err)
		}
		*value = config[name]
	}
	return s, nil
}

// told returns an answer of Redis, or nothing if Redis refuses to give one.
func told[T any](answer T, err error) (T, error) {
	if refusal := redis.Error(nil); errors.As(err, &refusal) {
		err = nil
	}
	return answer, err
}

// infoField returns the value in the line "name:value" of what INFO answers.
func infoField(info, name string) string {
	for line := range strings.Lines(info) {
		if value, ok := strings.CutPrefix(line, name+":"); ok {
			return strings.TrimSpace(value)
		}
	}
	return ""
}
