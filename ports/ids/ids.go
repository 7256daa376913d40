// Package ids is the port that makes identifiers up.
package ids

// Generator makes identifiers.
type Generator interface {
	// New returns an identifier that it, and any other generator, never returned
	// before: 1 to 64 characters, letters, digits and dashes. Later ones sort after
	// earlier ones of the same generator.
	New() string
}
