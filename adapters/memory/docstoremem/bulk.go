package docstoremem

import (
	"bytes"
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/docsteward/docsteward/adapters/memory/memkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/bulk"
	"github.com/docsteward/docsteward/ports/docstore"
)

// Bulk keeps requests for many things and hands them out.
type Bulk struct {
	db         *memkit.DB
	operations *memkit.Table[string, requested]
}

var (
	_ docstore.BulkOperations = (*Bulk)(nil)
	_ docstore.BulkQueue      = (*Bulk)(nil)
)

// requested is an operation with its items and the lease on it.
type requested struct {
	bulk.Operation
	items []bulk.Item
	lease time.Time
}

// NewBulk returns empty operations in db.
func NewBulk(db *memkit.DB) *Bulk {
	return &Bulk{db, memkit.NewTable[string](db, func(r requested) requested {
		r.items = slices.Clone(r.items)
		for i := range r.items {
			r.items[i].Input = bytes.Clone(r.items[i].Input)
			r.items[i].Result = bytes.Clone(r.items[i].Result)
		}
		return r
	})}
}

// Add implements docstore.BulkOperations.
func (s *Bulk) Add(ctx context.Context, o bulk.Operation, items []bulk.Item) error {
	return s.operations.Insert(ctx, o.ID.String(), requested{Operation: o, items: items}, "bulk operation")
}

// Append implements docstore.BulkOperations.
func (s *Bulk) Append(ctx context.Context, id bulk.ID, items []bulk.Item) error {
	return s.receiving(ctx, id, func(r requested) requested {
		r.items = append(r.items, items...)
		r.Total += len(items)
		for _, i := range items {
			switch i.State {
			case bulk.ItemFailed:
				r.Failed++
			case bulk.ItemSucceeded:
				r.Successful++
			}
		}
		return r
	})
}

// Seal implements docstore.BulkOperations.
func (s *Bulk) Seal(ctx context.Context, id bulk.ID) error {
	return s.receiving(ctx, id, func(r requested) requested {
		r.Status = bulk.Pending
		return r
	})
}

// receiving updates an operation whose items still come.
func (s *Bulk) receiving(ctx context.Context, id bulk.ID, change func(requested) requested) error {
	return s.operations.Update(ctx, id.String(), "bulk operation", func(r requested) (requested, error) {
		if r.Status != bulk.Receiving {
			return r, notOpen(r)
		}
		return change(r), nil
	})
}

// Get implements docstore.BulkOperations.
func (s *Bulk) Get(ctx context.Context, id bulk.ID) (bulk.Operation, error) {
	r, err := get(ctx, s.operations, id.String(), "bulk operation")
	return r.Operation, err
}

// List implements docstore.BulkOperations.
func (s *Bulk) List(ctx context.Context, status bulk.Status, page domain.PageRequest) (domain.Page[bulk.Operation], error) {
	kept, err := s.operations.Select(ctx, func(r requested) bool { return status == "" || status == r.Status })
	slices.SortFunc(kept, func(a, b requested) int {
		return cmp.Or(b.CreatedAt.Compare(a.CreatedAt), strings.Compare(a.ID.String(), b.ID.String()))
	})
	return domain.MapPage(memkit.PageOf(kept, page), func(r requested) bulk.Operation { return r.Operation }), err
}

// Items implements docstore.BulkOperations.
func (s *Bulk) Items(ctx context.Context, id bulk.ID, page domain.PageRequest) (domain.Page[bulk.Item], error) {
	r, _, err := s.operations.Get(ctx, id.String())
	return memkit.PageOf(r.items, page), err
}

// Finish implements docstore.BulkOperations.
func (s *Bulk) Finish(ctx context.Context, id bulk.ID, status bulk.Status, at time.Time) error {
	return s.operations.Update(ctx, id.String(), "bulk operation", func(r requested) (requested, error) {
		if r.Status.Finished() {
			return r, notOpen(r)
		}
		r.Status, r.CompletedAt = status, at
		return r, nil
	})
}

func notOpen(r requested) error {
	return domain.Conflict.New("The bulk operation is "+string(r.Status)+".").WithDetail("status", string(r.Status))
}

// Claim implements docstore.BulkQueue.
func (s *Bulk) Claim(ctx context.Context, now, lease time.Time) (bulk.Operation, bool, error) {
	var claimed []requested
	err := s.db.Within(ctx, func(ctx context.Context) (err error) {
		claimed, err = s.operations.Select(ctx, func(r requested) bool {
			return !r.Status.Finished() && r.Status != bulk.Receiving && !r.lease.After(now)
		})
		if err != nil || len(claimed) == 0 {
			return err
		}
		slices.SortStableFunc(claimed, func(a, b requested) int { return a.CreatedAt.Compare(b.CreatedAt) })
		r := claimed[0]
		r.Status, r.lease = bulk.Processing, lease
		if r.StartedAt.IsZero() {
			r.StartedAt = now
		}
		return s.operations.Put(ctx, r.ID.String(), r)
	})
	if err != nil || len(claimed) == 0 {
		return bulk.Operation{}, false, err
	}
	claimed[0].Status = bulk.Processing
	return claimed[0].Operation, true, nil
}

// Extend implements docstore.BulkQueue.
func (s *Bulk) Extend(ctx context.Context, id bulk.ID, lease time.Time) error {
	return s.change(ctx, id, func(r requested) requested {
		r.lease = lease
		return r
	})
}

// change updates an operation that is processing.
func (s *Bulk) change(ctx context.Context, id bulk.ID, change func(requested) requested) error {
	return s.operations.Update(ctx, id.String(), "bulk operation", func(r requested) (requested, error) {
		if r.Status != bulk.Processing {
			return r, notOpen(r)
		}
		return change(r), nil
	})
}

// Waiting implements docstore.BulkQueue.
func (s *Bulk) Waiting(ctx context.Context, id bulk.ID, limit int) ([]bulk.Item, error) {
	r, _, err := s.operations.Get(ctx, id.String())
	waiting := slices.DeleteFunc(r.items, func(i bulk.Item) bool { return i.State != bulk.Waiting })
	return waiting[:min(limit, len(waiting))], err
}

// Record implements docstore.BulkQueue.
func (s *Bulk) Record(ctx context.Context, id bulk.ID, item bulk.Item) error {
	return s.change(ctx, id, func(r requested) requested {
		at := slices.IndexFunc(r.items, func(i bulk.Item) bool { return i.Number == item.Number })
		if at < 0 || r.items[at].State != bulk.Waiting {
			return r
		}
		item.Input = r.items[at].Input
		r.items[at] = item
		if item.State == bulk.ItemSucceeded {
			r.Successful++
		} else {
			r.Failed++
		}
		return r
	})
}
