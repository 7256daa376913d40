package serviceregistry

import (
	"context"
	"errors"
	"log/slog"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/clock"
	"github.com/docsteward/docsteward/ports/serviceregistry"
	"github.com/docsteward/docsteward/ports/usecase"
)

// Registrar enters the services of a process into a directory, here or elsewhere,
// and gives their signs of life.
type Registrar struct {
	Register  usecase.UseCase[serviceregistry.RegisterService, serviceregistry.Entry]
	Heartbeat usecase.UseCase[serviceregistry.Heartbeat, serviceregistry.Entry]
	Clock     clock.Clock
	Logger    *slog.Logger
	// Services are what they say of themselves.
	Services []serviceregistry.RegisterService
}

// Work enters the services and gives their signs of life until ctx ends. One that
// the directory has lost is entered again; what fails is logged, once while the
// reason is the same, and tried again.
func (r *Registrar) Work(ctx context.Context) error {
	told := make(map[string]string)
	for {
		for _, s := range r.Services {
			err := r.beat(ctx, s)
			if ctx.Err() != nil {
				return nil
			}
			reason := ""
			if err != nil {
				reason = domain.FaultOf(err).Message
			}
			if reason != "" && reason != told[s.ServiceName] {
				r.Logger.WarnContext(ctx, "a service could not be registered", "registering", s.ServiceName, "error", err)
			}
			told[s.ServiceName] = reason
		}
		if !clock.Wait(ctx, r.Clock, beat) {
			return nil
		}
	}
}

func (r *Registrar) beat(ctx context.Context, s serviceregistry.RegisterService) error {
	ctx = usecase.WithMeta(ctx, usecase.Meta{Caller: usecase.Caller{Service: s.ServiceName}})
	seen, err := r.Heartbeat.Execute(ctx, serviceregistry.Heartbeat{Name: s.ServiceName}).Unwrap()
	if err != nil && !errors.Is(err, domain.NotFound) {
		return err
	}
	if err == nil && seen.ServiceURL == s.ServiceURL {
		return nil
	}
	_, err = r.Register.Execute(ctx, s).Unwrap()
	return err
}
