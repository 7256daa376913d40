package serviceregistry

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/registry"
	"github.com/docsteward/docsteward/ports/clock"
	"github.com/docsteward/docsteward/ports/serviceregistry"
)

const (
	// beat is the time between two signs of life of a service, and between two looks
	// of the keeper.
	beat = 30 * time.Second
	// atOnce is how many services are asked at the same time.
	atOnce = 16
)

// Keeper keeps the directory true: it asks every service how it is, and removes
// those that were not seen for long.
type Keeper struct {
	*service
	logger *slog.Logger
}

// NewKeeper returns the keeper of the directory that the menu has too.
func NewKeeper(deps Deps, logger *slog.Logger) *Keeper { return &Keeper{newService(deps), logger} }

// Work looks at all services until ctx ends. What fails is logged and tried again.
func (k *Keeper) Work(ctx context.Context) error {
	for clock.Wait(ctx, k.Clock, beat) {
		if err := k.Look(ctx); err != nil && ctx.Err() == nil {
			k.logger.ErrorContext(ctx, "the directory of services could not be looked after", "error", err)
		}
	}
	return nil
}

// Look asks every registered service once how it is. One that answers was seen; one
// that does not is unhealthy, with the reason; one that was not seen for Forget is
// removed. Services in maintenance are left alone.
func (k *Keeper) Look(ctx context.Context) error {
	all, err := k.Services.All(ctx)
	if err != nil {
		return err
	}
	var mu sync.Mutex
	var faults []error
	var asking sync.WaitGroup
	slots := make(chan struct{}, atOnce)
	for _, one := range all {
		if one.Status == registry.Maintenance {
			continue
		}
		slots <- struct{}{}
		asking.Go(func() {
			defer func() { <-slots }()
			if err := k.lookAt(ctx, one); err != nil {
				mu.Lock()
				defer mu.Unlock()
				faults = append(faults, err)
			}
		})
	}
	asking.Wait()
	if len(k.Peers) > 0 {
		if _, err := k.syncPeers(ctx, serviceregistry.SyncPeers{}); err != nil {
			faults = append(faults, err)
		}
	}
	return errors.Join(faults...)
}

func (k *Keeper) lookAt(ctx context.Context, one registry.Service) error {
	_, asked := k.ask(ctx, one)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	now := k.now()
	if asked != nil && now.Sub(one.LastSeen) > registry.Forget {
		return k.remove(ctx, one)
	}
	_, err := k.change(ctx, one.ID.String(), func(_ context.Context, kept *registry.Service) error {
		if asked == nil {
			kept.Seen(now)
			return nil
		}
		return kept.Turn(registry.Unhealthy, domain.FaultOf(asked).Message, now)
	})
	if errors.Is(err, domain.NotFound) || errors.Is(err, domain.Conflict) {
		return nil // it went or changed meanwhile: the next look sees
	}
	return err
}
