package probe

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/docsteward/docsteward/domain/health"
	"github.com/docsteward/docsteward/ports/clock"
	"github.com/docsteward/docsteward/ports/usecase"
)

// Bounds of what is read of an answer, in bytes.
const (
	mostHealth  = 64 << 10
	mostMetrics = 16 << 20
)

// Options say how others are asked.
type Options struct {
	Clock clock.Clock
	// Key is sent as a bearer token to the addresses below Bases, and to no others.
	Key   string
	Bases []string
	// TLS is the configuration of the connections; nil trusts the roots of the system.
	TLS *tls.Config
}

// Prober asks over HTTP, TCP and TLS. It is safe for concurrent use.
type Prober struct {
	options Options
	client  *http.Client
}

// New returns a prober. It takes no proxy from the environment, and opens a connection
// for each check, since a kept one says nothing of whether a new one would be taken.
func New(o Options) *Prober {
	transport := &http.Transport{DisableKeepAlives: true, TLSClientConfig: o.TLS, ForceAttemptHTTP2: true}
	return &Prober{o, &http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// Probe implements healthmonitoring.Prober.
func (p *Prober) Probe(ctx context.Context, address string) health.Answer {
	start := p.options.Clock.Now()
	a := p.ask(ctx, address)
	a.Took = p.options.Clock.Now().Sub(start)
	return a
}

func (p *Prober) ask(ctx context.Context, address string) health.Answer {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return health.Answer{Error: "The address " + address + " cannot be read; correct it."}
	}
	switch u.Scheme {
	case "tcp":
		return p.connect(ctx, u.Host)
	case "tls":
		return p.shake(ctx, u.Host)
	}
	response, err := p.get(ctx, address)
	if err != nil {
		return health.Answer{Error: why(err)}
	}
	defer func() { _ = response.Body.Close() }()
	a := health.Answer{Code: response.StatusCode}
	if response.TLS != nil {
		a.Expires = expiry(*response.TLS)
	}
	if a.Body, err = io.ReadAll(io.LimitReader(response.Body, mostHealth)); err != nil {
		return health.Answer{Error: "The answer breaks off: " + why(err)}
	}
	return a
}

// get sends a GET, with the key where it may be known. What asks is told by the
// correlation id of ctx.
func (p *Prober) get(ctx context.Context, address string) (*http.Response, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	if p.options.Key != "" && p.ours(address) {
		request.Header.Set("Authorization", "Bearer "+p.options.Key)
	}
	if id := usecase.MetaOf(ctx).Correlation; id != "" {
		request.Header.Set("X-Correlation-Id", id)
	}
	request.Header.Set("User-Agent", "docsteward-health/1")
	return p.client.Do(request)
}

func (p *Prober) ours(address string) bool {
	for _, base := range p.options.Bases {
		if strings.HasPrefix(address, strings.TrimSuffix(base, "/")+"/") {
			return true
		}
	}
	return false
}

func (p *Prober) connect(ctx context.Context, host string) health.Answer {
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", host)
	if err != nil {
		return health.Answer{Error: why(err)}
	}
	_ = conn.Close()
	return health.Answer{}
}

func (p *Prober) shake(ctx context.Context, host string) health.Answer {
	dialer := tls.Dialer{Config: p.options.TLS}
	conn, err := dialer.DialContext(ctx, "tcp", host)
	if err != nil {
		return health.Answer{Error: why(err)}
	}
	defer func() { _ = conn.Close() }()
	return health.Answer{Expires: expiry(conn.(*tls.Conn).ConnectionState())}
}

// expiry is when the first certificate of the chain ends.
func expiry(s tls.ConnectionState) time.Time {
	var first time.Time
	for _, c := range s.PeerCertificates {
		if first.IsZero() || c.NotAfter.Before(first) {
			first = c.NotAfter
		}
	}
	return first
}

// why says in short what an error is.
func why(err error) string {
	var timeout net.Error
	if errors.Is(err, context.DeadlineExceeded) || errors.As(err, &timeout) && timeout.Timeout() {
		return health.Timeout
	}
	var address *url.Error
	if errors.As(err, &address) {
		err = address.Err
	}
	return err.Error()
}
