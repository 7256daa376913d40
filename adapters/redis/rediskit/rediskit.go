// Package rediskit is what all adapters on Redis share: how to reach a server
// and how its failures are told.
package rediskit

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"

	"github.com/docsteward/docsteward/domain"
)

// Pool and retries of a client. The time-outs keep the three attempts of one
// command within two seconds when nobody answers.
const (
	poolSize   = 10
	attempts   = 3
	backoff    = 100 * time.Millisecond
	maxBackoff = 10 * time.Second
	timeout    = 500 * time.Millisecond
)

// DefaultPort is where a server listens unless told otherwise.
const DefaultPort = 6379

// Options say which server, as whom and how.
type Options struct {
	// Host is a name or an address, or the absolute path of a Unix socket.
	Host string
	// Port is that of the server; 0 means DefaultPort.
	Port int
	// Database is the number of the database, from 0.
	Database int
	// Password is empty where the server asks for none.
	Password string
	// TLS speaks TLS, 1.2 or later, and checks the certificate of the server.
	TLS bool
}

// quiet keeps the library from writing to standard error what every call returns
// as its error anyway.
type quiet struct{}

// Printf writes nothing.
func (quiet) Printf(context.Context, string, ...any) {}

// Client returns a client of the server. It connects when it is used first, at
// most 10 connections at once, tries each command 3 times, 0.1 s apart at first
// and twice as long each time. The caller closes it.
func Client(o Options) *redis.Client {
	redis.SetLogger(quiet{})
	if o.Port == 0 {
		o.Port = DefaultPort
	}
	options := &redis.Options{
		Network: "tcp", Addr: net.JoinHostPort(o.Host, strconv.Itoa(o.Port)), DB: o.Database, Password: o.Password,
		PoolSize: poolSize, MaxRetries: attempts - 1, MinRetryBackoff: backoff, MaxRetryBackoff: maxBackoff,
		DialTimeout: timeout, ReadTimeout: timeout, WriteTimeout: timeout, PoolTimeout: 2 * timeout,
		DialerRetries: 1, ContextTimeoutEnabled: true, DisableIdentity: true,
		MaintNotificationsConfig: &maintnotifications.Config{Mode: maintnotifications.ModeDisabled},
	}
	if len(o.Host) > 0 && o.Host[0] == '/' {
		options.Network, options.Addr = "unix", o.Host
	}
	if o.TLS {
		options.TLSConfig = &tls.Config{MinVersion: tls.VersionTLS12, ServerName: o.Host}
	}
	return redis.NewClient(options)
}

// Fault translates the error of a client: Timeout when ctx has ended, else
// Unavailable. It returns nil for nil and for redis.Nil.
func Fault(ctx context.Context, err error) error {
	if err == nil || errors.Is(err, redis.Nil) {
		return nil
	}
	if ctx.Err() != nil {
		return domain.FaultOf(ctx.Err())
	}
	return domain.Unavailable.Wrap(err, "Redis does not serve. Check that it runs and that REDIS_HOST, REDIS_PORT, REDIS_PASSWORD and REDIS_SSL fit it.")
}
