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

// Redis is a [Store] in Redis, with one hash for each draft. Redis removes expired drafts
// by its own clock. What survives a power loss depends on the settings of the server:
// with appendfsync everysec, all but the last second.
//
// A hash has the fields saved (Unix milliseconds) and n (the number of saves), and for
// each section s:KEY (the content, sealed), m:KEY (a mark of the last save) and v:KEY (n at
// that save, and the page if it was an autosave: "7 PAGE", otherwise "7 ").
type Redis struct {
	client *redis.Client
	ttl    time.Duration
	now    func() time.Time
	probe  readiness.Probe
}

// patience is how long a call may take: the applicant waits for it. An attempt to send
// the call may take half of it.
const patience = 2 * time.Second

// NewRedis returns a store in the Redis at rawURL, a redis://, rediss:// or unix:// URL.
// It does not connect. While Redis cannot be reached, every call fails within two
// seconds, and most fail at once: see circuit. When Redis is back, calls succeed within a
// second.
func NewRedis(rawURL string, ttl time.Duration, now func() time.Time) (*Redis, error) {
	if _, err := url.Parse(rawURL); err != nil {
		// err quotes the URL with the password.
		return nil, errors.New("draft: the address of Redis is not a URL: in its password, %-escape what is neither a letter nor a digit")
	}
	o, err := redis.ParseURL(rawURL)
	if err != nil {
		// This err may quote a part of the password.
		return nil, errors.New("draft: write the address of Redis like redis://user:password@host:6379/0, in which only the number of a database can follow the host")
	}
	o.DialTimeout, o.ReadTimeout, o.WriteTimeout = patience/2, patience/2, patience/2
	o.MaxRetries, o.DialerRetries = 1, 1
	o.ContextTimeoutEnabled = true // otherwise a call could outlast patience
	o.MaintNotificationsConfig = &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
	logging.Disable() // the library would write to stderr what its errors say
	r := &Redis{client: redis.NewClient(o), ttl: ttl, now: now}
	r.client.AddHook(&circuit{now: now})
	return r, nil
}

// Close closes the connections.
func (r *Redis) Close() error { return r.client.Close() }

// Load returns a draft, or ErrNotFound, also for one that has expired and that Redis has
// not removed yet.
func (r *Redis) Load(ctx context.Context, id ID) (Draft, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	hash, err := r.client.HGetAll(ctx, redisKey(id.Key)).Result()
	if err != nil {
		return Draft{}, failed("load", err)
	}
	if len(hash) == 0 {
		return Draft{}, ErrNotFound
	}
	saved, sections, err := fromHash(hash)
	if err != nil {
		return Draft{}, failed("load", err)
	}
	if saved <= expiryCutoff(r.now(), r.ttl) {
		return Draft{}, ErrNotFound
	}
	d := Draft{Key: id.Key, Saved: time.UnixMilli(saved)}
	d.Sections, err = id.open(sections)
	if err != nil && !errors.Is(err, ErrNotFound) {
		err = failed("load", err)
	}
	if err != nil {
		return Draft{}, err
	}
	return d, nil
}

// Delete removes a draft. A draft that is not there is no error. The files of Redis keep
// a copy, sealed, until Redis rewrites them.
func (r *Redis) Delete(ctx context.Context, key string) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if err := r.client.Del(ctx, redisKey(key)).Err(); err != nil {
		return failed("delete", err)
	}
	return nil
}

// fromHash reads the fields that Save writes. It ignores the fields of other versions of
// the program.
func fromHash(hash map[string]string) (saved int64, sections map[string]sealedSection, err error) {
	if saved, err = strconv.ParseInt(hash["saved"], 10, 64); err != nil {
		return 0, nil, errCorrupt
	}
	sections = make(map[string]sealedSection)
	for field, content := range hash {
		section, ok := strings.CutPrefix(field, "s:")
		if !ok {
			continue
		}
		n, _, _ := strings.Cut(hash["v:"+section], " ")
		version, err := strconv.ParseInt(n, 10, 64)
		if err != nil {
			return 0, nil, errCorrupt
		}
		sections[section] = sealedSection{[]byte(content), version}
	}
	return saved, sections, nil
}

func redisKey(key string) string { return "joinery:draft:" + key }
