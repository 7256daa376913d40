package workflows

import (
	"context"
	"iter"
	"strconv"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/workflow"
	"github.com/docsteward/docsteward/ports/clock"
	"github.com/docsteward/docsteward/ports/usecase"
	"github.com/docsteward/docsteward/ports/workflows"
)

// lookEvery is how often a run that is watched is looked at, whichever process runs it.
const lookEvery = 200 * time.Millisecond

func (s *service) watchExecution(ctx context.Context, c workflows.WatchExecution) (iter.Seq2[workflows.RunEvent, error], error) {
	after := 0
	if last := usecase.MetaOf(ctx).LastEventID; last != "" {
		n, err := strconv.Atoi(last)
		if err != nil || n < 0 {
			return nil, domain.Invalid.New("The last event id is the sequence of an event of this run, from 1.")
		}
		after = n
	}
	if _, err := s.execution(ctx, c.ID); err != nil {
		return nil, err
	}
	return func(yield func(workflows.RunEvent, error) bool) {
		for {
			view, err := s.getExecution(ctx, workflows.GetExecution{ID: c.ID})
			if err != nil {
				yield(workflows.RunEvent{}, err)
				return
			}
			events := runEvents(view)
			for ; after < len(events); after++ {
				if !yield(events[after], nil) {
					return
				}
			}
			if workflow.ExecutionStatus(view.Status).Ended() || !clock.Wait(ctx, s.Clock, lookEvery) {
				return
			}
		}
	}, nil
}

// runEvents are the events of a run so far. Outcomes keep their order, so that the
// events that were told stay where they were.
func runEvents(e workflows.Execution) []workflows.RunEvent {
	begun := usecase.Given(e.StartedAt)
	events := []workflows.RunEvent{{EventType: workflow.EventStarted, At: begun, Progress: progressView(0, e.Progress.TotalActions, nil)}}
	through := 0
	for _, r := range e.Results {
		if r.Status == string(workflow.ActionRunning) {
			continue
		}
		through++
		at := events[len(events)-1].At // an action that took no step ended with the one before
		if r.CompletedAt != nil {
			at = *r.CompletedAt
		}
		events = append(events, workflows.RunEvent{
			EventType: workflow.EventExecuted, At: at, Action: &r, Progress: progressView(through, e.Progress.TotalActions, nil),
		})
	}
	if workflow.ExecutionStatus(e.Status).Ended() {
		events = append(events, workflows.RunEvent{
			EventType: "workflow." + e.Status, At: usecase.Given(e.CompletedAt), Progress: e.Progress, Message: e.ErrorMessage,
		})
	}
	for i := range events {
		events[i].Sequence = strconv.Itoa(i + 1)
	}
	return events
}
