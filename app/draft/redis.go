package draft

import (
	"context"
	"errors"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/logging"
	"github.com/redis/go-redis/v9/maintnotifications"

	"joinery/app/readiness"
)

// Redis is a [Store] in Redis, one hash for each draft. What the program
// leaves behind, Redis forgets by its own clock. What survives a power loss is
// for the server's settings to say: with appendfsync everysec, all but the
// last second.
//
// A hash has the fields saved (Unix milliseconds) and n (how many saves
// there were); and for each section s:KEY, its content in JSON, m:KEY, a mark
// of its last save, and v:KEY, n at that save and, if it was a quiet one, its
// page: "7 PAGE", or "7 ".
type Redis struct {
	client *redis.Client
	ttl    time.Duration
	now    func() time.Time
	probe  readiness.Probe
}

// A page waits for the store, and a person for the page: a call that was not
// answered within patience fails, and an attempt to send it within half of it.
const patience = 2 * time.Second

// NewRedis returns a store in the Redis at rawURL, a redis://, rediss:// or
// unix:// URL. It does not connect. While Redis cannot be reached every call
// fails within two seconds; once it is back they succeed.
func NewRedis(rawURL string, ttl time.Duration, now func() time.Time) (*Redis, error) {
	if _, err := url.Parse(rawURL); err != nil {
		// err would show the URL, and with it the password.
		return nil, errors.New("draft: the address of Redis is not a URL: in its password, %-escape what is neither a letter nor a digit")
	}
	o, err := redis.ParseURL(rawURL)
	if err != nil {
		// Nor may this one be shown: a part of the password may be in it.
		return nil, errors.New("draft: write the address of Redis like redis://user:password@host:6379/0, in which only the number of a database can follow the host")
	}
	o.DialTimeout, o.ReadTimeout, o.WriteTimeout = patience/2, patience/2, patience/2
	o.MaxRetries, o.DialerRetries = 1, 1
	o.ContextTimeoutEnabled = true // or patience would end only with an attempt
	o.MaintNotificationsConfig = &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
	logging.Disable() // lines of its own on stderr; the errors say the same
	return &Redis{client: redis.NewClient(o), ttl: ttl, now: now}, nil
}

// Close closes the connections.
func (r *Redis) Close() error { return r.client.Close() }

// Load returns the draft with the given key, or ErrNotFound, also for one that
// has expired and that Redis still has.
func (r *Redis) Load(ctx context.Context, key string) (Draft, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	hash, err := r.client.HGetAll(ctx, redisKey(key)).Result()
	if err != nil {
		return Draft{}, failed("load", err)
	}
	if len(hash) == 0 {
		return Draft{}, ErrNotFound
	}
	d, err := fromHash(hash)
	if err != nil {
		return Draft{}, failed("load", err)
	}
	if d.Saved.UnixMilli() <= expiryCutoff(r.now(), r.ttl) {
		return Draft{}, ErrNotFound
	}
	d.Key = key
	return d, nil
}

// Delete forgets a draft. Deleting one that is not there is no error. In the
// files of a Redis that keeps some, a copy stays until it rewrites them.
func (r *Redis) Delete(ctx context.Context, key string) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if err := r.client.Del(ctx, redisKey(key)).Err(); err != nil {
		return failed("delete", err)
	}
	return nil
}

// fromHash reads what Save wrote. What else may be in the hash, from a later
// version of the program, it leaves alone.
func fromHash(hash map[string]string) (Draft, error) {
	saved, err := strconv.ParseInt(hash["saved"], 10, 64)
	if err != nil {
		return Draft{}, errCorrupt
	}
	d := Draft{Saved: time.UnixMilli(saved), Sections: make(map[string]Section)}
	for field, content := range hash {
		section, ok := strings.CutPrefix(field, "s:")
		if !ok {
			continue
		}
		n, _, _ := strings.Cut(hash["v:"+section], " ")
		version, err := strconv.ParseInt(n, 10, 64)
		if err != nil {
			return Draft{}, errCorrupt
		}
		if d.Sections[section], err = decode(content, version); err != nil {
			return Draft{}, err
		}
	}
	return d, nil
}

func redisKey(key string) string { return "joinery:draft:" + key }
