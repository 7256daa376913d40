// Package sourceagentmem keeps what the source agent knows in memory, for tests
// and for programs that keep nothing.
package sourceagentmem

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/docsteward/docsteward/adapters/memory/memkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/source"
	"github.com/docsteward/docsteward/ports/sourceagent"
)

// Places keeps the sources that were ingested.
type Places struct {
	db      *memkit.DB
	places  *memkit.Table[string, source.Place]
	records *Records
}

// Records keeps what was known of each file.
type Records struct {
	db     *memkit.DB
	places *memkit.Table[string, source.Place]
	rows   *memkit.Table[string, source.Holder] // by place and path
}

var (
	_ sourceagent.Places  = (*Places)(nil)
	_ sourceagent.Records = (*Records)(nil)
	_ sourceagent.Runs    = (*Runs)(nil)
)

// New returns empty places and their records in db.
func New(db *memkit.DB) (*Places, *Records) {
	places := memkit.NewTable[string](db, func(p source.Place) source.Place { return p })
	records := &Records{db: db, places: places, rows: memkit.NewTable[string](db, func(h source.Holder) source.Holder { return h })}
	return &Places{db, places, records}, records
}

// Put implements sourceagent.Places.
func (s *Places) Put(ctx context.Context, p source.Place) error {
	return s.db.Within(ctx, func(ctx context.Context) error {
		others, err := s.places.Select(ctx, func(o source.Place) bool { return o.Kind == p.Kind && o.Name == p.Name && o.ID != p.ID })
		if err != nil {
			return err
		}
		if len(others) > 0 {
			return domain.Conflict.New("Another source is named "+p.Name+"; choose another name.").WithDetail("id", others[0].ID.String())
		}
		return s.places.Put(ctx, p.ID.String(), p)
	})
}

// Get implements sourceagent.Places.
func (s *Places) Get(ctx context.Context, id source.PlaceID) (source.Place, error) {
	p, ok, err := s.places.Get(ctx, id.String())
	if err == nil && !ok {
		err = noSource()
	}
	return p, err
}

func noSource() error { return domain.NotFound.New("There is no such source.") }

// List implements sourceagent.Places.
func (s *Places) List(ctx context.Context, page domain.PageRequest) (domain.Page[source.Place], error) {
	places, err := s.places.Select(ctx, nil)
	slices.SortStableFunc(places, func(a, b source.Place) int { return strings.Compare(a.Name, b.Name) })
	return memkit.PageOf(places, page), err
}

// Delete implements sourceagent.Places.
func (s *Places) Delete(ctx context.Context, id source.PlaceID) error {
	return s.db.Within(ctx, func(ctx context.Context) error {
		had, err := s.places.Delete(ctx, id.String())
		if err != nil {
			return err
		}
		if !had {
			return noSource()
		}
		records, err := s.records.Load(ctx, id)
		for _, r := range records {
			if err := s.records.Delete(ctx, id, r.Path); err != nil {
				return err
			}
		}
		return err
	})
}

func recordKey(place source.PlaceID, path string) string { return place.String() + "\x00" + path }

// Load implements sourceagent.Records.
func (s *Records) Load(ctx context.Context, place source.PlaceID) ([]source.Record, error) {
	holders, err := s.rows.Select(ctx, func(h source.Holder) bool { return h.Place == place })
	records := make([]source.Record, len(holders))
	for i, h := range holders {
		records[i] = h.Record
	}
	return records, err
}

// List implements sourceagent.Records.
func (s *Records) List(ctx context.Context, place source.PlaceID, page domain.PageRequest) (domain.Page[source.Record], error) {
	records, err := s.Load(ctx, place)
	return memkit.PageOf(records, page), err
}

// Put implements sourceagent.Records.
func (s *Records) Put(ctx context.Context, place source.PlaceID, r source.Record) error {
	return s.db.Within(ctx, func(ctx context.Context) error {
		if _, known, err := s.places.Get(ctx, place.String()); err != nil || !known {
			return cmp.Or(err, noSource())
		}
		return s.rows.Put(ctx, recordKey(place, r.Path), source.Holder{Place: place, Record: kept(r)})
	})
}

// kept is what a store keeps of a record.
func kept(r source.Record) source.Record {
	return source.Record{Item: source.Item{Path: r.Path, Size: r.Size, Stamp: r.Stamp}, Hash: r.Hash, Document: r.Document, Duplicate: r.Duplicate}
}

// Delete implements sourceagent.Records.
func (s *Records) Delete(ctx context.Context, place source.PlaceID, path string) error {
	_, err := s.rows.Delete(ctx, recordKey(place, path))
	return err
}

// Holders implements sourceagent.Records.
func (s *Records) Holders(ctx context.Context, document string) ([]source.Holder, error) {
	holders, err := s.rows.Select(ctx, func(h source.Holder) bool { return h.Document == document })
	slices.SortStableFunc(holders, func(a, b source.Holder) int {
		switch {
		case a.Duplicate == b.Duplicate:
			return 0
		case b.Duplicate:
			return -1
		}
		return 1
	})
	return holders, err
}
