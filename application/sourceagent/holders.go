package sourceagent

import (
	"context"
	"slices"
	"strconv"

	"github.com/docsteward/docsteward/domain/source"
)

// newID returns the id of a document to be: that of the path, or with a number
// behind it when another file has that one since it was renamed.
func (m *mirror) newID(ctx context.Context, path string) (string, error) {
	id := m.place.DocumentID(path)
	for n := 2; ; n++ {
		candidate := id
		if n > 2 {
			candidate += "#" + strconv.Itoa(n-1)
		}
		others, err := m.others(ctx, m.place.ID, source.Record{Item: source.Item{Path: path}, Document: candidate})
		if err != nil || len(others) == 0 {
			return candidate, err
		}
	}
}

// others returns the records that point to the document of r, without r.
func (s *service) others(ctx context.Context, place source.PlaceID, r source.Record) ([]source.Holder, error) {
	holders, err := s.Records.Holders(ctx, r.Document)
	return slices.DeleteFunc(holders, func(h source.Holder) bool { return h.Place == place && h.Path == r.Path }), err
}

// release makes the other files that share the document of r want one of their own.
func (m *mirror) release(ctx context.Context, r source.Record) error {
	others, err := m.others(ctx, m.place.ID, r)
	if err != nil {
		return err
	}
	for _, h := range others {
		h.Stamp, h.Document, h.Duplicate = "", "", false
		if err := m.revisit(ctx, h); err != nil {
			return err
		}
	}
	return nil
}

// abandon lets go of the document that follows r: another file that shares it
// takes it over, or it is deleted.
func (m *mirror) abandon(ctx context.Context, r source.Record) error {
	heir, err := m.bequeath(ctx, m.place.ID, r)
	if err != nil || heir == nil {
		return err
	}
	return m.revisit(ctx, *heir)
}

// bequeath returns the file that takes over the document of r, not yet stored,
// or deletes the document.
func (s *service) bequeath(ctx context.Context, place source.PlaceID, r source.Record) (*source.Holder, error) {
	others, err := s.others(ctx, place, r)
	if err != nil {
		return nil, err
	}
	if len(others) == 0 {
		return nil, s.delete(ctx, r.Document)
	}
	heir := others[0]
	heir.Stamp, heir.Duplicate = "", false // an unknown stamp has the path of the heir stored
	return &heir, nil
}

// revisit stores the record of a file that has to be stored again: in this run
// when it belongs to this place, in the next run of its own place otherwise.
func (m *mirror) revisit(ctx context.Context, h source.Holder) error {
	if h.Place != m.place.ID {
		return m.Records.Put(ctx, h.Place, h.Record)
	}
	if err := m.put(ctx, h.Record); err != nil {
		return err
	}
	if item, there := m.found.listed[h.Path]; there && !m.pending[h.Path] {
		m.pending[h.Path] = true
		m.again = append(m.again, task{item: item, from: h.Path, counted: true})
	}
	return nil
}
