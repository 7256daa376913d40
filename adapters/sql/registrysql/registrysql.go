// Package registrysql keeps the directory of services in SQLite or PostgreSQL.
package registrysql

import (
	"context"
	"embed"

	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/registry"
	"github.com/docsteward/docsteward/ports/serviceregistry"
)

// Migrations are the tables of the directory, for sqlkit.Config.
//
//go:embed migrations
var Migrations embed.FS

var _ serviceregistry.Services = (*Services)(nil)

// Services keeps the entries.
type Services struct{ db *sqlkit.DB }

// New returns the directory in an open database that has the Migrations.
func New(db *sqlkit.DB) *Services { return &Services{db} }

// row is an entry; Version is its revision.
type row struct {
	ID           string `gorm:"primaryKey"`
	Name         string
	Description  string
	Category     string
	URL          string
	Openapi      string
	Capabilities []string            `gorm:"serializer:json"`
	Endpoints    []registry.Endpoint `gorm:"serializer:json"`
	DependsOn    []string            `gorm:"serializer:json"`
	Owner        string
	Metadata     map[string]any `gorm:"serializer:json"`
	Status       string
	Cause        string
	SpecHash     string
	Origin       string
	Registered   sqlkit.Instant
	Seen         sqlkit.Instant
	Version      int
}

func (row) TableName() string { return "registry_services" }

func rowOf(s registry.Service) row {
	metadata := s.Metadata
	if metadata == nil {
		metadata = map[string]any{}
	}
	return row{
		ID: s.ID.String(), Name: s.Name, Description: s.Description, Category: s.Category, URL: s.URL, Openapi: s.OpenAPIURL,
		Capabilities: append([]string{}, s.Capabilities...), Endpoints: append([]registry.Endpoint{}, s.Endpoints...),
		DependsOn: append([]string{}, s.DependsOn...), Owner: s.Owner, Metadata: metadata, Status: string(s.Status), Cause: s.Error,
		SpecHash: s.SpecHash, Origin: s.Origin, Registered: sqlkit.InstantOf(s.RegisteredAt), Seen: sqlkit.InstantOf(s.LastSeen), Version: s.Revision,
	}
}

func (r row) service() registry.Service {
	return registry.Service{
		ID: domain.StoredID[registry.Service](r.ID), Name: r.Name, Description: r.Description, Category: r.Category, URL: r.URL, OpenAPIURL: r.Openapi,
		Capabilities: r.Capabilities, Endpoints: r.Endpoints, DependsOn: r.DependsOn, Owner: r.Owner, Metadata: r.Metadata,
		Status: registry.Status(r.Status), Error: r.Cause, SpecHash: r.SpecHash, Origin: r.Origin,
		RegisteredAt: r.Registered.Time(), LastSeen: r.Seen.Time(), Revision: r.Version,
	}
}

// Save implements serviceregistry.Services.
func (s *Services) Save(ctx context.Context, one registry.Service) error {
	r := rowOf(one)
	if one.Revision == 1 {
		return sqlkit.Insert(ctx, s.db, &r, "service")
	}
	err := sqlkit.UpdateVersioned(ctx, s.db, &r, one.Revision-1, "service")
	if fault := domain.FaultOf(err); fault != nil && fault.Kind == domain.NotFound {
		return domain.Conflict.Wrap(err, "The service was removed since it was read.")
	}
	return err
}

// Delete implements serviceregistry.Services.
func (s *Services) Delete(ctx context.Context, id registry.ID) error {
	had, err := sqlkit.Delete[row](ctx, s.db, "service", sqlkit.Where("id = ?", id.String()))
	if err == nil && had == 0 {
		err = domain.NotFound.New("There is no such service.")
	}
	return err
}

// Get implements serviceregistry.Services.
func (s *Services) Get(ctx context.Context, id registry.ID) (registry.Service, error) {
	r, err := sqlkit.Get[row](ctx, s.db, "service", sqlkit.Where("id = ?", id.String()))
	return r.service(), err
}

// All implements serviceregistry.Services.
func (s *Services) All(ctx context.Context) ([]registry.Service, error) {
	rows, err := sqlkit.List[row](ctx, s.db, "service", sqlkit.Order("id"))
	return sqlkit.Convert(rows, row.service), err
}
