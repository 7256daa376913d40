package docstore

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/bulk"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/usecase"
)

// Bounds of what an import holds in memory: the items and the bytes of a batch.
const (
	importBatch      = 200
	importBatchBytes = 4 << 20
)

// importedDocument is an item of an import.
type importedDocument struct {
	docstore.BulkDocument
	// Named says that the id was given. A document without one is looked for by its
	// content.
	Named bool `json:"named"`
}

// importDocuments keeps the documents as items while they come, and lets the
// background have them when all are there.
func (s *service) importDocuments(ctx context.Context, c docstore.ImportDocuments) (docstore.BulkOperation, error) {
	if c.Body == nil {
		return docstore.BulkOperation{}, nothingImported()
	}
	o := s.operation(ctx, bulk.ImportDocuments, bulk.Receiving, 0)
	if err := s.BulkOperations.Add(ctx, o, nil); err != nil {
		return docstore.BulkOperation{}, err
	}
	err := s.receive(ctx, o.ID, newLines(c.Body, s.longestLine()))
	if err == nil {
		err = s.BulkOperations.Seal(ctx, o.ID)
	}
	if err != nil {
		whatever := context.WithoutCancel(ctx)
		return docstore.BulkOperation{}, errors.Join(err, s.BulkOperations.Finish(whatever, o.ID, bulk.Cancelled, s.Clock.Now().UTC()))
	}
	s.Signals.bulk.wake()
	o, err = s.BulkOperations.Get(ctx, o.ID)
	return bulkView(o), err
}

// longestLine is a line whose content is all escapes of six bytes, and has
// metadata besides.
func (s *service) longestLine() int { return 6*s.MaxContentBytes + 1<<20 }

func nothingImported() error {
	return domain.Invalid.New("The body holds no document; send one JSON object a line.").WithField("body", "required", "must hold at least one document")
}

// receive stores the documents as items, a batch at a time.
func (s *service) receive(ctx context.Context, id bulk.ID, from *lines) error {
	var batch []bulk.Item
	total, size := 0, 0
	for {
		line, err := from.next()
		switch {
		case errors.Is(err, io.EOF) && total == 0:
			return nothingImported()
		case errors.Is(err, io.EOF):
			return s.BulkOperations.Append(ctx, id, batch)
		case err != nil && !isLong(err):
			return err
		}
		item := s.received(line, err, from.number)
		item.Number = total
		batch, total, size = append(batch, item), total+1, size+len(item.Input)
		if len(batch) < importBatch && size < importBatchBytes {
			continue
		}
		if err := s.BulkOperations.Append(ctx, id, batch); err != nil {
			return err
		}
		batch, size = nil, 0
	}
}

// isLong tells a line that is too long from a body that is.
func isLong(err error) bool {
	return errors.Is(err, domain.TooLarge) && domain.FaultOf(err).Details["max_bytes"] == nil
}

// received returns the item of a line, which has failed already when the line is
// no document.
func (s *service) received(line []byte, fault error, number int) bulk.Item {
	d, err := importedOf(line)
	if fault != nil {
		err = fault
	}
	if err == nil {
		if d.Named = d.ID != ""; !d.Named {
			d.ID = s.IDs.New()
		}
		var input []byte
		if input, err = json.Marshal(d); err == nil {
			return bulk.Item{Input: input, State: bulk.Waiting}
		}
	}
	return bulk.Item{
		Input: []byte("null"), State: bulk.ItemFailed, Code: codeOf(domain.FaultOf(err)),
		Cause: fmt.Sprintf("Line %d: %s", number, domain.FaultOf(err).Message),
	}
}

func importedOf(line []byte) (d importedDocument, err error) {
	if !utf8.Valid(line) {
		return d, domain.Invalid.New("The line is not UTF-8.")
	}
	decoder := json.NewDecoder(bytes.NewReader(line))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&d.BulkDocument); err != nil {
		return d, domain.Invalid.New("The line is no document, a JSON object with content and perhaps id, metadata and correlation_id: " + err.Error() + ".")
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return d, domain.Invalid.New("The line holds more than one document.")
	}
	return d, nil
}

// bulkImport stores a document under its id, as its next version where it says
// something new.
func (b *Background) bulkImport(ctx context.Context, d importedDocument) (docstore.Document, error) {
	if !d.Named {
		return b.bulkStore(ctx, d.BulkDocument)
	}
	before, err := b.Documents.Get(ctx, domain.StoredID[document.Document](d.ID))
	if err != nil && !errors.Is(err, domain.NotFound) {
		return docstore.Document{}, err
	}
	var metadata document.Metadata
	if json.Unmarshal(d.Metadata, &metadata) != nil {
		metadata = nil
	}
	view, err := b.put(ctx, docstore.PutDocument{
		ID: d.ID, Content: d.Content, Metadata: metadata, Author: usecase.MetaOf(ctx).Caller.User,
	}, d.CorrelationID)
	view.Existed = err == nil && view.Version == before.Version
	view.Content = "" // the caller has it
	return view, err
}
