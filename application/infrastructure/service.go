// Package infrastructure implements what holds work over several services together:
// one view over all dead letters, and sagas that are undone when they fail.
package infrastructure

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/clock"
	"github.com/docsteward/docsteward/ports/durable"
	"github.com/docsteward/docsteward/ports/ids"
	"github.com/docsteward/docsteward/ports/infrastructure"
	"github.com/docsteward/docsteward/ports/outbox"
	"github.com/docsteward/docsteward/ports/tx"
	"github.com/docsteward/docsteward/ports/usecase"
)

// Deps are what the use cases stand on.
type Deps struct {
	// Places are where dead letters lie.
	Places  []infrastructure.Place
	Retries infrastructure.Retries
	Sagas   infrastructure.Sagas
	Caller  infrastructure.Caller
	Runtime durable.Runtime
	Outbox  outbox.Outbox
	Unit    tx.Unit
	Clock   clock.Clock
	IDs     ids.Generator
	Logger  *slog.Logger
}

type service struct{ Deps }

// Fill makes the use cases of this package the implementation of the menu.
func Fill(menu *infrastructure.UseCases, deps Deps) {
	s := &service{deps}
	menu.ListDeadLetters.Handle(usecase.Func[infrastructure.ListDeadLetters, infrastructure.DeadLetterList](s.listDeadLetters))
	menu.GetDeadLetter.HandleFunc(s.getDeadLetter)
	menu.GetDeadLetterStats.Handle(usecase.Func[infrastructure.GetDeadLetterStats, infrastructure.DeadLetterStats](s.getDeadLetterStats))
	menu.RetryDeadLetters.Handle(usecase.Func[infrastructure.RetryDeadLetters, infrastructure.RetryResult](s.retryDeadLetters))
	menu.DiscardDeadLetters.HandleFunc(s.discardDeadLetters)

	menu.StartSaga.Handle(usecase.Func[infrastructure.StartSaga, infrastructure.SagaStarted](s.startSaga))
	menu.GetSaga.HandleFunc(s.getSaga)
	menu.ListSagas.HandleFunc(s.listSagas)
	menu.GetSagaStats.HandleFunc(s.getSagaStats)
	menu.ExecuteStep.HandleFunc(s.executeStep)
	menu.CompensateSaga.HandleFunc(s.compensateSaga)
	menu.CompleteSaga.HandleFunc(s.completeSaga)
	menu.AbortSaga.HandleFunc(s.abortSaga)
}

// now is the present instant as it is stored.
func (s *service) now() time.Time { return s.Clock.Now().UTC().Truncate(time.Microsecond) }

// author is who calls.
func author(ctx context.Context) string {
	if user := usecase.MetaOf(ctx).Caller.User; user != "" {
		return user
	}
	return "anonymous"
}

// rejected turns an id that cannot be one into a request that is refused: callers of
// earlier systems tell a bad path from a bad body by that.
func rejected(err error) error {
	if errors.Is(err, domain.Invalid) {
		return domain.Rejected.Wrap(err, domain.FaultOf(err).Message)
	}
	return err
}
