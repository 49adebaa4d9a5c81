package draft

import "time"

// expiryCutoff returns a time in Unix milliseconds: a draft that was last saved at that
// time or before has expired. Both stores obey it when they load, save and sweep; Redis
// besides deletes such a draft by itself.
func expiryCutoff(now time.Time, ttl time.Duration) int64 { return now.Add(-ttl).UnixMilli() }
