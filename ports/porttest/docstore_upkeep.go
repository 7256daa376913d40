package porttest

import (
	"context"
	"testing"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/docstore"
)

// Upkeep proves the promises of docstore.Upkeep. open returns that of a store
// that is whole, and a function that stores more.
func Upkeep(t *testing.T, open func(t *testing.T) (u docstore.Upkeep, grow func(t *testing.T))) {
	ctx := context.Background()
	t.Run("a whole store is whole", func(t *testing.T) {
		u, grow := open(t)
		grow(t)
		must(t, u.Integrity(ctx))
	})
	t.Run("the size grows with what is stored", func(t *testing.T) {
		u, grow := open(t)
		before, err := u.Size(ctx)
		must(t, err)
		grow(t)
		after, err := u.Size(ctx)
		must(t, err)
		if before < 0 || after <= before {
			t.Errorf("%d bytes before and %d after", before, after)
		}
	})
	t.Run("an ended context is a timeout", func(t *testing.T) {
		u, _ := open(t)
		ended, cancel := context.WithCancel(ctx)
		cancel()
		wantKind(t, "Integrity", u.Integrity(ended), domain.Timeout)
		_, err := u.Size(ended)
		wantKind(t, "Size", err, domain.Timeout)
	})
}
