// Package idstest makes identifiers that tests can foresee.
package idstest

import (
	"fmt"
	"sync/atomic"

	"github.com/docsteward/docsteward/ports/ids"
)

// Sequence makes prefix-1, prefix-2 and so on.
type Sequence struct {
	prefix string
	last   atomic.Int64
}

var _ ids.Generator = (*Sequence)(nil)

// New returns a sequence; "id" is a fine prefix.
func New(prefix string) *Sequence { return &Sequence{prefix: prefix} }

// New implements ids.Generator.
func (s *Sequence) New() string { return fmt.Sprintf("%s-%d", s.prefix, s.last.Add(1)) }
