// Package uuidv7 makes identifiers that sort by their time (RFC 9562, version 7).
package uuidv7

import (
	"github.com/google/uuid"

	"github.com/docsteward/docsteward/ports/ids"
)

// Generator makes version 7 UUIDs. The zero value is ready.
type Generator struct{}

var _ ids.Generator = Generator{}

// New returns a UUID. It panics when the machine has no randomness, which does
// not happen on a running system.
func (Generator) New() string { return uuid.Must(uuid.NewV7()).String() }
