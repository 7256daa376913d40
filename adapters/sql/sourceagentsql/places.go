package sourceagentsql

import (
	"context"

	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/source"
)

// Places keeps the sources that were ingested.
type Places struct{ db *sqlkit.DB }

// NewPlaces returns the places in an open database that has the Migrations.
func NewPlaces(db *sqlkit.DB) *Places { return &Places{db} }

type placeRow struct {
	ID        string `gorm:"primaryKey"`
	Name      string
	Kind      string
	Identity  string
	Location  string
	FirstSeen sqlkit.Instant
}

func (placeRow) TableName() string { return "places" }

func (r placeRow) place() source.Place {
	return source.Place{ID: domain.StoredID[source.Place](r.ID), Name: r.Name, Kind: source.Kind(r.Kind),
		Identity: r.Identity, Location: r.Location, FirstSeen: r.FirstSeen.Time()}
}

// Put stores a place. Another one of its kind and name is looked for first, in
// the same transaction, since PostgreSQL lets nothing be read after a refusal.
func (s *Places) Put(ctx context.Context, p source.Place) error {
	return s.db.Within(ctx, func(ctx context.Context) error {
		others, err := sqlkit.List[placeRow](ctx, s.db, "source",
			sqlkit.Where("kind = ? AND name = ? AND id <> ?", string(p.Kind), p.Name, p.ID.String()))
		if err != nil {
			return err
		}
		if len(others) > 0 {
			return domain.Conflict.New("Another source is named "+p.Name+"; choose another name.").WithDetail("id", others[0].ID)
		}
		_, err = s.db.RawWrite(ctx).ExecContext(ctx, `
			INSERT INTO places (id, name, kind, identity, location, first_seen) VALUES ($1, $2, $3, $4, $5, $6)
			ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind, identity = excluded.identity,
				location = excluded.location, first_seen = excluded.first_seen`,
			p.ID.String(), p.Name, string(p.Kind), p.Identity, p.Location, sqlkit.InstantOf(p.FirstSeen))
		return sqlkit.Translate(err, "source")
	})
}

// Get returns a place.
func (s *Places) Get(ctx context.Context, id source.PlaceID) (source.Place, error) {
	row, err := sqlkit.Get[placeRow](ctx, s.db, "source", sqlkit.Where("id = ?", id.String()))
	return row.place(), err
}

// List returns places by name.
func (s *Places) List(ctx context.Context, page domain.PageRequest) (domain.Page[source.Place], error) {
	rows, err := sqlkit.Page[placeRow](ctx, s.db, "source", "name, id", page)
	return domain.MapPage(rows, placeRow.place), err
}

// Delete erases a place with its records.
func (s *Places) Delete(ctx context.Context, id source.PlaceID) error {
	n, err := sqlkit.Delete[placeRow](ctx, s.db, "source", sqlkit.Where("id = ?", id.String()))
	if err == nil && n == 0 {
		err = domain.NotFound.New("There is no such source.")
	}
	return err
}
