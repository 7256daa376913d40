package docstore

import (
	"context"
	"encoding/json"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/bulk"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/usecase"
)

// Bulk is what requests for many things need.
type Bulk struct {
	BulkOperations docstore.BulkOperations
	BulkQueue      docstore.BulkQueue
}

func (s *service) fillBulk(menu *docstore.UseCases) {
	menu.BulkStoreDocuments.HandleFunc(s.bulkStoreDocuments)
	menu.BulkSearchDocuments.HandleFunc(s.bulkSearchDocuments)
	menu.BulkDeleteDocuments.HandleFunc(s.bulkDeleteDocuments)
	menu.BulkTagDocuments.HandleFunc(s.bulkTagDocuments)
	menu.BulkUpdateDocuments.HandleFunc(s.bulkUpdateDocuments)
	menu.BulkReanalyzeDocuments.HandleFunc(s.bulkReanalyzeDocuments)
	menu.ImportDocuments.HandleFunc(s.importDocuments)
	menu.ExportDocuments.HandleFunc(s.exportDocuments)
	menu.ListBulkOperations.HandleFunc(s.listBulkOperations)
	menu.GetBulkOperation.HandleFunc(s.getBulkOperation)
	menu.CancelBulkOperation.HandleFunc(s.cancelBulkOperation)
}

// bulkStoreDocuments gives every document its id now, so that one whose storing
// is repeated after a crash is recognised.
func (s *service) bulkStoreDocuments(ctx context.Context, c docstore.BulkStoreDocuments) (docstore.BulkOperation, error) {
	for i := range c.Documents {
		if c.Documents[i].ID == "" {
			c.Documents[i].ID = s.IDs.New()
		}
	}
	return submit(ctx, s, bulk.CreateDocuments, c.Documents)
}

func (s *service) bulkSearchDocuments(ctx context.Context, c docstore.BulkSearchDocuments) (docstore.BulkOperation, error) {
	queries := make([]docstore.QueryDocuments, len(c.Queries))
	for i, query := range c.Queries {
		queries[i] = docstore.QueryDocuments{Query: &query, Limit: c.Limit}
	}
	return submit(ctx, s, bulk.SearchDocuments, queries)
}

func (s *service) bulkDeleteDocuments(ctx context.Context, c docstore.BulkDeleteDocuments) (docstore.BulkOperation, error) {
	return submit(ctx, s, bulk.DeleteDocuments, c.DocumentIDs)
}

func (s *service) bulkTagDocuments(ctx context.Context, c docstore.BulkTagDocuments) (docstore.BulkOperation, error) {
	return submit(ctx, s, bulk.TagDocuments, c.DocumentIDs)
}

// bulkUpdateDocuments refuses at once what every document would refuse.
func (s *service) bulkUpdateDocuments(ctx context.Context, c docstore.BulkUpdateDocuments) (docstore.BulkOperation, error) {
	if len(c.Updates) == 0 {
		return docstore.BulkOperation{}, domain.Invalid.New("There are no updates.").WithField("updates", "minProperties", "must not be empty")
	}
	if err := document.Metadata(c.Updates).Check(); err != nil {
		return docstore.BulkOperation{}, err
	}
	patches := make([]docstore.PatchMetadata, len(c.DocumentIDs))
	for i, id := range c.DocumentIDs {
		patches[i] = docstore.PatchMetadata{ID: id, Updates: c.Updates, Author: usecase.MetaOf(ctx).Caller.User}
	}
	return submit(ctx, s, bulk.UpdateDocuments, patches)
}

// submit stores an operation for the background to do.
func submit[T any](ctx context.Context, s *service, what bulk.Type, inputs []T) (docstore.BulkOperation, error) {
	items := make([]bulk.Item, len(inputs))
	for i, input := range inputs {
		body, err := json.Marshal(input)
		if err != nil {
			return docstore.BulkOperation{}, domain.Invalid.Wrap(err, "An item cannot be written as JSON.")
		}
		items[i] = bulk.Item{Number: i, Input: body, State: bulk.Waiting}
	}
	o := s.operation(ctx, what, bulk.Pending, len(items))
	if err := s.BulkOperations.Add(ctx, o, items); err != nil {
		return docstore.BulkOperation{}, err
	}
	s.Signals.bulk.wake()
	return bulkView(o), nil
}

// operation returns a new one that the caller of ctx asks for.
func (s *service) operation(ctx context.Context, what bulk.Type, status bulk.Status, total int) bulk.Operation {
	meta := usecase.MetaOf(ctx)
	return bulk.Operation{
		ID: domain.StoredID[bulk.Operation](s.IDs.New()), Type: what, Status: status, Total: total,
		Correlation: meta.Correlation, User: meta.Caller.User, CreatedAt: s.Clock.Now().UTC(),
	}
}

func (s *service) listBulkOperations(ctx context.Context, c docstore.ListBulkOperations) (docstore.BulkOperationList, error) {
	page, err := s.BulkOperations.List(ctx, bulk.Status(c.Status), domain.PageRequest{Limit: c.Limit, Offset: c.Offset})
	views := domain.MapPage(page, bulkView)
	return docstore.BulkOperationList{Items: views.Items, Total: views.Total, Limit: views.Limit, Offset: views.Offset, HasMore: views.HasMore()}, err
}

func (s *service) getBulkOperation(ctx context.Context, c docstore.GetBulkOperation) (docstore.BulkOperation, error) {
	id, err := bulk.ParseID(c.ID)
	if err != nil {
		return docstore.BulkOperation{}, err
	}
	o, err := s.BulkOperations.Get(ctx, id)
	if err != nil {
		return docstore.BulkOperation{}, err
	}
	page, err := s.BulkOperations.Items(ctx, id, domain.PageRequest{Limit: c.Limit, Offset: c.Offset})
	if err != nil {
		return docstore.BulkOperation{}, err
	}
	view, results := bulkView(o), domain.MapPage(page, resultView)
	view.Results = docstore.BulkResultList{Items: results.Items, Total: results.Total, Limit: results.Limit, Offset: results.Offset, HasMore: results.HasMore()}
	return view, nil
}

func (s *service) cancelBulkOperation(ctx context.Context, c docstore.CancelBulkOperation) (docstore.BulkOperation, error) {
	id, err := bulk.ParseID(c.ID)
	if err != nil {
		return docstore.BulkOperation{}, err
	}
	if err := s.BulkOperations.Finish(ctx, id, bulk.Cancelled, s.Clock.Now().UTC()); err != nil {
		return docstore.BulkOperation{}, err
	}
	o, err := s.BulkOperations.Get(ctx, id)
	return bulkView(o), err
}

func bulkView(o bulk.Operation) docstore.BulkOperation {
	return docstore.BulkOperation{
		OperationID: o.ID.String(), OperationType: string(o.Type), Status: string(o.Status),
		Progress: docstore.BulkProgress{
			Total: o.Total, Processed: o.Processed(), Successful: o.Successful, Failed: o.Failed, Percentage: o.Percentage(),
		},
		Results:   docstore.BulkResultList{Items: []docstore.BulkResult{}, Total: o.Total, HasMore: o.Total > 0},
		CreatedAt: o.CreatedAt, StartedAt: usecase.TimeOrNil(o.StartedAt), CompletedAt: usecase.TimeOrNil(o.CompletedAt),
	}
}

func resultView(i bulk.Item) docstore.BulkResult {
	view := docstore.BulkResult{Number: i.Number, Status: string(i.State), ErrorCode: i.Code, Error: i.Cause}
	if len(i.Result) > 0 {
		view.Result = i.Result
	}
	return view
}
