//go:build unix

package prom

import (
	"syscall"
	"time"
)

// processorTime is what the process has used so far.
func processorTime() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// diskPercent is how full the file system of a directory is for this user; 0
// where it cannot be told.
func diskPercent(directory string) float64 {
	var s syscall.Statfs_t
	if err := syscall.Statfs(directory, &s); err != nil || s.Blocks == 0 {
		return 0
	}
	used := float64(s.Blocks) - float64(s.Bfree)
	return 100 * used / (used + float64(s.Bavail))
}
