package kit

import (
	"math"
	"math/rand/v2"
	"net/http"
	"os"
	"time"

	"github.com/failsafe-go/failsafe-go/circuitbreaker"

	"github.com/docsteward/docsteward/adapters/clock/systemclock"
	"github.com/docsteward/docsteward/adapters/http/httpclient"
	"github.com/docsteward/docsteward/bootstrap/config"
)

// NewClient returns a client of the service at base, with the patience that HTTP_*
// configures. DOCSTEWARD_API_KEY holds the caller's key.
func NewClient(cfg *config.Config, base string) *httpclient.Client {
	return newClient(cfg, base, httpclient.NewTransport())
}

// Client returns such a client of the named service, whose calls are counted.
func (s *Service) Client(name, base string) *httpclient.Client {
	return newClient(s.Config, base, s.External.Transport(name, httpclient.NewTransport()))
}

func newClient(cfg *config.Config, base string, transport http.RoundTripper) *httpclient.Client {
	options := httpclient.Options{
		Base: base, Transport: transport, Clock: systemclock.Clock{}, Random: rand.Float64, APIVersion: APIVersion,
		Timeout:    time.Duration(cfg.HTTPClient.TimeoutSeconds) * time.Second,
		Attempts:   cfg.HTTPClient.RetryAttempts,
		RetryBase:  time.Duration(cfg.HTTPClient.RetryBaseMS) * time.Millisecond,
		Credential: httpclient.EnvironmentKey("DOCSTEWARD_API_KEY", os.Getenv),
	}
	if !cfg.HTTPClient.Circuit {
		options.Breaker = circuitbreaker.NewBuilder[any]().WithFailureThreshold(math.MaxInt32).Build()
	}
	return httpclient.New(options)
}
