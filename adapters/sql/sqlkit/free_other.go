//go:build !linux && !darwin

package sqlkit

import "github.com/docsteward/docsteward/domain"

func freeBytes(string) (uint64, error) {
	return 0, domain.Unavailable.New("The free space of the disk cannot be measured on this system.")
}
