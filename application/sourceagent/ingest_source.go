package sourceagent

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/source"
	port "github.com/docsteward/docsteward/ports/source"
	"github.com/docsteward/docsteward/ports/sourceagent"
	"github.com/docsteward/docsteward/ports/usecase"
)

const (
	// lease is how long after its last sign of life the run of a process that died
	// stands in the way of another one.
	lease = 3 * time.Minute
	// heartbeat is how often a run gives a sign of life.
	heartbeat = 3 * time.Second
	// maxWarnings is how many warnings accompany the answer; the run keeps more.
	maxWarnings = 20
)

func (s *service) ingestSource(ctx context.Context, c sourceagent.IngestSource) domain.DomainResult[sourceagent.Ingestion] {
	open, place, _, err := s.open(ctx, c.Location, c.Name)
	if err != nil {
		return domain.Fail[sourceagent.Ingestion](err)
	}
	defer open.Close()
	run, err := s.begin(ctx, place, c.Name != "")
	if err != nil {
		return domain.Fail[sourceagent.Ingestion](err)
	}
	place.Name = run.Name
	ended := s.end(ctx, &run, s.follow(ctx, open, place, &run, c))
	result := domain.From(runView(run), ended)
	if ended != nil {
		return result
	}
	if run.Counts.Failed > 0 {
		result = result.WithMessage(fmt.Sprintf("%d files could not be mirrored; see failures.", run.Counts.Failed))
	}
	var warnings []string
	for _, w := range run.Warnings[:min(len(run.Warnings), maxWarnings)] {
		warnings = append(warnings, w.Message)
	}
	return result.WithWarnings(warnings...)
}

// begin stores the place and a run of it, unless one is under way.
func (s *service) begin(ctx context.Context, place source.Place, chosen bool) (source.Run, error) {
	place, err := s.keep(ctx, place, chosen)
	if err != nil {
		return source.Run{}, err
	}
	now := s.now()
	meta := usecase.MetaOf(ctx)
	run := source.Run{
		ID: domain.StoredID[source.Run](s.IDs.New()), Place: place.ID, Name: place.Name, Kind: place.Kind, Status: source.Running,
		Correlation: meta.Correlation, User: meta.Caller.User, Key: meta.IdempotencyKey, StartedAt: now, Lease: now.Add(lease),
	}
	err = s.Runs.Begin(ctx, run)
	if errors.Is(err, domain.Conflict) && s.supersede(ctx, run, err) {
		err = s.Runs.Begin(ctx, run)
	}
	return run, err
}

// supersede ends the run that stands in the way of another one, where both are of one
// request that is tried again: whoever began it is gone, or nobody waits for it. It
// would notice at its next sign of life. It reports whether it did.
func (s *service) supersede(ctx context.Context, run source.Run, conflict error) bool {
	text, _ := domain.FaultOf(conflict).Details["id"].(string)
	id, err := source.ParseRunID(text)
	if err != nil || run.Key == "" {
		return false
	}
	before, err := s.Runs.Get(ctx, id)
	if err != nil || before.Key != run.Key {
		return false
	}
	before.Finish(source.Failed, source.Interrupted, run.StartedAt)
	return s.Runs.Update(ctx, before) == nil
}

// now is the present instant as every store keeps it.
func (s *service) now() time.Time { return s.Clock.Now().UTC().Truncate(time.Microsecond) }

// follow makes the store mirror the source and tells in the run what it did.
func (s *service) follow(ctx context.Context, open port.Source, place source.Place, run *source.Run, c sourceagent.IngestSource) error {
	records, err := s.Records.Load(ctx, place.ID)
	if err != nil {
		return err
	}
	if c.Full {
		for i := range records {
			records[i].Stamp = ""
		}
	}
	found, err := s.survey(ctx, open, records)
	if err != nil {
		return err
	}
	m := newMirror(s, open, place, run, records, found)
	return m.follow(usecase.AsService(ctx, sourceagent.ID), c)
}

// end stores how the run ended and tells of it, whether its caller still waits
// or not. It returns the fault of a run that did not complete.
func (s *service) end(ctx context.Context, run *source.Run, cause error) error {
	status, why := source.Completed, ""
	switch {
	case cause != nil && ctx.Err() != nil:
		status, why = source.Cancelled, "The caller gave up; ingest the source again to go on where it stopped."
	case cause != nil:
		status, why = source.Failed, domain.FaultOf(cause).Message
	}
	run.Finish(status, why, s.now())
	s.measure(ctx, *run)
	if err := s.keepEnd(context.WithoutCancel(ctx), *run); err != nil && cause == nil {
		cause = err
	}
	if cause == nil {
		return nil
	}
	return domain.FaultOf(cause).WithDetail("ingestion_id", run.ID.String())
}

// measure tells the meter what became of the files of a run.
func (s *service) measure(ctx context.Context, run source.Run) {
	for status, documents := range map[string]int{
		"added": run.Counts.Added, "changed": run.Counts.Changed, "renamed": run.Counts.Renamed, "removed": run.Counts.Removed,
		"unchanged": run.Counts.Unchanged, "failed": run.Counts.Failed,
	} {
		s.Meter.Processed(ctx, string(run.Kind), status, documents)
	}
}

func (s *service) keepEnd(ctx context.Context, run source.Run) error {
	event, err := s.ended(run)
	if err != nil {
		return err
	}
	return s.Unit.Within(ctx, func(ctx context.Context) error {
		if err := s.Runs.Update(ctx, run); err != nil {
			return err
		}
		return s.Outbox.Append(ctx, event)
	})
}
