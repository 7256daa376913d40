package ingestion

import (
	"cmp"
	"context"
	"errors"
	"sync/atomic"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/ingest"
	"github.com/docsteward/docsteward/ports/ingestion"
	"github.com/docsteward/docsteward/ports/workflows"
)

// Workflow is the name of the shipped workflow that carries jobs out.
const Workflow = "ingestion"

const (
	// busy is the time between two rounds while jobs are at work, idle otherwise: jobs
	// that another process took on are found then.
	busy, idle = 500 * time.Millisecond, 5 * time.Second
)

// Desk gives jobs their turn and follows them to their end. Several desks may work on
// one store: a slot and a source belong to one job at a time.
type Desk struct {
	service
	woken            chan struct{}
	running, waiting atomic.Int64
}

// NewDesk returns a desk; Work has it work.
func NewDesk(deps Deps) *Desk {
	return &Desk{service: service{deps}, woken: make(chan struct{}, 1)}
}

// wake has the desk look again soon.
func (d *Desk) wake() {
	select {
	case d.woken <- struct{}{}:
	default: // it looks soon anyway
	}
}

// Load is how many jobs the last round saw at work and waiting.
func (d *Desk) Load() (running, waiting int) { return int(d.running.Load()), int(d.waiting.Load()) }

// Work goes round until ctx ends. What fails is logged and tried again.
func (d *Desk) Work(ctx context.Context) error {
	for {
		if err := d.Round(ctx); err != nil && ctx.Err() == nil {
			d.Logger.ErrorContext(ctx, "ingestions could not be looked after", "error", err)
		}
		pause := idle
		if running, _ := d.Load(); running > 0 {
			pause = busy
		}
		timer := d.Clock.NewTimer(pause)
		select {
		case <-timer.C():
		case <-d.woken:
			timer.Stop()
		case <-ctx.Done():
			timer.Stop()
			return nil
		}
	}
}

// Round follows every job that is at work, and lets as many more begin as there are
// free slots. It goes on past a job that it cannot help, and returns all faults.
func (d *Desk) Round(ctx context.Context) error {
	active, err := d.Jobs.Active(ctx)
	if err != nil {
		return err
	}
	var faults []error
	for _, j := range active {
		faults = append(faults, d.follow(ctx, j))
	}
	faults = append(faults, d.fill(ctx), d.measure(ctx))
	return errors.Join(faults...)
}

func (d *Desk) measure(ctx context.Context) error {
	active, err := d.Jobs.Active(ctx)
	if err != nil {
		return err
	}
	waiting, err := d.Jobs.Find(ctx, ingestion.Filter{Status: ingest.Queued}, domain.PageRequest{Limit: 1})
	if err != nil {
		return err
	}
	d.running.Store(int64(len(active)))
	d.waiting.Store(int64(waiting.Total))
	return nil
}

// fill lets jobs begin in the free slots, those whose turn it is.
func (d *Desk) fill(ctx context.Context) error {
	active, err := d.Jobs.Active(ctx)
	if err != nil {
		return err
	}
	taken := make(map[int]bool)
	for _, j := range active {
		taken[j.Slot] = true
	}
	var free []int
	for slot := 1; slot <= d.Limits.Workers; slot++ {
		if !taken[slot] {
			free = append(free, slot)
		}
	}
	if len(free) == 0 {
		return nil
	}
	next, err := d.Jobs.Next(ctx, len(free)+d.Limits.Workers)
	if err != nil {
		return err
	}
	var faults []error
	for _, j := range next {
		if len(free) == 0 {
			break
		}
		begun, err := d.change(ctx, j.ID, func(j *ingest.Job) error { return j.Begin(free[0], d.now()) })
		if errors.Is(err, domain.Conflict) {
			continue // another process took the slot, the source or the job
		}
		if err != nil {
			return errors.Join(append(faults, err)...)
		}
		free = free[1:]
		faults = append(faults, d.follow(ctx, begun))
	}
	return errors.Join(faults...)
}

// begin has the workflow begin for a job. It is the same run however often it is asked
// for.
func (d *Desk) begin(ctx context.Context, j ingest.Job) error {
	run, err := d.ExecuteWorkflow.Execute(workingOn(ctx, j), workflows.ExecuteWorkflow{
		WorkflowID: Workflow, UserID: j.Request.User, CorrelationID: j.Request.Correlation, Priority: j.Request.Priority, Parameters: d.parameters(j),
	}).Unwrap()
	if err != nil {
		return d.beginFailed(ctx, j, err)
	}
	j, err = d.change(ctx, j.ID, func(j *ingest.Job) error {
		if !j.Status.Final() {
			j.Attach(run.ExecutionID, d.now())
		}
		return nil
	})
	if err == nil && j.Status.Final() { // it was cancelled just now
		j.Run = run.ExecutionID
		return d.stop(ctx, j)
	}
	return err
}

// nobody stands where there is no scanner.
const nobody = "none"

// parameters are those of the workflow.
func (d *Desk) parameters(j ingest.Job) map[string]any {
	r := j.Request
	request := map[string]any{"location": r.URL, "full": r.Full, "prune": !r.Keep, "max_items": r.MaxItems}
	if r.Name != "" {
		request["name"] = r.Name
	}
	scanner := d.Scanner()
	return map[string]any{
		"location": r.URL, "label": ingest.Shown(r.URL), "request": request, "inspect": !r.Bare,
		"scanner": map[string]any{"service": cmp.Or(scanner.Service, nobody), "operation": cmp.Or(scanner.Operation, nobody)},
	}
}

// beginFailed ends a job whose workflow cannot begin, unless it may later.
func (d *Desk) beginFailed(ctx context.Context, j ingest.Job, cause error) error {
	fault := domain.FaultOf(cause)
	switch fault.Kind {
	case domain.Invalid, domain.Rejected, domain.Forbidden, domain.Unauthenticated:
		return d.fail(ctx, j, ingest.Trouble{Type: troubleType(fault.Kind), Message: "The workflow of the ingestion cannot begin: " + fault.Message})
	}
	return cause
}

func (d *Desk) fail(ctx context.Context, j ingest.Job, t ingest.Trouble) error {
	_, err := d.change(ctx, j.ID, func(j *ingest.Job) error {
		if j.Status.Final() {
			return nil
		}
		return j.Fail(t, d.now())
	})
	return err
}
