package infrastructure

import (
	"time"

	"github.com/docsteward/docsteward/domain/saga"
	"github.com/docsteward/docsteward/ports/infrastructure"
	"github.com/docsteward/docsteward/ports/usecase"
)

func sagaView(s saga.Saga, now time.Time) infrastructure.Saga {
	view := infrastructure.Saga{
		ID: s.ID.String(), Type: s.Type, Correlation: s.Correlation, Status: string(s.Status), CurrentStep: textOrNil(s.Current()),
		Steps: []infrastructure.SagaStep{}, Metadata: s.Metadata, CreatedAt: s.CreatedAt, StartedAt: usecase.TimeOrNil(s.StartedAt),
		CompletedAt: usecase.TimeOrNil(s.CompletedAt), DeadlineAt: usecase.TimeOrNil(s.DeadlineAt), ErrorMessage: s.Error,
		DurationSeconds: s.Duration(now).Seconds(), NeedsHand: s.NeedsHand(),
	}
	if view.Metadata == nil {
		view.Metadata = map[string]any{}
	}
	for _, step := range s.Steps {
		view.Steps = append(view.Steps, infrastructure.SagaStep{
			ID: step.ID, Service: step.Do.Service, Operation: step.Do.Operation, Compensation: textOrNil(step.Undo.Operation), Status: string(step.Status),
			ExecutedAt: usecase.TimeOrNil(step.ExecutedAt), CompletedAt: usecase.TimeOrNil(step.CompletedAt), ErrorMessage: step.Error,
			CompensationStatus: string(step.Undone), CompensatedAt: usecase.TimeOrNil(step.UndoneAt), CompensationError: step.UndoError,
		})
	}
	return view
}

func textOrNil(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

func sagaStats(c infrastructure.SagaCounts, now time.Time) infrastructure.SagaStats {
	stats := infrastructure.SagaStats{
		ActiveSagas: c.ByStatus[saga.Started] + c.ByStatus[saga.Compensating], SuccessfulSagas: c.ByStatus[saga.Completed],
		FailedSagas: c.ByStatus[saga.Failed], AbortedSagas: c.ByStatus[saga.Aborted], AvgCompletionTime: c.Mean.Seconds(),
	}
	for _, n := range c.ByStatus {
		stats.TotalSagas += n
	}
	stats.CompletedSagas = stats.SuccessfulSagas + stats.FailedSagas + stats.AbortedSagas
	if stats.CompletedSagas > 0 {
		stats.SuccessRate = float64(stats.SuccessfulSagas) / float64(stats.CompletedSagas)
	}
	if !c.OldestActive.IsZero() {
		stats.OldestActiveSeconds = max(now.Sub(c.OldestActive), 0).Seconds()
	}
	return stats
}
