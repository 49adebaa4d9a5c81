package draft

import (
	"context"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"
)

// A probe is a draft that [Redis.Ping] saves and deletes.
const (
	probeTTL = 10 * time.Second // after which Redis removes a probe that was not deleted
	probes   = 16               // the number of keys: no node of a cluster has the slots of all of them, unless it has all slots
)

// Ping returns an error when Redis does not answer, or does not save and delete a draft.
// It saves and deletes one at most once a second.
func (r *Redis) Ping(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	err := r.client.Ping(ctx).Err()
	if err == nil {
		err = r.probe.Check(ctx, r.now(), r.trySave)
	}
	if err != nil {
		return failed("ping", err)
	}
	return nil
}

// trySave saves a probe as [Redis.Save] saves a draft, and deletes it.
func (r *Redis) trySave(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	save := Save{Section: "probe", At: r.now(), Base: AnyVersion, Begin: true}
	if _, err := r.runSave(ctx, probeKey(0), probeTTL, save, "{}"); err != nil {
		return err
	}
	_, err := r.client.Pipelined(ctx, func(p redis.Pipeliner) error {
		for i := range probes {
			p.Del(ctx, probeKey(i))
		}
		return nil
	})
	return err
}

// probeKey returns the key of a probe. No draft has that key: the keys of drafts are
// random.
func probeKey(i int) string { return redisKey("probe " + strconv.Itoa(i)) }
