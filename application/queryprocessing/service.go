// Package queryprocessing implements query processing: it finds documents through
// the document store, has the domain choose the sentences that answer, and keeps
// what was asked with its evidence.
package queryprocessing

import (
	"context"
	"encoding/json"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/query"
	"github.com/docsteward/docsteward/ports/clock"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/ids"
	"github.com/docsteward/docsteward/ports/markup"
	"github.com/docsteward/docsteward/ports/orchestrator"
	"github.com/docsteward/docsteward/ports/outbox"
	"github.com/docsteward/docsteward/ports/queryprocessing"
	"github.com/docsteward/docsteward/ports/tx"
	"github.com/docsteward/docsteward/ports/usecase"
)

// EventProcessed tells that a query was processed.
const EventProcessed = "query.processed"

// keptQueries is how many queries the history holds.
const keptQueries = 10_000

// Deps are what the use cases stand on.
type Deps struct {
	// SearchDocuments, SearchAdvanced, ListDocuments and GetDocument are those of the
	// document store.
	SearchDocuments usecase.UseCase[docstore.SearchDocuments, docstore.SearchResults]
	SearchAdvanced  usecase.UseCase[docstore.SearchAdvanced, docstore.SearchResults]
	ListDocuments   usecase.UseCase[docstore.ListDocuments, docstore.DocumentList]
	GetDocument     usecase.UseCase[docstore.GetDocument, docstore.Document]
	History         queryprocessing.History
	Markup          markup.Parser
	Outbox          outbox.Outbox
	Unit            tx.Unit
	Clock           clock.Clock
	IDs             ids.Generator
}

type service struct {
	Deps
	library *library
}

// Fill makes the use cases of this package the implementation of the menu.
func Fill(menu *queryprocessing.UseCases, deps Deps) {
	s := &service{Deps: deps, library: newLibrary()}
	menu.ProcessQuery.HandleFunc(s.processQuery)
	menu.RunStructured.HandleFunc(s.runStructured)
	menu.GetResult.HandleFunc(s.getResult)
	menu.DeleteResult.HandleFunc(s.deleteResult)
	menu.GiveFeedback.HandleFunc(s.giveFeedback)
	menu.ListHistory.HandleFunc(s.listHistory)
	menu.GetHistoryEntry.HandleFunc(s.getHistoryEntry)
	menu.ListIntents.HandleFunc(s.listIntents)
	menu.GetStats.HandleFunc(s.getStats)
}

// now is the present instant as it is stored.
func (s *service) now() time.Time { return s.Clock.Now().UTC().Truncate(time.Microsecond) }

// asService returns a context in which the orchestrator asks the document store.
func asService(ctx context.Context) context.Context {
	return usecase.AsService(ctx, orchestrator.ID)
}

// caller is who calls.
func caller(ctx context.Context) string {
	if user := usecase.MetaOf(ctx).Caller.User; user != "" {
		return user
	}
	return "anonymous"
}

// begin returns the record of a query that is asked now.
func (s *service) begin(ctx context.Context, text string) (query.Record, error) {
	id, err := query.ParseID(s.IDs.New())
	return query.Record{ID: id, Text: text, User: caller(ctx), Correlation: usecase.MetaOf(ctx).Correlation, At: s.now()}, err
}

// keep records a processed query and tells of it.
func (s *service) keep(ctx context.Context, r *query.Record) error {
	r.Took = s.now().Sub(r.At)
	body, err := json.Marshal(map[string]any{
		"query_id": r.ID.String(), "intent": r.Intent, "confidence": r.Confidence, "status": r.Status,
	})
	if err != nil {
		return domain.Internal.Wrap(err, "The event cannot be written as JSON.")
	}
	return s.Unit.Within(ctx, func(ctx context.Context) error {
		if err := s.History.Add(ctx, *r); err != nil {
			return err
		}
		if _, err := s.History.Trim(ctx, keptQueries); err != nil {
			return err
		}
		return s.Outbox.Append(ctx, domain.Event{
			ID: s.IDs.New(), Name: EventProcessed, Aggregate: "query", AggregateID: r.ID.String(), Version: 1, At: r.At,
			Correlation: r.Correlation, Payload: body,
		})
	})
}
