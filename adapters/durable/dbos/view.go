package durabledbos

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/dbos-inc/dbos-transact-golang/dbos"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/durable"
)

// Describe implements durable.Runtime.
func (r *Runtime) Describe(ctx context.Context, run string) (described durable.Run, err error) {
	err = r.ask(ctx, func(ctx context.Context, e *engine) error {
		there, err := one(ctx, e, run, dbos.WithFilterLoadInput(true), dbos.WithFilterLoadOutput(true))
		if err != nil {
			return err
		}
		steps, err := dbos.GetWorkflowSteps(e.as(ctx), run, dbos.WithStepsLoadOutput(true))
		if err != nil {
			return err
		}
		described = toRun(there)
		for _, step := range steps {
			if record, ours := toRecord(step); ours {
				described.Steps = append(described.Steps, record)
			}
		}
		return nil
	})
	return described, err
}

// Wait implements durable.Runtime.
func (r *Runtime) Wait(ctx context.Context, run string) (durable.Run, error) {
	for delay := 2 * time.Millisecond; ; delay = min(2*delay, r.config.Poll) {
		if over := r.watch.of(run); over != nil {
			select {
			case <-over:
			case <-ctx.Done():
			}
		}
		current, err := r.read(ctx, run)
		if err != nil || current.Status.Ended() {
			return current, err
		}
		if err := idle(ctx, delay); err != nil {
			return durable.Run{}, domain.FaultOf(err)
		}
	}
}

// read returns a run without its steps.
func (r *Runtime) read(ctx context.Context, run string) (current durable.Run, err error) {
	err = r.ask(ctx, func(ctx context.Context, e *engine) error {
		there, err := one(ctx, e, run, dbos.WithFilterLoadInput(true), dbos.WithFilterLoadOutput(true))
		if err == nil {
			current = toRun(there)
		}
		return err
	})
	return current, err
}

// List implements durable.Runtime.
func (r *Runtime) List(ctx context.Context, query durable.Query) (runs []durable.Run, err error) {
	err = r.ask(ctx, func(ctx context.Context, e *engine) error {
		ids, err := choose(ctx, e, query)
		if err != nil || len(ids) == 0 {
			return err
		}
		found, err := dbos.ListWorkflows(e.as(ctx), dbos.WithFilterWorkflowIDs(ids...), dbos.WithFilterLoadInput(true), dbos.WithFilterLoadOutput(true))
		if err != nil {
			return err
		}
		for _, each := range found {
			runs = append(runs, toRun(each))
		}
		slices.SortFunc(runs, func(a, b durable.Run) int { return slices.Index(ids, a.ID) - slices.Index(ids, b.ID) })
		return nil
	})
	return runs, err
}

// condition says what holds of the rows of a status, the mark included; it is
// empty for a status that is none.
func condition(status durable.Status) string {
	switch status {
	case durable.Running:
		return "status IN ('PENDING', 'ENQUEUED', 'DELAYED')"
	case durable.Paused:
		return "status = 'CANCELLED' AND attributes IS NOT NULL"
	case durable.Cancelled:
		return "status = 'CANCELLED' AND attributes IS NULL"
	case durable.Succeeded:
		return "status = 'SUCCESS'"
	case durable.Failed:
		return "status IN ('ERROR', 'MAX_RECOVERY_ATTEMPTS_EXCEEDED')"
	}
	return ""
}

// choose returns the ids of the runs that the query chooses, in its order. The
// engine's own filters know neither the mark nor a prefix with a "%" in it.
func choose(ctx context.Context, e *engine, query durable.Query) (ids []string, err error) {
	conditions, values := []string{"TRUE"}, []any{}
	where := func(condition string, value ...any) {
		for _, each := range value {
			values = append(values, each)
			condition = strings.Replace(condition, "?", fmt.Sprint("$", len(values)), 1)
		}
		conditions = append(conditions, condition)
	}
	if query.Program != "" {
		where("name = ?", query.Program)
	}
	if query.Prefix != "" {
		where("substr(workflow_uuid, 1, ?) = ?", utf8.RuneCountInString(query.Prefix), query.Prefix)
	}
	if query.Status != "" {
		state := condition(query.Status)
		if state == "" {
			return nil, nil
		}
		where(state)
	}
	return rows(ctx, e, "SELECT workflow_uuid FROM %sworkflow_status WHERE "+strings.Join(conditions, " AND ")+
		fmt.Sprintf(" ORDER BY created_at DESC, workflow_uuid DESC LIMIT %d OFFSET %d", query.Bound(), max(query.Offset, 0)), values...)
}

// childrenOf returns the ids of the runs that the run started.
func childrenOf(ctx context.Context, e *engine, run string) ([]string, error) {
	return rows(ctx, e, "SELECT workflow_uuid FROM %sworkflow_status WHERE authenticated_user = $1 AND authenticated_user <> ''", run)
}

// one returns the workflow of the run, or NotFound.
func one(ctx context.Context, e *engine, run string, options ...dbos.ListWorkflowsOption) (dbos.WorkflowStatus, error) {
	found, err := dbos.ListWorkflows(e.as(ctx), append(options, dbos.WithFilterWorkflowIDs(run))...)
	if err == nil && len(found) == 0 {
		err = unknown(run)
	}
	if err != nil {
		return dbos.WorkflowStatus{}, err
	}
	return found[0], nil
}

func unknown(run string) error { return domain.NotFound.New(fmt.Sprintf("There is no run %q.", run)) }

// standing returns the status of the run, or NotFound.
func (r *Runtime) standing(ctx context.Context, run string) (status durable.Status, err error) {
	err = r.ask(ctx, func(ctx context.Context, e *engine) (err error) {
		status, err = standing(ctx, e, run)
		return err
	})
	return status, err
}

func standing(ctx context.Context, e *engine, run string) (durable.Status, error) {
	there, err := one(ctx, e, run, dbos.WithFilterLoadInput(false), dbos.WithFilterLoadOutput(false))
	if err != nil {
		return "", err
	}
	return statusOf(there), nil
}

func statusOf(there dbos.WorkflowStatus) durable.Status {
	switch there.Status {
	case dbos.WorkflowStatusSuccess:
		return durable.Succeeded
	case dbos.WorkflowStatusError, dbos.WorkflowStatusMaxRecoveryAttemptsExceeded:
		return durable.Failed
	case dbos.WorkflowStatusCancelled:
		if len(there.Attributes) > 0 {
			return durable.Paused
		}
		return durable.Cancelled
	}
	return durable.Running
}

func toRun(there dbos.WorkflowStatus) durable.Run {
	run := durable.Run{ID: there.ID, Program: there.Name, Status: statusOf(there), Input: payloadOf(there.Input).Data, Started: there.CreatedAt}
	if run.Status.Ended() {
		run.Ended = there.CompletedAt
	}
	switch output := payloadOf(there.Output); run.Status {
	case durable.Succeeded:
		run.Output = output.Data
	case durable.Failed:
		if run.Fault = output.Fault; run.Fault == nil {
			run.Fault = domain.Internal.Wrap(there.Error, "The engine gave up the run; report it with its id.")
		}
	}
	return run
}

// toRecord is the record of a step or a child; the engine's own steps are none.
func toRecord(step dbos.StepInfo) (durable.Record, bool) {
	output := payloadOf(step.Output)
	record := durable.Record{Output: output.Data, Fault: output.Fault, Started: step.StartedAt, Ended: step.CompletedAt}
	var ours bool
	if record.Name, ours = strings.CutPrefix(step.StepName, stepPrefix); !ours {
		record.Name, record.Child = strings.CutPrefix(step.StepName, childPrefix)
	}
	return record, ours || record.Child
}
