package deadletters_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/docsteward/docsteward/adapters/deadletters"
	"github.com/docsteward/docsteward/adapters/memory/memkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/porttest"
	"github.com/docsteward/docsteward/ports/usecase"
)

var noon = time.Date(2026, 1, 5, 12, 0, 0, 0, time.UTC)

func TestEventsInAnOutbox(t *testing.T) {
	porttest.Place(t, func(t *testing.T) porttest.PlaceEnv {
		outbox, made := memkit.NewOutbox(memkit.New(), func() {}), 0
		return porttest.PlaceEnv{Place: deadletters.NewEvents("doc_store", outbox), Fail: func(t *testing.T, n int, cause string) {
			ctx := t.Context()
			waiting, err := outbox.Waiting(ctx)
			if err != nil {
				t.Fatal(err)
			}
			for range n - waiting {
				made++
				event := domain.Event{ID: fmt.Sprint("e", made), Name: "document.created", Aggregate: "document", AggregateID: fmt.Sprint(made), At: noon, Payload: []byte(`{"a":1}`)}
				if err := outbox.Append(ctx, event); err != nil {
					t.Fatal(err)
				}
			}
			entries, err := outbox.Claim(ctx, noon, noon.Add(time.Minute), n)
			if err != nil || len(entries) != n {
				t.Fatal(entries, err)
			}
			for _, entry := range entries {
				if err := outbox.Bury(ctx, entry.Event.ID, noon.Add(time.Minute), cause); err != nil {
					t.Fatal(err)
				}
			}
		}}
	})
}

// store is a document store with deliveries only.
type store struct{ all []docstore.Delivery }

func (s *store) find(id string) (int, error) {
	i := slices.IndexFunc(s.all, func(d docstore.Delivery) bool { return d.ID == id })
	if i < 0 {
		return i, domain.NotFound.New("There is no such delivery.")
	}
	return i, nil
}

func (s *store) list(_ context.Context, c docstore.ListDeliveries) (docstore.DeliveryList, error) {
	var kept []docstore.Delivery
	for _, d := range s.all {
		if d.Status == c.Status {
			kept = append(kept, d)
		}
	}
	page := memkit.PageOf(kept, domain.PageRequest{Limit: c.Limit, Offset: c.Offset})
	return docstore.DeliveryList{Items: page.Items, Total: page.Total}, nil
}

func (s *store) resend(_ context.Context, c docstore.ResendDelivery) (docstore.Delivery, error) {
	i, err := s.find(c.DeliveryID)
	if err != nil {
		return docstore.Delivery{}, err
	}
	s.all[i].Status = "pending"
	return s.all[i], nil
}

func (s *store) discard(_ context.Context, c docstore.DiscardDelivery) (docstore.Delivery, error) {
	i, err := s.find(c.DeliveryID)
	if err != nil {
		return docstore.Delivery{}, err
	}
	gone := s.all[i]
	s.all = slices.Delete(s.all, i, i+1)
	return gone, nil
}

// useCase is a function as a use case.
func useCase[C, R any](f func(context.Context, C) (R, error)) usecase.UseCase[C, R] {
	return usecase.Func[C, R](func(ctx context.Context, c C) domain.DomainResult[R] { return domain.From(f(ctx, c)) })
}

func place(s *store) *deadletters.Deliveries {
	return deadletters.NewDeliveries(deadletters.DocStore{List: useCase(s.list), Resend: useCase(s.resend), Discard: useCase(s.discard)}, "orchestrator")
}

func TestDeliveriesOfTheDocumentStore(t *testing.T) {
	porttest.Place(t, func(t *testing.T) porttest.PlaceEnv {
		s, made := new(store), 0
		return porttest.PlaceEnv{Place: place(s), Fail: func(_ *testing.T, n int, cause string) {
			died := noon.Add(time.Minute)
			for i := range s.all {
				if s.all[i].Status == "pending" && n > 0 {
					s.all[i].Status, s.all[i].Error, s.all[i].FinishedAt = "dead", cause, &died
					n--
				}
			}
			for range n {
				made++
				s.all = append(s.all, docstore.Delivery{ID: fmt.Sprint("d", made), EventID: fmt.Sprint("e", made), EventType: "document.created", Status: "dead", Error: cause, CreatedAt: noon, FinishedAt: &died})
			}
		}}
	})
}

func TestADeliveryTellsOfItsEvent(t *testing.T) {
	body, err := json.Marshal(docstore.Event{ID: "e", EntityType: "document", EntityID: "7", OccurredAt: noon, CorrelationID: "c", Payload: json.RawMessage(`{"a":1}`)})
	if err != nil {
		t.Fatal(err)
	}
	s := &store{all: []docstore.Delivery{{ID: "d", EventID: "e", WebhookID: "w", StatusCode: 503, AttemptCount: 4, Status: "dead", CreatedAt: noon.Add(time.Second), Body: body}}}
	page, err := place(s).List(t.Context(), domain.PageRequest{})
	if err != nil || len(page.Items) != 1 {
		t.Fatal(page, err)
	}
	l := page.Items[0]
	if string(l.Data) != `{"a":1}` || l.Correlation != "c" || !l.HappenedAt.Equal(noon) || l.Service != "doc_store" ||
		l.Details["webhook_id"] != "w" || l.Details["status_code"] != "503" || l.Details["attempts"] != "4" || l.Details["entity_id"] != "7" {
		t.Errorf("got %+v", l)
	}
}
