package set

import (
	"context"

	"github.com/docsteward/docsteward/adapters/bind"
	"github.com/docsteward/docsteward/adapters/http/httpkit"
	"github.com/docsteward/docsteward/adapters/ratelimit/tokenbucket"
	"github.com/docsteward/docsteward/application/around"
	"github.com/docsteward/docsteward/bootstrap/auth"
	"github.com/docsteward/docsteward/bootstrap/kit"
	"github.com/docsteward/docsteward/bootstrap/process"
	"github.com/docsteward/docsteward/ports/usecase"
)

// Rates of the token buckets when RATE_LIMIT_ENABLED is set.
const (
	ratePerSecond = 20
	rateBurst     = 60
)

// Decorate surrounds a menu with what every call passes, in this process or over
// a wire, and proves that menu and table fit. It fails when they do not.
func Decorate(s *kit.Service, menu any, table []usecase.Operation) error {
	if err := usecase.Check(menu, table); err != nil {
		return err
	}
	guard, err := bind.Guard(table)
	if err != nil {
		return err
	}
	options := around.Options{
		Service: s.ID, Logger: s.Logger, Clock: s.Clock, Meter: s.Meter, Tracer: s.Tracer, Guard: guard,
		Grants: auth.Grants(s.Config.Auth),
	}
	if s.Config.RateLimit {
		options.Limiter = tokenbucket.New(s.Clock, ratePerSecond, rateBurst)
	}
	usecase.Decorate(table, around.Stack(options)...)
	return nil
}

// NewServer returns the server of a service with its table and its operational
// endpoints.
func NewServer(s *kit.Service, table []usecase.Operation, monitor *Monitor) (*httpkit.Server, error) {
	keys, err := auth.NewKeys(s.Config.Auth)
	if err != nil {
		return nil, err
	}
	options := httpkit.Options{
		Service: s.ID, Version: s.Version, Logger: s.Logger, Clock: s.Clock, IDs: s.IDs,
		Metrics: s.Registry, Gatherer: s.Registry, MaxBody: s.Config.MaxBodyBytes, Debug: s.Config.Debug,
		Authenticate: keys.Authenticate,
	}
	if grants := auth.Grants(s.Config.Auth); grants != nil {
		options.Allow = grants.Check
	}
	monitor.export()
	server := httpkit.NewServer(options)
	if err := server.Mount(table); err != nil {
		return nil, err
	}
	server.MountOperational(httpkit.Operational{
		Health: monitor.Health, Ready: monitor.Ready,
		Info: func(context.Context) any {
			return map[string]any{
				"service": s.ID, "version": s.Version, "api_version": kit.APIVersion, "environment": s.Config.Environment,
				"started_at": s.Started, "operations": len(table),
			}
		},
		Config: func(context.Context) any {
			return map[string]any{"service": s.ID, "values": s.Config.Values(), "store": monitor.store}
		},
	})
	return server, nil
}

// NewService puts server and workers together.
func NewService(s *kit.Service, server *httpkit.Server, reopen func(context.Context) error, workers ...func(context.Context) error) *process.Service {
	return &process.Service{ID: s.ID, Server: server, Reopen: reopen, Workers: workers}
}
