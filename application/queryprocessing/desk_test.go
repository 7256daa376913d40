package queryprocessing_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/docsteward/docsteward/adapters/clock/systemclock"
	"github.com/docsteward/docsteward/adapters/markup"
	"github.com/docsteward/docsteward/adapters/memory/memkit"
	"github.com/docsteward/docsteward/adapters/memory/querymem"
	app "github.com/docsteward/docsteward/application/queryprocessing"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/ids/idstest"
	"github.com/docsteward/docsteward/ports/orchestrator"
	"github.com/docsteward/docsteward/ports/queryprocessing"
	"github.com/docsteward/docsteward/ports/usecase"
)

const pumps = "# Pumps\n\nThe pump of a well starts at dawn.\n"

// desk is query processing in memory over a store of one document, which every
// search finds.
type desk struct {
	menu   queryprocessing.UseCases
	outbox *memkit.Outbox
	// reads counts how often the document was read; fault is how reading fails.
	reads   int
	fault   error
	service string // who asked last
	last    docstore.SearchDocuments
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	db := memkit.New()
	d := &desk{outbox: memkit.NewOutbox(db, func() {})}
	hits := docstore.SearchResults{Items: []docstore.SearchHit{{ID: "pumps", Title: "Pumps", Version: 1, ContentHash: "h", Score: 1}}, Total: 1}
	app.Fill(&d.menu, app.Deps{
		SearchDocuments: usecase.Func[docstore.SearchDocuments, docstore.SearchResults](func(ctx context.Context, c docstore.SearchDocuments) domain.DomainResult[docstore.SearchResults] {
			d.last, d.service = c, usecase.MetaOf(ctx).Caller.Service
			return domain.Ok(hits)
		}),
		SearchAdvanced: usecase.Func[docstore.SearchAdvanced, docstore.SearchResults](func(context.Context, docstore.SearchAdvanced) domain.DomainResult[docstore.SearchResults] {
			more := hits
			more.HasMore = true
			return domain.Ok(more)
		}),
		ListDocuments: usecase.Func[docstore.ListDocuments, docstore.DocumentList](func(context.Context, docstore.ListDocuments) domain.DomainResult[docstore.DocumentList] {
			return domain.Ok(docstore.DocumentList{Total: 50})
		}),
		GetDocument: usecase.Func[docstore.GetDocument, docstore.Document](func(_ context.Context, c docstore.GetDocument) domain.DomainResult[docstore.Document] {
			d.reads++
			return domain.From(docstore.Document{ID: c.ID, Title: "Pumps", Version: 1, ContentHash: "h", Content: pumps}, d.fault)
		}),
		History: querymem.NewHistory(db), Markup: markup.New(), Outbox: d.outbox, Unit: db, Clock: systemclock.Clock{}, IDs: &idstest.Sequence{},
	})
	return d
}

func (d *desk) ask(ctx context.Context, c queryprocessing.ProcessQuery) (queryprocessing.QueryResult, error) {
	c.MaxResults = 10
	return d.menu.ProcessQuery.Execute(ctx, c).Unwrap()
}

func TestAQuestionIsAnsweredAndToldOf(t *testing.T) {
	d := newDesk(t)
	ctx := usecase.WithMeta(context.Background(), usecase.Meta{Correlation: "c-1", Caller: usecase.Caller{User: "ada"}})
	got, err := d.ask(ctx, queryprocessing.ProcessQuery{QueryText: "When does the pump start?", Context: map[string]any{"owner": "bob", "path": "wells", "turn": 1}})
	if err != nil || got.Answer != "The pump of a well starts at dawn." || got.Status != "answered" {
		t.Fatalf("got %+v, %v", got, err)
	}
	if d.service != orchestrator.ID || d.last.Owner != "bob" || !strings.Contains(d.last.Q, `path:"wells"`) {
		t.Errorf("the store was asked %+v by %q", d.last, d.service)
	}
	waiting, err := d.outbox.Claim(ctx, time.Now(), time.Now().Add(time.Hour), 10)
	if err != nil || len(waiting) != 1 || waiting[0].Event.Name != app.EventProcessed || waiting[0].Event.Correlation != "c-1" {
		t.Errorf("told %+v, %v", waiting, err)
	}
	list, err := d.menu.ListHistory.Execute(ctx, queryprocessing.ListHistory{UserID: "ada"}).Unwrap()
	if err != nil || list.Total != 1 || list.Items[0].QueryID != got.QueryID {
		t.Errorf("history %+v, %v", list, err)
	}
}

func TestADocumentIsReadOnceForManyQuestions(t *testing.T) {
	d := newDesk(t)
	for range 3 {
		if got, err := d.ask(context.Background(), queryprocessing.ProcessQuery{QueryText: "When does the pump start?"}); err != nil || got.Status != "answered" {
			t.Fatalf("got %+v, %v", got, err)
		}
	}
	if d.reads != 1 {
		t.Errorf("read %d times", d.reads)
	}
}

func TestWhatTheStoreSays(t *testing.T) {
	d := newDesk(t)
	d.fault = domain.NotFound.New("It went.")
	if got, err := d.ask(context.Background(), queryprocessing.ProcessQuery{QueryText: "When does the pump start?"}); err != nil || got.Status != "not_found" {
		t.Errorf("of a document that went: %+v, %v", got, err)
	}
	d.fault = domain.Unavailable.New("It is away.")
	if _, err := d.ask(context.Background(), queryprocessing.ProcessQuery{QueryText: "When does the pump start?"}); !errors.Is(err, domain.Unavailable) {
		t.Errorf("of a store that is away: %v", err)
	}
	if _, err := d.ask(context.Background(), queryprocessing.ProcessQuery{QueryText: "ab"}); !errors.Is(err, domain.Rejected) {
		t.Errorf("of a short question: %v", err)
	}
}

func TestOnlyInformationIsAnswered(t *testing.T) {
	d := newDesk(t)
	for text, want := range map[string]string{"Execute workflow analysis-123": "POST /api/v1/workflows/", "Hello, how are you?": "asks for no information"} {
		got, err := d.ask(context.Background(), queryprocessing.ProcessQuery{QueryText: text})
		if err != nil || got.Status != "refused" || !strings.Contains(got.Explanation, want) {
			t.Errorf("%s: %+v, %v", text, got, err)
		}
	}
	if d.reads != 0 || d.service != "" {
		t.Error("the store was asked")
	}
	silent := false
	if got, err := d.ask(context.Background(), queryprocessing.ProcessQuery{QueryText: "Hello", IncludeExplanation: &silent}); err != nil || got.Explanation != "" {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestAStructuredQueryLooksAtSoMuchAndSaysSo(t *testing.T) {
	d := newDesk(t)
	got, err := d.menu.RunStructured.Execute(context.Background(), queryprocessing.RunStructured{Query: "pump", QueryType: "count"}).Unwrap()
	if err != nil || !got.Truncated || got.TotalResults != 1 || len(got.Results) != 0 {
		t.Errorf("got %+v, %v", got, err)
	}
	for _, c := range []queryprocessing.RunStructured{
		{Query: "("}, {Filters: map[string]string{"colour": "red"}}, {Sorting: map[string]string{"title": "sideways"}},
		{Sorting: map[string]string{"title": "asc", "updated": "asc"}},
	} {
		if err := d.menu.RunStructured.Execute(context.Background(), c).Err(); !errors.Is(err, domain.Invalid) {
			t.Errorf("%+v: %v", c, err)
		}
	}
}
