package workflows

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/workflow"
	"github.com/docsteward/docsteward/ports/clock"
	"github.com/docsteward/docsteward/ports/durable"
	"github.com/docsteward/docsteward/ports/workflows"
)

// settling is how long a run is left to the process that is changing it.
const settling = 15 * time.Second

// reconcileEvery is the time between two looks at all runs.
const reconcileEvery = 15 * time.Second

// Reconciler holds what is kept of runs against what the runtime knows of them.
type Reconciler struct {
	service
	logger *slog.Logger
}

// NewReconciler returns the reconciler of the same store and runtime as the menu.
func NewReconciler(deps Deps, logger *slog.Logger) *Reconciler {
	return &Reconciler{service{deps}, logger}
}

// Work ships the workflows of this build, and reconciles until ctx ends. What fails
// is logged and tried again the next time.
func (r *Reconciler) Work(ctx context.Context) error {
	shipped := false
	for {
		err := error(nil)
		if !shipped {
			err = r.Ship(ctx)
			shipped = err == nil
		}
		if err = errors.Join(err, r.Reconcile(ctx)); err != nil && ctx.Err() == nil {
			r.logger.ErrorContext(ctx, "workflows could not be looked after", "error", err)
		}
		if !clock.Wait(ctx, r.Clock, reconcileEvery) {
			return nil
		}
	}
}

// Reconcile looks at every run that has not ended: one that was recorded and not
// begun is begun, one that is over its time is ended, and one whose end was not
// noted is noted. It goes on past a run that it cannot help, and returns all faults.
func (r *Reconciler) Reconcile(ctx context.Context) error {
	var faults []error
	open := workflows.ExecutionFilter{Status: []workflow.ExecutionStatus{workflow.Pending, workflow.Running, workflow.Paused}}
	for offset := 0; ; {
		page, err := r.Executions.Find(ctx, open, domain.PageRequest{Limit: domain.MaxLimit, Offset: offset})
		if err != nil {
			return errors.Join(append(faults, err)...)
		}
		for _, e := range page.Items {
			if err := r.reconcile(ctx, e); err != nil {
				faults = append(faults, err)
			}
		}
		offset += len(page.Items)
		if !page.HasMore() || len(page.Items) == 0 {
			return errors.Join(faults...)
		}
	}
}

// reconcile looks at one run, of which the outcomes that it takes over are not known.
func (r *Reconciler) reconcile(ctx context.Context, e workflow.Execution) error {
	now := r.now()
	if deadline := e.Deadline(); !deadline.IsZero() && now.After(deadline) {
		_, err := r.stop(ctx, e, domain.Timeout.New("The run took longer than its timeout of "+e.Definition.Timeout.String()+" and was ended.").WithCode("timeout"))
		if errors.Is(err, domain.Conflict) {
			return nil
		}
		return err
	}
	if now.Sub(e.CreatedAt) < settling {
		return nil
	}
	run, err := r.Runtime.Describe(ctx, e.ID.String())
	if errors.Is(err, domain.NotFound) {
		whole, err := r.Executions.Get(ctx, e.ID)
		if err != nil || whole.Status.Ended() {
			return err
		}
		return r.begin(ctx, whole)
	}
	if err != nil || !run.Status.Ended() || now.Sub(run.Ended) < settling {
		return err
	}
	switch run.Status {
	case durable.Cancelled:
		_, err = r.stop(ctx, e, nil)
	case durable.Failed:
		err = r.end(ctx, e.ID, nil, run.Fault)
	default:
		err = r.end(ctx, e.ID, nil, domain.Internal.New("The run ended and its results were not noted."))
	}
	return err
}
