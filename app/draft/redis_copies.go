package draft

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
)

// How long ClearCopies waits for Redis, and between two looks.
const (
	rewritePatience = 30 * time.Second
	rewriteLook     = 50 * time.Millisecond
)

// ClearCopies has Redis rewrite its append-only file, if it has one, and its snapshot, if it
// makes any.
func (r *Redis) ClearCopies(ctx context.Context) (Copies, error) {
	ctx, cancel := context.WithTimeout(ctx, rewritePatience)
	defer cancel()
	err := r.rewriteFiles(ctx)
	refusal := redis.Error(nil)
	switch {
	case err == nil:
		return Cleared, nil
	case ctx.Err() != nil:
		return Pending, nil
	case errors.As(err, &refusal) && (strings.HasPrefix(refusal.Error(), "NOPERM") || strings.HasPrefix(refusal.Error(), "ERR unknown command")):
		return Forbidden, nil
	}
	return Pending, failed("clear copies", err)
}

// rewriteFiles rewrites one file after the other: Redis does one thing at a time.
func (r *Redis) rewriteFiles(ctx context.Context) error {
	info, err := r.persistence(ctx)
	if err != nil {
		return err
	}
	if infoField(info, "aof_enabled") == "1" {
		if err := r.rewrite(ctx, "BGREWRITEAOF"); err != nil {
			return err
		}
	}
	config, err := r.client.ConfigGet(ctx, "save").Result()
	if err != nil || config["save"] == "" {
		return err
	}
	return r.rewrite(ctx, "BGSAVE")
}

// rewrite has Redis carry out a command that rewrites a file, and waits for its end. What is
// under way has begun before, and may have copies: rewrite waits for that first.
func (r *Redis) rewrite(ctx context.Context, command string) error {
	for {
		if err := r.awaitRewrite(ctx); err != nil {
			return err
		}
		err := r.client.Do(ctx, command).Err()
		if err == nil {
			return r.lookAtRewrite(ctx)
		}
		if refusal := redis.Error(nil); !errors.As(err, &refusal) || !strings.Contains(refusal.Error(), "in progress") {
			return err
		}
	}
}

// lookAtRewrite waits until Redis rewrites no file, and returns an error if it could not
// write one.
func (r *Redis) lookAtRewrite(ctx context.Context) error {
	if err := r.awaitRewrite(ctx); err != nil {
		return err
	}
	info, err := r.persistence(ctx)
	if err != nil {
		return err
	}
	return rewritten(info)
}

// awaitRewrite waits until Redis rewrites no file.
func (r *Redis) awaitRewrite(ctx context.Context) error {
	for {
		info, err := r.persistence(ctx)
		if err != nil {
			return err
		}
		if infoField(info, "aof_rewrite_in_progress")+infoField(info, "aof_rewrite_scheduled")+infoField(info, "rdb_bgsave_in_progress") == "000" {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(rewriteLook):
		}
	}
}

// rewritten returns an error if Redis could not write a file.
func rewritten(info string) error {
	if infoField(info, "aof_last_bgrewrite_status") == "err" || infoField(info, "rdb_last_bgsave_status") == "err" {
		return errors.New("Redis cannot write its files: look at its log and its disk")
	}
	return nil
}

func (r *Redis) persistence(ctx context.Context) (string, error) {
	return r.client.Info(ctx, "persistence").Result()
}
