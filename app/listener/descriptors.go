package listener

import "syscall"

// The number of connections that a site holds, where the machine allows it, and the
// number of file descriptors that it keeps for its stores, mail and look-ups.
const (
	most    = 1536
	reserve = 256
)

// MostConnections returns how many connections a site may hold, so that file descriptors
// are left for everything else. With few of them, it leaves half.
func MostConnections() int {
	var limit syscall.Rlimit
	if syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit) != nil {
		return most
	}
	return connectionsWithin(limit.Cur)
}

func connectionsWithin(descriptors uint64) int {
	return int(min(most, descriptors-min(reserve, descriptors/2)))
}
