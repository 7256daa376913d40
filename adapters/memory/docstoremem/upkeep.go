package docstoremem

import (
	"context"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/ports/docstore"
)

// Upkeep looks after a store in memory.
type Upkeep struct{ store *Store }

var _ docstore.Upkeep = (*Upkeep)(nil)

// NewUpkeep returns the upkeep of a store.
func NewUpkeep(store *Store) *Upkeep { return &Upkeep{store} }

// Integrity implements docstore.Upkeep; memory checks itself.
func (u *Upkeep) Integrity(ctx context.Context) error {
	if ctx.Err() != nil {
		return domain.FaultOf(ctx.Err())
	}
	return nil
}

// Size implements docstore.Upkeep: the bytes of the living documents' contents.
func (u *Upkeep) Size(ctx context.Context) (int64, error) {
	var size int64
	for offset := 0; ; offset += domain.MaxLimit {
		page, err := u.store.List(ctx, document.Filter{}, domain.PageRequest{Limit: domain.MaxLimit, Offset: offset}, false)
		for _, d := range page.Items {
			size += int64(d.Size)
		}
		if err != nil || !page.HasMore() {
			return size, err
		}
	}
}
