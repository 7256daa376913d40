package docstore

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/bulk"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/usecase"
)

const (
	// bulkPause is how long the worker waits before it looks for operations that
	// another process left.
	bulkPause = 5 * time.Second
	// bulkLease is how long after its last item the operation of a process that
	// died is taken over.
	bulkLease = 15 * time.Second
	// bulkBatch is how many items are read at once.
	bulkBatch = 100
)

// DoBulk does what bulk operations ask for, one operation at a time, until ctx ends.
func (b *Background) DoBulk(ctx context.Context) error {
	b.loop(ctx, "bulk operations", bulkPause, b.Signals.bulk, b.bulkOne)
	return nil
}

// bulkOne does one operation to its end, from where an earlier claim left it.
func (b *Background) bulkOne(ctx context.Context) (bool, error) {
	o, found, err := b.claimBulk(ctx)
	if err != nil || !found {
		return false, err
	}
	caller := usecase.Meta{Correlation: o.Correlation, Caller: usecase.Caller{User: o.User}}
	err = b.doItems(usecase.WithMeta(ctx, caller), o)
	switch {
	case errors.Is(err, domain.Conflict):
		return true, nil // cancelled meanwhile
	case err != nil:
		return true, errors.Join(err, b.releaseBulk(ctx, o.ID))
	}
	return true, b.finishBulk(ctx, o.ID)
}

func (b *Background) claimBulk(ctx context.Context) (o bulk.Operation, found bool, err error) {
	err = b.Unit.Within(ctx, func(ctx context.Context) (err error) {
		now := b.Clock.Now()
		o, found, err = b.BulkQueue.Claim(ctx, now, now.Add(bulkLease))
		if err != nil || !found || !o.StartedAt.IsZero() {
			return err
		}
		return b.tellOfBulk(ctx, bulk.EventStarted, o)
	})
	return o, found, err
}

// releaseBulk lets the operation be claimed again at once.
func (b *Background) releaseBulk(ctx context.Context, id bulk.ID) error {
	err := b.BulkQueue.Extend(context.WithoutCancel(ctx), id, b.Clock.Now())
	if errors.Is(err, domain.Conflict) {
		return nil
	}
	return err
}

// doItems does what is not done. It fails with Conflict when the operation was
// cancelled, which it looks for before every item.
func (b *Background) doItems(ctx context.Context, o bulk.Operation) error {
	for {
		items, err := b.BulkQueue.Waiting(ctx, o.ID, bulkBatch)
		if err != nil || len(items) == 0 {
			return err
		}
		for _, item := range items {
			if err := b.BulkQueue.Extend(ctx, o.ID, b.Clock.Now().Add(bulkLease)); err != nil {
				return err
			}
			if err := b.doItem(ctx, o, item); err != nil {
				return err
			}
		}
	}
}

// doItem does one item and records how it fared. It fails only when the store
// cannot serve, the operation was cancelled, or ctx ended: the item waits then.
func (b *Background) doItem(ctx context.Context, o bulk.Operation, item bulk.Item) error {
	result, err := b.perform(ctx, o, item)
	switch {
	case ctx.Err() != nil:
		return domain.FaultOf(ctx.Err())
	case errors.Is(err, domain.Storage):
		return err
	case err != nil:
		fault := domain.FaultOf(err)
		item.State, item.Code, item.Cause = bulk.ItemFailed, codeOf(fault), fault.Message
	default:
		item.State = bulk.ItemSucceeded
		if item.Result, err = json.Marshal(result); err != nil {
			return domain.Internal.Wrap(err, "A result cannot be written as JSON.")
		}
	}
	return b.BulkQueue.Record(ctx, o.ID, item)
}

func codeOf(f *domain.Fault) string {
	if f.Code != "" {
		return f.Code
	}
	return strings.ReplaceAll(f.Kind.String(), " ", "_")
}

// perform does what is asked for with one item. Each may be repeated: a document
// stored before is found by its content, and one deleted before is gone.
func (b *Background) perform(ctx context.Context, o bulk.Operation, item bulk.Item) (any, error) {
	switch o.Type {
	case bulk.CreateDocuments:
		return perform(item, func(d docstore.BulkDocument) (any, error) { return b.bulkStore(ctx, d) })
	case bulk.SearchDocuments:
		return perform(item, func(q docstore.QueryDocuments) (any, error) { return b.queryDocuments(ctx, q) })
	case bulk.DeleteDocuments:
		return perform(item, func(id string) (any, error) { return b.bulkDelete(ctx, o, id) })
	case bulk.TagDocuments:
		return perform(item, func(id string) (any, error) { return b.tagDocument(ctx, docstore.TagDocument{ID: id}) })
	case bulk.UpdateDocuments:
		return perform(item, func(p docstore.PatchMetadata) (any, error) { return b.patchMetadata(ctx, p) })
	case bulk.ReanalyzeDocuments:
		return perform(item, func(id string) (any, error) { return b.reanalyze(ctx, id) })
	case bulk.ImportDocuments:
		return perform(item, func(d importedDocument) (any, error) { return b.bulkImport(ctx, d) })
	}
	return nil, domain.Internal.New("This version does not know operations of the type " + string(o.Type) + ".")
}

func perform[T any](item bulk.Item, do func(T) (any, error)) (any, error) {
	var input T
	if err := json.Unmarshal(item.Input, &input); err != nil {
		return nil, domain.Internal.Wrap(err, "The stored item cannot be read.")
	}
	return do(input)
}

func (b *Background) bulkStore(ctx context.Context, d docstore.BulkDocument) (docstore.Document, error) {
	var metadata document.Metadata
	if json.Unmarshal(d.Metadata, &metadata) != nil {
		metadata = nil
	}
	view, err := b.store(ctx, d.ID, document.Draft{
		Content: d.Content, Metadata: metadata, Correlation: d.CorrelationID, Author: usecase.MetaOf(ctx).Caller.User,
	})
	view.Content = "" // the caller has it
	return view, err
}

// bulkDelete takes a document that was deleted since the operation began as
// deleted by it: an earlier attempt that was not recorded.
func (b *Background) bulkDelete(ctx context.Context, o bulk.Operation, id string) (docstore.Deleted, error) {
	deleted, err := b.deleteDocument(ctx, docstore.DeleteDocument{ID: id})
	if !errors.Is(err, domain.NotFound) {
		return deleted, err
	}
	d, e := b.Documents.Get(ctx, domain.StoredID[document.Document](id))
	if e == nil && !o.StartedAt.IsZero() && d.DeletedAt.After(o.StartedAt) {
		return docstore.Deleted{ID: id}, nil
	}
	return docstore.Deleted{}, err
}

func (b *Background) finishBulk(ctx context.Context, id bulk.ID) error {
	err := b.Unit.Within(ctx, func(ctx context.Context) error {
		o, err := b.BulkOperations.Get(ctx, id)
		if err != nil {
			return err
		}
		o.Status = o.Outcome()
		if err := b.BulkOperations.Finish(ctx, id, o.Status, b.Clock.Now().UTC()); err != nil {
			return err
		}
		name := bulk.EventCompleted
		if o.Status == bulk.Failed {
			name = bulk.EventFailed
		}
		return b.tellOfBulk(ctx, name, o)
	})
	if errors.Is(err, domain.Conflict) {
		return nil // cancelled after its last item
	}
	return err
}

func (b *Background) tellOfBulk(ctx context.Context, name string, o bulk.Operation) error {
	payload, err := json.Marshal(map[string]any{
		"operation_type": o.Type, "total": o.Total, "successful": o.Successful, "failed": o.Failed,
	})
	if err != nil {
		return domain.Internal.Wrap(err, "The event cannot be written as JSON.")
	}
	return b.Outbox.Append(ctx, domain.Event{
		ID: b.IDs.New(), Name: name, Aggregate: "bulk_operation", AggregateID: o.ID.String(),
		At: b.Clock.Now().UTC(), Correlation: o.Correlation, Payload: payload,
	})
}
