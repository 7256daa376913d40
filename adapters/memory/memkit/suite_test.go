package memkit_test

import (
	"cmp"
	"context"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/docsteward/docsteward/adapters/memory/memkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/jobs"
	"github.com/docsteward/docsteward/ports/porttest"
)

func newItems(db *memkit.DB) *memkit.Table[string, porttest.Item] {
	return memkit.NewTable[string](db, func(i porttest.Item) porttest.Item {
		i.Labels = slices.Clone(i.Labels)
		return i
	})
}

func versioned(*testing.T) porttest.VersionedEnv {
	db := memkit.New()
	items := newItems(db)
	return porttest.VersionedEnv{
		Unit: db,
		Insert: func(ctx context.Context, i porttest.Item) error {
			return items.Insert(ctx, i.ID, i, "item")
		},
		Update: func(ctx context.Context, i porttest.Item, version int) error {
			return items.Update(ctx, i.ID, "item", func(stored porttest.Item) (porttest.Item, error) {
				if stored.Version != version {
					return i, domain.Conflict.New("The item was changed meanwhile.").WithDetail("version", stored.Version)
				}
				return i, nil
			})
		},
		Get: func(ctx context.Context, id string) (porttest.Item, error) {
			i, ok, err := items.Get(ctx, id)
			if err == nil && !ok {
				err = domain.NotFound.New("There is no such item.")
			}
			return i, err
		},
		Page: func(ctx context.Context, request domain.PageRequest) (domain.Page[porttest.Item], error) {
			all, err := items.Select(ctx, nil)
			slices.SortFunc(all, func(a, b porttest.Item) int {
				return cmp.Or(cmp.Compare(a.Text, b.Text), cmp.Compare(a.ID, b.ID))
			})
			return memkit.PageOf(all, request), err
		},
		Delete: func(ctx context.Context, id string) error {
			had, err := items.Delete(ctx, id)
			if err == nil && !had {
				err = domain.NotFound.New("There is no such item.")
			}
			return err
		},
	}
}

func TestVersionedSuite(t *testing.T) { porttest.Versioned(t, versioned) }

func TestUnitSuite(t *testing.T) {
	porttest.Unit(t, func(*testing.T) porttest.UnitEnv {
		db := memkit.New()
		texts := memkit.NewTable[string](db, func(s string) string { return s })
		return porttest.UnitEnv{Unit: db, Put: texts.Put, Get: texts.Get}
	})
}

func TestOutboxSuite(t *testing.T) {
	porttest.Outbox(t, func(*testing.T) porttest.OutboxEnv {
		db := memkit.New()
		var notified atomic.Int64
		box := memkit.NewOutbox(db, func() { notified.Add(1) })
		return porttest.OutboxEnv{Outbox: box, Source: box, DeadLetters: box, Unit: db,
			Notified: func() int { return int(notified.Load()) }}
	})
}

func TestJobLedgerSuite(t *testing.T) {
	porttest.JobLedger(t, func(*testing.T) jobs.Ledger { return memkit.NewLedger(memkit.New()) })
}
