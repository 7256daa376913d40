package analysis

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/docsteward/docsteward/domain"
	domaincheck "github.com/docsteward/docsteward/domain/check"
	"github.com/docsteward/docsteward/ports/analysis"
	"github.com/docsteward/docsteward/ports/usecase"
)

func (r *recorder) recordClaims(ctx context.Context, c analysis.RecordClaims) domain.DomainResult[analysis.ClaimCheck] {
	look, err := r.look(ctx, c)
	if err != nil {
		return domain.Fail[analysis.ClaimCheck](err)
	}
	done, err := r.record(ctx, look)
	if err != nil {
		return domain.Fail[analysis.ClaimCheck](err)
	}
	result := domain.Ok(checkView(done))
	switch {
	case done.Unread > 0:
		result = result.WithMessage(fmt.Sprintf("%d files or folders could not be read; see faults. Their claims stay as they were.", done.Unread))
	case done.Counts.Total() == 0:
		result = result.WithMessage("The documents say nothing that can be held against the code.")
	}
	return result
}

// now is the present instant as every store keeps it.
func (r *recorder) now() time.Time { return r.Clock.Now().UTC().Truncate(time.Microsecond) }

// mostTries bounds how often a check is stored anew because another one of the
// project was stored meanwhile.
const mostTries = 5

// record stores what was seen, with the events of it, in one transaction.
func (r *recorder) record(ctx context.Context, l look) (domaincheck.Check, error) {
	for try := 1; ; try++ {
		done, err := r.recordOnce(ctx, l)
		if !errors.Is(err, domain.Conflict) || try == mostTries {
			return done, err
		}
	}
}

func (r *recorder) recordOnce(ctx context.Context, l look) (domaincheck.Check, error) {
	done := l.check
	return done, r.Unit.Within(ctx, func(ctx context.Context) error {
		var err error
		if done.Number, err = r.nextNumber(ctx, l); err != nil {
			return err
		}
		known, err := r.Claims.Load(ctx, done.Project)
		if err != nil {
			return err
		}
		done.ID = domain.StoredID[domaincheck.Check](r.IDs.New())
		outcome := domaincheck.Compare(known, domaincheck.Claims(done.Project, l.seen), l.scope, done.ID, r.now())
		if done.Documents == 0 && outcome.Closed == 0 {
			return nothingThere(l)
		}
		done.Finish(outcome, r.now())
		return r.keep(ctx, done, outcome, l)
	})
}

// nextNumber numbers the check. A name that nobody chose stands for one root alone:
// two projects whose folders are named alike are not taken for one.
func (r *recorder) nextNumber(ctx context.Context, l look) (int, error) {
	latest, err := r.Checks.Latest(ctx, l.check.Project)
	switch {
	case errors.Is(err, domain.NotFound):
		return 1, nil
	case err != nil:
		return 0, err
	case !l.named && latest.Root != l.check.Root:
		return 0, domain.Rejected.New("Another project is recorded as "+latest.Project+"; give this one a name with project, or the same name if it has moved.").
			WithDetail("root", latest.Root)
	}
	return latest.Number + 1, nil
}

func nothingThere(l look) error {
	if len(l.check.Troubles) > 0 {
		first := l.check.Troubles[0]
		return domain.Rejected.New("No document at " + l.check.Location + " can be read; the first of them: " + first.Path + ": " + first.Message)
	}
	return domain.Rejected.New("There are no documents at " + l.check.Location + "; nothing was recorded.")
}

// keep stores a check with all that it found.
func (r *recorder) keep(ctx context.Context, done domaincheck.Check, outcome domaincheck.Outcome, l look) error {
	events, err := r.events(done, outcome.Changes)
	if err != nil {
		return err
	}
	for _, write := range []func() error{
		func() error { return r.Checks.Add(ctx, done) },
		func() error { return r.Claims.Put(ctx, outcome.Written...) },
		func() error { return r.Turns.Append(ctx, outcome.Turns...) },
		func() error { return r.Records.Facts.Replace(ctx, done.Project, l.facts) },
		func() error { return r.Outbox.Append(ctx, events...) },
	} {
		if err := write(); err != nil {
			return err
		}
	}
	return nil
}

// begin starts a check of a project.
func (r *recorder) begin(ctx context.Context, c analysis.RecordClaims) domaincheck.Check {
	meta := usecase.MetaOf(ctx)
	return domaincheck.Check{Location: c.Location, Commit: c.Revision, User: meta.Caller.User, Correlation: meta.Correlation, StartedAt: r.now()}
}
