package sqltest

import (
	"fmt"
	"os/exec"
	"testing"
)

// SmallDisk returns an empty directory on a disk of its own that takes size
// bytes. The test is skipped where disks cannot be mounted.
func SmallDisk(t testing.TB, size int) string {
	t.Helper()
	directory, _ := FreezableDisk(t, size)
	return directory
}

// FreezableDisk returns a disk as SmallDisk does, with the means to make it
// read-only while no file of it is open for writing.
func FreezableDisk(t testing.TB, size int) (directory string, freeze func()) {
	t.Helper()
	directory = t.TempDir()
	if output, err := exec.Command("mount", "-t", "tmpfs", "-o", fmt.Sprint("size=", size), "tmpfs", directory).CombinedOutput(); err != nil {
		t.Skipf("no small disk for this test, which takes the right to mount one: %v: %s", err, output)
	}
	t.Cleanup(func() { mounted(t, "umount", directory) })
	return directory, func() { mounted(t, "mount", "-o", "remount,ro", directory) }
}

func mounted(t testing.TB, words ...string) {
	t.Helper()
	if output, err := exec.Command(words[0], words[1:]...).CombinedOutput(); err != nil {
		t.Errorf("%v: %v: %s", words, err, output)
	}
}
