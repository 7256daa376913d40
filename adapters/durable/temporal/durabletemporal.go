// Package durabletemporal runs durable programs on a Temporal server, for those who
// have one.
//
// How the port maps to Temporal: a program is a workflow of its name; a step is an
// activity, which tries by itself as the task says and whose outcome, fault
// included, is the activity's result, so that the server tries again only what a
// process let go of; a child is a child workflow that outlives its parent. A paused
// run holds where it stands, with its activities cancelled, until it is resumed; the
// last command in its history tells how it stands. Temporal bounds inputs and
// outputs to 2 MB, and its list of runs lags behind by a moment.
package durabletemporal

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/operatorservice/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/log"
	"go.temporal.io/sdk/temporal"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/clock"
	"github.com/docsteward/docsteward/ports/durable"
)

// pausedKey is the search attribute by which paused runs are listed.
var pausedKey = temporal.NewSearchAttributeKeyBool("DocstewardPaused") // Never written.

// Config says where the server is.
type Config struct {
	// Address is the host and port of the server's frontend, and Namespace that of the
	// runs; empty is "default".
	Address, Namespace string
	// Group tells the runs of one installation from those of others in the namespace:
	// it is the task queue, and the beginning of the ids of its workflows. Empty is
	// "docsteward".
	Group string
	// Clock times the retries of steps.
	Clock clock.Clock
	// Lease is how long the steps of a dead process wait for another one; 0 is 10 s.
	Lease time.Duration
	// Beat is how often a process says that its steps are under way, and hears that
	// they are to stop; 0 is 1 s.
	Beat time.Duration
	// Grace is how long the end of Work waits for steps; 0 is 10 s.
	Grace time.Duration
	// Log takes what the SDK says; nil is nowhere.
	Log *slog.Logger
}

func (c Config) withDefaults() (Config, error) {
	if c.Address == "" || c.Clock == nil {
		return c, domain.Invalid.New("Durable runs on Temporal need the address of its frontend, such as localhost:7233, and a clock.")
	}
	if c.Namespace == "" {
		c.Namespace = client.DefaultNamespace
	}
	if c.Group == "" {
		c.Group = "docsteward"
	}
	for value, otherwise := range map[*time.Duration]time.Duration{&c.Lease: 10 * time.Second, &c.Beat: time.Second, &c.Grace: 10 * time.Second} {
		if *value <= 0 {
			*value = otherwise
		}
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	return c, nil
}

// Runtime is a durable.Runtime and its Worker.
type Runtime struct {
	config   Config
	registry durable.Registry
	client   client.Client
	working  atomic.Bool
}

var (
	_ durable.Runtime = (*Runtime)(nil)
	_ durable.Worker  = (*Runtime)(nil)
)

// Open reaches the server and makes the search attribute DocstewardPaused where it
// is missing. It fails with Invalid on a configuration that cannot be, and with
// Storage when the server does not answer or does not let the attribute be made.
func Open(ctx context.Context, config Config, registry durable.Registry) (*Runtime, error) {
	config, err := config.withDefaults()
	if err != nil {
		return nil, err
	}
	server, err := client.DialContext(ctx, client.Options{HostPort: config.Address, Namespace: config.Namespace, Logger: log.NewStructuredLogger(config.Log)})
	if err != nil {
		return nil, domain.Storage.Wrap(err, "The Temporal server at "+config.Address+" does not answer; start it, or set another address.")
	}
	r := &Runtime{config: config, registry: registry, client: server}
	_, err = server.OperatorService().AddSearchAttributes(ctx, &operatorservice.AddSearchAttributesRequest{
		Namespace: config.Namespace, SearchAttributes: map[string]enumspb.IndexedValueType{pausedKey.GetName(): enumspb.INDEXED_VALUE_TYPE_BOOL},
	})
	var there *serviceerror.AlreadyExists
	if err != nil && !errors.As(err, &there) {
		server.Close()
		return nil, domain.Storage.Wrap(err, "The namespace "+config.Namespace+" lacks the search attribute "+pausedKey.GetName()+" of type Bool; let an operator make it.")
	}
	return r, nil
}

// Close leaves the server. Work has to have ended.
func (r *Runtime) Close() error {
	r.client.Close()
	return nil
}

// fault is what an error of the server means for a call about the run.
func (r *Runtime) fault(ctx context.Context, run string, err error) error {
	var none *serviceerror.NotFound
	var late *serviceerror.DeadlineExceeded
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return domain.FaultOf(ctx.Err())
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &late): // the transport's clock is ahead of the context's
		return domain.FaultOf(context.DeadlineExceeded)
	case errors.As(err, &none):
		return domain.NotFound.New("There is no run " + run + ".")
	}
	return domain.Storage.Wrap(err, "The Temporal server did not answer; try again.").WithRetryAfter(time.Second)
}
