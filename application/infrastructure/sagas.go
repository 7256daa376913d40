package infrastructure

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/saga"
	"github.com/docsteward/docsteward/ports/infrastructure"
	"github.com/docsteward/docsteward/ports/usecase"
)

func (s *service) startSaga(ctx context.Context, c infrastructure.StartSaga) domain.DomainResult[infrastructure.SagaStarted] {
	id, err := saga.ParseID(s.IDs.New())
	if err != nil {
		return domain.Fail[infrastructure.SagaStarted](err)
	}
	asked := saga.Saga{ID: id, Type: c.Type, Correlation: c.Correlation, User: usecase.MetaOf(ctx).Caller.User, Metadata: c.Metadata}
	if asked.Correlation == "" {
		asked.Correlation = usecase.MetaOf(ctx).Correlation
	}
	var warnings []string
	for _, step := range c.Steps {
		do := saga.Call{Service: step.Service, Operation: step.Operation, Parameters: step.Parameters}
		undo := saga.Call{Service: step.Service, Operation: step.Compensation, Parameters: step.CompensationParameters}
		asked.Steps = append(asked.Steps, saga.Step{ID: step.ID, Do: do, Undo: undo})
		if wrong := s.Caller.Check(do); wrong != "" {
			warnings = append(warnings, "The step "+step.ID+" cannot be executed as it is: "+wrong)
		}
		if undo.Operation == "" {
			continue
		}
		if wrong := s.Caller.Check(undo); wrong != "" {
			warnings = append(warnings, "The step "+step.ID+" cannot be compensated as it is: "+wrong)
		}
	}
	now := s.now()
	made, err := saga.New(asked, now)
	if err != nil {
		return domain.Fail[infrastructure.SagaStarted](err)
	}
	if err := made.Start(now, time.Duration(c.TimeoutSeconds)*time.Second); err != nil {
		return domain.Fail[infrastructure.SagaStarted](err)
	}
	made.Revision = 1
	err = s.Unit.Within(ctx, func(ctx context.Context) error {
		if err := s.Sagas.Add(ctx, made); err != nil {
			return err
		}
		return s.tell(ctx, made, saga.EventStarted, now)
	})
	if err != nil {
		return domain.Fail[infrastructure.SagaStarted](err)
	}
	return domain.Ok(infrastructure.SagaStarted{ID: id.String(), Status: string(made.Status)}).WithWarnings(warnings...)
}

// tell appends the event of a change to the outbox.
func (s *service) tell(ctx context.Context, of saga.Saga, name string, now time.Time) error {
	payload, err := json.Marshal(map[string]any{
		"saga_id": of.ID.String(), "saga_type": of.Type, "correlation_id": of.Correlation, "status": of.Status, "error_message": of.Error,
		"needs_hand": of.NeedsHand(),
	})
	if err != nil {
		return domain.Internal.Wrap(err, "The event cannot be written as JSON.")
	}
	return s.Outbox.Append(ctx, domain.Event{
		ID: s.IDs.New(), Name: name, Aggregate: "saga", AggregateID: of.ID.String(), Version: of.Revision, At: now,
		Correlation: of.Correlation, Payload: payload,
	})
}

// saga reads one.
func (s *service) saga(ctx context.Context, text string) (saga.Saga, error) {
	id, err := saga.ParseID(text)
	if err != nil {
		return saga.Saga{}, rejected(err)
	}
	found, err := s.Sagas.Get(ctx, id)
	if errors.Is(err, domain.NotFound) {
		err = domain.NotFound.Wrap(err, "Saga not found: "+text+". List them with GET /api/v1/infrastructure/sagas.").
			WithDetail("resource_type", "saga").WithDetail("resource_id", text)
	}
	return found, err
}

func (s *service) getSaga(ctx context.Context, c infrastructure.GetSaga) (infrastructure.Saga, error) {
	found, err := s.saga(ctx, c.ID)
	if err != nil {
		return infrastructure.Saga{}, err
	}
	return sagaView(found, s.now()), nil
}

func (s *service) listSagas(ctx context.Context, c infrastructure.ListSagas) (infrastructure.SagaList, error) {
	filter := infrastructure.SagaFilter{Type: c.Type, Correlation: c.Correlation}
	if c.Status != "" {
		filter.Status = []saga.Status{saga.Status(c.Status)}
	}
	found, err := s.Sagas.Find(ctx, filter, domain.PageRequest{Limit: c.Limit, Offset: c.Offset})
	if err != nil {
		return infrastructure.SagaList{}, err
	}
	counts, err := s.Sagas.Count(ctx)
	if err != nil {
		return infrastructure.SagaList{}, err
	}
	now := s.now()
	page := domain.MapPage(found, func(one saga.Saga) infrastructure.Saga { return sagaView(one, now) })
	return infrastructure.SagaList{
		Sagas: page.Items, Total: page.Total, Limit: page.Limit, Offset: page.Offset, HasMore: page.HasMore(), SagaStats: sagaStats(counts, now),
	}, nil
}

func (s *service) getSagaStats(ctx context.Context, _ infrastructure.GetSagaStats) (infrastructure.SagaStats, error) {
	counts, err := s.Sagas.Count(ctx)
	if err != nil {
		return infrastructure.SagaStats{}, err
	}
	return sagaStats(counts, s.now()), nil
}

func (s *service) completeSaga(ctx context.Context, c infrastructure.CompleteSaga) (infrastructure.Saga, error) {
	ended, err := s.change(ctx, c.ID, func(one *saga.Saga, now time.Time) error { return one.Complete(now) })
	if err != nil {
		return infrastructure.Saga{}, err
	}
	return sagaView(ended, s.now()), nil
}

func (s *service) abortSaga(ctx context.Context, c infrastructure.AbortSaga) (infrastructure.Saga, error) {
	reason := fmt.Sprintf("Aborted by %s.", author(ctx))
	if c.Reason != "" {
		reason = c.Reason
	}
	ended, err := s.change(ctx, c.ID, func(one *saga.Saga, now time.Time) error { return one.Abort(reason, now) })
	if err != nil {
		return infrastructure.Saga{}, err
	}
	return sagaView(ended, s.now()), nil
}

// changes is how often a change is repeated when another came first.
const changes = 10

// eventOf is the event of coming into a status.
func eventOf(status saga.Status) string {
	switch status {
	case saga.Completed:
		return saga.EventCompleted
	case saga.Compensating:
		return saga.EventCompensating
	case saga.Failed:
		return saga.EventFailed
	case saga.Aborted:
		return saga.EventAborted
	}
	return ""
}

// change reads a saga, changes it and stores it, with the event of a new status; again
// when another change came first. What changes nothing is not stored.
func (s *service) change(ctx context.Context, id string, change func(one *saga.Saga, now time.Time) error) (saga.Saga, error) {
	for n := 1; ; n++ {
		one, err := s.saga(ctx, id)
		if err != nil {
			return saga.Saga{}, err
		}
		now, revision, status := s.now(), one.Revision, one.Status
		if err := change(&one, now); err != nil {
			return saga.Saga{}, err
		}
		if one.Revision == revision {
			return one, nil
		}
		one.Revision = revision + 1 // however much it changed, it is stored once
		err = s.Unit.Within(ctx, func(ctx context.Context) error {
			if err := s.Sagas.Update(ctx, one); err != nil || one.Status == status {
				return err
			}
			return s.tell(ctx, one, eventOf(one.Status), now)
		})
		if err == nil || n == changes || !errors.Is(err, domain.Conflict) {
			return one, err
		}
	}
}
