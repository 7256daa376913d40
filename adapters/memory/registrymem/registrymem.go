// Package registrymem keeps the directory of services in memory, for tests and for
// programs that keep nothing.
package registrymem

import (
	"context"
	"maps"
	"slices"

	"github.com/docsteward/docsteward/adapters/memory/memkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/registry"
	"github.com/docsteward/docsteward/ports/serviceregistry"
)

var _ serviceregistry.Services = (*Services)(nil)

// Services keeps the entries.
type Services struct {
	db   *memkit.DB
	rows *memkit.Table[string, registry.Service]
}

// New returns an empty directory in db.
func New(db *memkit.DB) *Services {
	return &Services{db, memkit.NewTable[string](db, func(s registry.Service) registry.Service {
		s.Capabilities, s.Endpoints, s.DependsOn = slices.Clone(s.Capabilities), slices.Clone(s.Endpoints), slices.Clone(s.DependsOn)
		s.Metadata = maps.Clone(s.Metadata)
		return s
	})}
}

// Save implements serviceregistry.Services.
func (s *Services) Save(ctx context.Context, one registry.Service) error {
	return s.db.Within(ctx, func(ctx context.Context) error {
		kept, _, err := s.rows.Get(ctx, one.ID.String())
		if err != nil {
			return err
		}
		if kept.Revision != one.Revision-1 {
			return domain.Conflict.New("The service was changed since it was read; read it again.").WithDetail("revision", kept.Revision)
		}
		return s.rows.Put(ctx, one.ID.String(), one)
	})
}

// Delete implements serviceregistry.Services.
func (s *Services) Delete(ctx context.Context, id registry.ID) error {
	had, err := s.rows.Delete(ctx, id.String())
	if err == nil && !had {
		err = domain.NotFound.New("There is no such service.")
	}
	return err
}

// Get implements serviceregistry.Services.
func (s *Services) Get(ctx context.Context, id registry.ID) (registry.Service, error) {
	one, ok, err := s.rows.Get(ctx, id.String())
	if err == nil && !ok {
		err = domain.NotFound.New("There is no such service.")
	}
	return one, err
}

// All implements serviceregistry.Services.
func (s *Services) All(ctx context.Context) ([]registry.Service, error) {
	return s.rows.Select(ctx, nil)
}
