package draft

import (
	"errors"
	"fmt"
	"strings"

	"github.com/redis/go-redis/v9"
)

// faults are the meanings of the error codes of Redis.
var faults = map[string]string{
	"OOM":         "Redis is out of memory: free some, or raise maxmemory",
	"READONLY":    "this Redis is a replica, which takes no writes: name its primary",
	"MASTERDOWN":  "this Redis is a replica that has lost its primary: name the primary",
	"NOREPLICAS":  "Redis has fewer replicas than min-replicas-to-write asks for",
	"MISCONF":     "Redis cannot write its files: look at its log and its disk",
	"LOADING":     "Redis is starting and still reads its files",
	"BUSY":        "Redis is busy with a script",
	"NOAUTH":      "Redis asks for a password",
	"WRONGPASS":   "Redis does not accept the user or the password",
	"NOPERM":      "the user of Redis may not do it: allow PING, EVAL, EVALSHA, HMGET, HKEYS, HSTRLEN, HSET, HDEL, PEXPIRE, HGETALL and DEL, and the keys joinery:draft:*",
	"MOVED":       partOfCluster,
	"ASK":         partOfCluster,
	"CLUSTERDOWN": partOfCluster,
}

const partOfCluster = "this Redis is a node of a cluster and does not serve all slots: name one that does"

// failed wraps the error of a call. An error of Redis can quote the call, with personal
// data: failed replaces a known error by its meaning, and cuts the quotation off any other.
func failed(call string, err error) error {
	refusal := redis.Error(nil)
	switch {
	case errors.Is(err, errCorrupt):
		return fmt.Errorf("draft: %s: %w", call, err)
	case !errors.As(err, &refusal):
		return outage{fmt.Errorf("draft: %s: %w", call, err)}
	}
	if strings.HasPrefix(refusal.Error(), "ERR max number of clients reached") {
		return outage{fmt.Errorf("draft: %s: Redis has as many connections as it takes: raise maxclients", call)}
	}
	code, _, _ := strings.Cut(refusal.Error(), " ")
	if fault, ok := faults[code]; ok {
		return outage{fmt.Errorf("draft: %s: %s (%s)", call, fault, code)}
	}
	text, _, _ := strings.Cut(err.Error(), ", with args")
	return fmt.Errorf("draft: %s: %s", call, text)
}

// An outage is what kept a call to Redis from being done. Redis, or the network
// to it, cannot be used now.
type outage struct{ error }

// Unavailable reports that the store cannot be used now.
func (outage) Unavailable() bool { return true }

// Store names the kind of store.
func (outage) Store() string { return "redis" }

// Unwrap returns what the client said.
func (o outage) Unwrap() error { return o.error }
