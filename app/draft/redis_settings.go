package draft

import (
	"context"
	"errors"
	"strings"

	"github.com/redis/go-redis/v9"
)

// RedisSettings are the settings of a Redis that decide how safe drafts are in it, in the
// words of Redis. A setting that Redis does not tell to this user is "".
type RedisSettings struct {
	Role            string // "master", or "slave": a replica
	MaxMemoryPolicy string // "noeviction", or how Redis chooses the keys that it removes when memory is short
	AppendOnly      string // "yes": Redis writes each change to a file
	AppendFsync     string // when Redis forces that file to the disk: "always", "everysec" or "no"
	Save            string // when Redis writes a snapshot; "": never, unless AppendOnly is "" too
}

// Settings returns the settings of Redis. It is no error when Redis does not tell them.
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

// told returns the answer of Redis, without an error if Redis refused to answer.
func told[T any](answer T, err error) (T, error) {
	if refusal := redis.Error(nil); errors.As(err, &refusal) {
		err = nil
	}
	return answer, err
}

// infoField returns the value in the line "name:value" of the answer to INFO.
func infoField(info, name string) string {
	for line := range strings.Lines(info) {
		if value, ok := strings.CutPrefix(line, name+":"); ok {
			return strings.TrimSpace(value)
		}
	}
	return ""
}
