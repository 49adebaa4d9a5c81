package metrics

import "syscall"

// A Disk is the room on a disk, in bytes.
type Disk struct{ Free, Size uint64 }

// DiskOf returns the room on the disk of a folder, for the user of the program. Of a
// folder that cannot be looked at it returns none.
func DiskOf(folder string) Disk {
	var s syscall.Statfs_t
	if err := syscall.Statfs(folder, &s); err != nil {
		return Disk{}
	}
	block := uint64(s.Bsize) //nolint:gosec // no block is smaller than nothing
	return Disk{Free: uint64(s.Bavail) * block, Size: uint64(s.Blocks) * block}
}
