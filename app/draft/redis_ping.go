package draft

import (
	"context"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"
)

// A probe is a draft that [Redis.Ping] saves and deletes.
const (
	probeTTL = 10 * time.Second // for which Redis keeps one that could not be deleted
	probes   = 16               // how many keys are tried: in a cluster, no part of the slots has all of them
)

// Ping returns an error when Redis does not answer, or when it does not save and
// delete a draft, which Ping tries at most once a second.
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

// trySave saves a draft as [Redis.Save] does, and deletes it.
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

// probeKey returns a key that no draft has: theirs are digests.
func probeKey(i int) string { return redisKey("probe " + strconv.Itoa(i)) }
