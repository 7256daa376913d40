// Package ids is the port of new identifiers.
package ids

//go:generate go tool mockgen -source=ids.go -destination=../mocks/idsmock/ids.go -package=idsmock

// Generator makes identifiers.
type Generator interface {
	// New returns an identifier that was never returned before, by this or any
	// other generator of the installation. It is safe for concurrent use and
	// never fails.
	New() string
}
