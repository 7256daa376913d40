package httpkit

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"
)

// Serve answers requests until ctx ends. Then it takes no more, ends the
// streams, and lets the other requests under way finish for as long as patience
// allows. It returns nil after a clean end, and may be called again after it.
func (s *Server) Serve(ctx context.Context, listener net.Listener, patience time.Duration) error {
	s.drain.reset()
	return Serve(ctx, listener, s.echo, s.options.Logger, patience, s.Drain)
}

// Drain ends the streams that are open.
func (s *Server) Drain() { s.drain.begin() }

// Serve is Server.Serve for any handler; onShutdown are called when it begins to
// drain. logger takes what goes wrong outside the handler, such as a connection that
// cannot be accepted.
func Serve(ctx context.Context, listener net.Listener, handler http.Handler, logger *slog.Logger, patience time.Duration, onShutdown ...func()) error {
	server := &http.Server{
		Handler: handler, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 2 * time.Minute, IdleTimeout: 2 * time.Minute,
		WriteTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10,
		ErrorLog: slog.NewLogLogger(logger.Handler(), slog.LevelWarn),
	}
	for _, f := range onShutdown {
		server.RegisterOnShutdown(f)
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	deadline, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
	defer cancel()
	err := server.Shutdown(deadline)
	if err != nil {
		err = errors.Join(err, server.Close())
	}
	_ = <-ended // it tells that the server was shut down
	return err
}

// drain tells streams that the server is about to stop.
type drain struct {
	mu    sync.Mutex
	begun chan struct{}
}

func (d *drain) reset() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.begun = make(chan struct{})
}

func (d *drain) begin() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.begun == nil {
		return
	}
	select {
	case <-d.begun:
	default:
		close(d.begun)
	}
}

// started returns a channel that is closed when draining begins; nil, which
// never is, for a handler that is served by others.
func (d *drain) started() <-chan struct{} {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.begun
}
