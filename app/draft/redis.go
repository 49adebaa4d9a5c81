package draft

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/logging"
	"github.com/redis/go-redis/v9/maintnotifications"

	"joinery/app/form"
	"joinery/app/i18n"
)

// Redis is a [Store] in Redis, one hash for each draft, which Redis forgets by
// its own clock. What survives a power loss is for the server's settings to
// say: with appendfsync everysec, all but the last second.
type Redis struct {
	client *redis.Client
	ttl    time.Duration
}

// The fields of a hash; a section is one field more, behind sectionPrefix.
const (
	formField     = "form"
	langField     = "lang"
	savedField    = "saved" // Unix milliseconds
	sectionPrefix = "s:"
)

// A page waits for the store, and a person for the page: a call that was not
// answered within patience fails, and an attempt to send it within half of it.
const patience = 2 * time.Second

// NewRedis returns a store in the Redis at rawURL, a redis://, rediss:// or
// unix:// URL. It does not connect. While Redis cannot be reached every call
// fails within two seconds; once it is back they succeed.
func NewRedis(rawURL string, ttl time.Duration) (*Redis, error) {
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
	return &Redis{client: redis.NewClient(o), ttl: ttl}, nil
}

// Close closes the connections.
func (r *Redis) Close() error { return r.client.Close() }

// Load returns the draft with the given ID, or ErrNotFound.
func (r *Redis) Load(ctx context.Context, id string) (Draft, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	hash, err := r.client.HGetAll(ctx, redisKey(id)).Result()
	if err != nil {
		return Draft{}, fmt.Errorf("draft: load: %w", err)
	}
	if len(hash) == 0 {
		return Draft{}, ErrNotFound
	}
	d, err := fromHash(hash)
	if err != nil {
		return Draft{}, fmt.Errorf("draft: load: %w", err)
	}
	d.ID = id
	return d, nil
}

// Save replaces the answers of one section and starts the draft's time anew.
//
// The transaction goes out in one write. Should its answer get lost, it is
// sent once more: twice does the same as once.
func (r *Redis) Save(ctx context.Context, id string, s Save) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	answers, err := json.Marshal(s.Answers)
	if err != nil {
		return fmt.Errorf("draft: save: %w", err)
	}
	_, err = r.client.TxPipelined(ctx, func(p redis.Pipeliner) error {
		key := redisKey(id)
		p.HSet(ctx, key,
			formField, s.Form,
			langField, string(s.Lang),
			savedField, s.At.UnixMilli(),
			sectionPrefix+s.Section, answers, // last: a server that refuses HSET quotes the beginning of its arguments
		)
		p.PExpire(ctx, key, r.ttl)
		return nil
	})
	if err != nil {
		return fmt.Errorf("draft: save: %w", err)
	}
	return nil
}

// Delete forgets a draft. Deleting one that is not there is no error.
func (r *Redis) Delete(ctx context.Context, id string) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if err := r.client.Del(ctx, redisKey(id)).Err(); err != nil {
		return fmt.Errorf("draft: delete: %w", err)
	}
	return nil
}

// Ping returns an error when Redis does not answer.
func (r *Redis) Ping(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if err := r.client.Ping(ctx).Err(); err != nil {
		return fmt.Errorf("draft: ping: %w", err)
	}
	return nil
}

func redisKey(id string) string { return "joinery:draft:" + Digest(id) }

// fromHash reads what Save wrote. What else may be in the hash, from a later
// version of the program, it leaves alone.
func fromHash(hash map[string]string) (Draft, error) {
	saved, err := strconv.ParseInt(hash[savedField], 10, 64)
	if err != nil {
		return Draft{}, err
	}
	d := Draft{
		Form:     hash[formField],
		Lang:     i18n.Lang(hash[langField]),
		Saved:    time.UnixMilli(saved),
		Sections: make(map[string]form.Answers),
	}
	for field, value := range hash {
		section, ok := strings.CutPrefix(field, sectionPrefix)
		if !ok {
			continue
		}
		var answers form.Answers
		if err := json.Unmarshal([]byte(value), &answers); err != nil {
			return Draft{}, err
		}
		d.Sections[section] = answers
	}
	return d, nil
}
