//go:build linux || darwin

package sqlkit

import (
	"syscall"

	"github.com/docsteward/docsteward/domain"
)

func freeBytes(directory string) (uint64, error) {
	var disk syscall.Statfs_t
	if err := syscall.Statfs(directory, &disk); err != nil {
		return 0, domain.Storage.Wrap(err, "The disk of the data directory cannot be measured.")
	}
	return disk.Bavail * uint64(disk.Bsize), nil
}
