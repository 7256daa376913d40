package sourceagent

import (
	"context"
	"errors"
	"fmt"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/source"
	"github.com/docsteward/docsteward/ports/docstore"
)

// maxRefusals is how many documents in a row the store may fail to take, for
// reasons that do not lie in the document, before the run gives up.
const maxRefusals = 5

// store stores a file under the document that follows it, or under a new one.
// Where another document holds the content, it is tried again after all others,
// since that one may be about to change; then it is a duplicate.
func (m *mirror) store(ctx context.Context, t task, before, after source.Record, data []byte) error {
	id, err := m.documentOf(ctx, t, before, after)
	if err != nil {
		return err
	}
	envelope, err := m.envelope(ctx, id, t.item, after.Hash, data)
	if err != nil {
		return err
	}
	_, err = m.StoreEnvelope.Execute(ctx, envelope).Unwrap()
	if err == nil {
		m.refusals = 0
		after.Document = id
		return m.settle(ctx, t, before, after)
	}
	if ctx.Err() != nil {
		return domain.FaultOf(ctx.Err())
	}
	twin := twinOf(err)
	switch {
	case twin == "" || twin == id:
		return m.refused(t.item.Path, err)
	case !t.retried:
		t.retried = true
		m.again = append(m.again, t)
		m.pending[t.item.Path] = true
		return nil
	}
	return m.duplicate(ctx, t, before, after, twin)
}

// documentOf returns the id to store a file under. When the document gets another
// content, the files that only shared the old one let go of it first.
func (m *mirror) documentOf(ctx context.Context, t task, before, after source.Record) (string, error) {
	if !before.Owns() {
		return m.newID(ctx, t.item.Path)
	}
	if before.Hash == after.Hash {
		return before.Document, nil
	}
	return before.Document, m.release(ctx, before)
}

// twinOf returns the id of the document that holds the content already.
func twinOf(err error) string {
	if !errors.Is(err, domain.Conflict) {
		return ""
	}
	id, _ := domain.FaultOf(err).Details["id"].(string)
	return id
}

// duplicate records that a file is stored as another document.
func (m *mirror) duplicate(ctx context.Context, t task, before, after source.Record, twin string) error {
	after.Document, after.Duplicate = twin, true
	if before.Owns() && before.Document != twin {
		if err := m.abandon(ctx, before); err != nil {
			return m.refused(t.item.Path, err)
		}
	}
	m.run.Warn(t.item.Path, domain.Conflict.New(t.item.Path+" has the same content as the document "+twin+"; it is stored once."))
	m.run.Counts.Duplicates++
	return m.settle(ctx, t, before, after)
}

// blank records a file without content, of which nothing is stored.
func (m *mirror) blank(ctx context.Context, t task, before, after source.Record) error {
	if before.Owns() {
		if err := m.abandon(ctx, before); err != nil {
			return m.refused(t.item.Path, err)
		}
	}
	m.run.Warn(t.item.Path, domain.Rejected.New(t.item.Path+" is blank; nothing of it is stored."))
	return m.settle(ctx, t, before, after)
}

// remove follows the removal of a file.
func (m *mirror) remove(ctx context.Context, path string) error {
	if ctx.Err() != nil {
		return domain.FaultOf(ctx.Err())
	}
	before, known := m.known[path]
	if !known {
		return nil
	}
	if before.Owns() {
		if err := m.abandon(ctx, before); err != nil {
			return m.refused(path, err)
		}
	}
	if err := m.Records.Delete(ctx, m.place.ID, path); err != nil {
		return err
	}
	delete(m.known, path)
	m.run.Counts.Removed++
	return nil
}

// settle records a mirrored file and tells of its document, in one transaction.
func (m *mirror) settle(ctx context.Context, t task, before, after source.Record) error {
	m.count(t, before, after)
	err := m.Unit.Within(ctx, func(ctx context.Context) error {
		if err := m.Records.Put(ctx, m.place.ID, after); err != nil {
			return err
		}
		if t.from != "" && t.from != t.item.Path {
			if err := m.Records.Delete(ctx, m.place.ID, t.from); err != nil {
				return err
			}
		}
		if !after.Owns() {
			return nil
		}
		event, err := m.ingested(*m.run, after)
		if err != nil {
			return err
		}
		return m.Outbox.Append(ctx, event)
	})
	if err != nil {
		return err
	}
	if t.from != t.item.Path {
		delete(m.known, t.from)
	}
	m.known[t.item.Path] = after
	return nil
}

// refused notes a document that the store did not take or let go of. It fails
// when that is so for one after the other for reasons that lie in the store.
func (m *mirror) refused(path string, err error) error {
	m.run.Fail(path, err)
	fault := domain.FaultOf(err)
	switch fault.Kind {
	case domain.Invalid, domain.Rejected, domain.NotFound, domain.Conflict, domain.TooLarge:
		m.refusals = 0
		return nil
	}
	if m.refusals++; m.refusals < maxRefusals {
		return nil
	}
	return fault.Kind.Wrap(err, fmt.Sprintf("The document store failed %d times in a row (%s); ingest the source again when it serves.", maxRefusals, fault.Message)).
		WithRetryAfter(fault.RetryAfter)
}

// put stores a record of this place.
func (m *mirror) put(ctx context.Context, r source.Record) error {
	if err := m.Records.Put(ctx, m.place.ID, r); err != nil {
		return err
	}
	m.known[r.Path] = r
	return nil
}

// delete deletes a document; one that is gone already is as wanted.
func (s *service) delete(ctx context.Context, id string) error {
	err := s.DeleteDocument.Execute(ctx, docstore.DeleteDocument{ID: id}).Err()
	if errors.Is(err, domain.NotFound) {
		return nil
	}
	return err
}
