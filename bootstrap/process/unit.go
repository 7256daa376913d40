package process

import (
	"context"
	"errors"
	"net"
	"sync"

	"github.com/docsteward/docsteward/bootstrap/config"
	"github.com/docsteward/docsteward/domain"
)

// unit is a service that runs, with the means to restart it.
type unit struct {
	service *Service
	config  *config.Config
	// restarts takes requests to restart; each is answered once.
	restarts chan chan error

	mu       sync.Mutex
	listener net.Listener
}

func newUnit(s *Service, cfg *config.Config) *unit {
	return &unit{service: s, config: cfg, restarts: make(chan chan error)}
}

// open takes the port.
func (u *unit) open() error {
	listener, err := listen(u.config, u.service.ID)
	if err != nil {
		return err
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	u.listener = listener
	return nil
}

func (u *unit) address() string {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.listener.Addr().String()
}

// run serves until ctx ends, going round once per restart.
func (u *unit) run(ctx context.Context) error {
	for {
		restart, err := u.serve(ctx)
		if restart == nil {
			return err
		}
		if err == nil {
			err = u.reopen(ctx)
		}
		restart <- err
		if err != nil {
			return err
		}
	}
}

func (u *unit) reopen(ctx context.Context) error {
	if u.service.Reopen != nil {
		if err := u.service.Reopen(ctx); err != nil {
			return err
		}
	}
	return u.open()
}

// serve runs server and workers once. It returns the request to restart that
// ended it, or nil when ctx ended or something failed.
func (u *unit) serve(ctx context.Context) (restart chan error, err error) {
	round, stop := context.WithCancel(ctx)
	defer stop()
	parts := len(u.service.Workers) + 1
	ended := make(chan error, parts)
	go func() { ended <- u.service.Server.Serve(round, u.listener, u.config.DrainTimeout) }()
	for _, work := range u.service.Workers {
		go func() { ended <- work(round) }()
	}
	select {
	case restart = <-u.restarts:
	case <-ctx.Done():
	case err = <-ended:
		parts--
		if err == nil && ctx.Err() == nil {
			err = domain.Internal.New("A part of " + u.service.ID + " ended by itself.")
		}
	}
	stop()
	for range parts {
		if e := <-ended; e != nil && !errors.Is(e, context.Canceled) {
			err = errors.Join(err, e)
		}
	}
	return restart, err
}

// restart asks the running unit to restart and waits for the outcome.
func (u *unit) restart(ctx context.Context) error {
	done := make(chan error, 1)
	select {
	case u.restarts <- done:
	case <-ctx.Done():
		return domain.FaultOf(ctx.Err())
	}
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return domain.FaultOf(ctx.Err())
	}
}
