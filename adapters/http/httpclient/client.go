// Package httpclient fills menus with calls over HTTP, so that a service in
// another process has the same type as one in this process.
//
// Resilience lives here, once: timeouts, retries, one breaker per target,
// renewal of a refused credential, and the refusal of a peer that speaks
// another version.
package httpclient

import (
	"context"
	"io"
	"iter"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync/atomic"
	"time"

	"github.com/failsafe-go/failsafe-go/circuitbreaker"

	"github.com/docsteward/docsteward/adapters/bind"
	"github.com/docsteward/docsteward/adapters/http/wire"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/clock"
	"github.com/docsteward/docsteward/ports/tx"
	"github.com/docsteward/docsteward/ports/usecase"
)

// MaxAnswer is the greatest size of an answer that is read, in bytes.
const MaxAnswer = 256 << 20

// Options choose how a client calls.
type Options struct {
	// Base is the address of the peer, such as http://127.0.0.1:5087.
	Base string
	// Transport sends the requests; nil means NewTransport's.
	Transport http.RoundTripper
	// Clock must be set.
	Clock clock.Clock
	// Random returns a number in [0, 1), for the jitter of retries; nil means no jitter.
	Random func() float64
	// Timeout bounds each attempt, or each piece of an upload; 0 means 30 s.
	Timeout time.Duration
	// Attempts is how often a call is tried at most; 0 means 3.
	Attempts int
	// RetryBase is the delay before the second attempt, which doubles with each; 0
	// means 150 ms.
	RetryBase time.Duration
	// Breaker is consulted before each attempt; nil means NewBreaker's.
	Breaker circuitbreaker.CircuitBreaker[any]
	// Credential returns the bearer token or API key to send, "" for none. After a
	// refusal it is asked once more with renew, to read its secret again.
	Credential func(ctx context.Context, renew bool) (string, error)
	// Service is the id of the calling service, told to the peer; "" for a user's client.
	Service string
	// APIVersion is the major version that the peer's /info must tell as
	// api_version; 0 does not ask.
	APIVersion int
}

// Client calls one peer. It is safe for concurrent use.
type Client struct {
	options Options
	http    *http.Client
	// known is set when the version of the peer was found right.
	known atomic.Bool
}

// New returns a client. It does not call.
func New(o Options) *Client {
	if o.Transport == nil {
		o.Transport = NewTransport()
	}
	if o.Timeout == 0 {
		o.Timeout = 30 * time.Second
	}
	if o.Attempts == 0 {
		o.Attempts = 3
	}
	if o.RetryBase == 0 {
		o.RetryBase = 150 * time.Millisecond
	}
	if o.Breaker == nil {
		o.Breaker = NewBreaker()
	}
	o.Base = strings.TrimRight(o.Base, "/")
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &Client{options: o, http: &http.Client{Transport: o.Transport, CheckRedirect: stay}}
}

// NewTransport returns a transport with a pool of connections of its own.
func NewTransport() http.RoundTripper {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = 32
	return transport
}

// NewBreaker returns a breaker that opens after 5 failures in a row, tries again
// after 60 s, and closes after 3 successes. Its Open and Close work it by hand.
func NewBreaker() circuitbreaker.CircuitBreaker[any] {
	return circuitbreaker.NewBuilder[any]().WithFailureThreshold(5).WithDelay(60 * time.Second).WithSuccessThreshold(3).Build()
}

// Breaker returns the breaker of the target.
func (c *Client) Breaker() circuitbreaker.CircuitBreaker[any] { return c.options.Breaker }

// Fill makes every port of the table a call to the peer. It fails when a command
// cannot be sent.
func (c *Client) Fill(table []usecase.Operation) error {
	for _, op := range table {
		plan, err := bind.For(op.Slot.Command())
		if err != nil {
			return err
		}
		if err := plan.CheckPath(op.Path); err != nil {
			return err
		}
		op.Slot.Fill(&remote{client: c, op: op, plan: plan})
	}
	return nil
}

// remote is one operation of the peer.
type remote struct {
	client *Client
	op     usecase.Operation
	plan   *bind.Plan
}

// Call executes a plain operation.
func (r *remote) Call(ctx context.Context, command, value any) (string, []string, error) {
	answer, err := r.send(ctx, command)
	if err != nil {
		return "", nil, err
	}
	return wire.ReadSuccess(answer.body, r.op.Direct, value)
}

// Open opens a stream; its body is closed when the sequence ends.
func (r *remote) Open(ctx context.Context, command any, newItem func() any) (iter.Seq2[any, error], error) {
	answer, err := r.send(ctx, command)
	if err != nil {
		return nil, err
	}
	return readEvents(ctx, answer.events, newItem), nil
}

// send makes a request out of the command and returns a successful answer.
func (r *remote) send(ctx context.Context, command any) (*answer, error) {
	if tx.Inside(ctx) {
		return nil, domain.Internal.New("A peer was called inside a transaction; call " + r.op.Name + " before or after it.")
	}
	parts, err := r.plan.Split(command)
	if err != nil {
		return nil, err
	}
	meta := usecase.MetaOf(ctx)
	request := &request{
		method: r.op.Method, url: r.client.options.Base + fillPath(r.op.Path, parts.Path), header: r.client.headers(meta),
		streaming: r.op.Streaming, mayRepeat: r.op.Idempotent || meta.IdempotencyKey != "",
	}
	if len(parts.Query) > 0 {
		request.url += "?" + parts.Query.Encode()
	}
	switch {
	case parts.Body == nil:
	case r.op.Uploading:
		request.stream, request.mayRepeat = parts.Body, false
		request.header.Set("Content-Type", "application/octet-stream")
	default:
		if request.body, err = io.ReadAll(parts.Body); err != nil {
			return nil, domain.Internal.Wrap(err, "The command cannot be written for the peer.")
		}
		request.header.Set("Content-Type", "application/json")
	}
	return r.client.do(ctx, request)
}

var pathName = regexp.MustCompile(`\{([^}]+)\}`)

func fillPath(path string, values map[string]string) string {
	return pathName.ReplaceAllStringFunc(path, func(name string) string {
		return url.PathEscape(values[name[1:len(name)-1]])
	})
}

func (c *Client) headers(meta usecase.Meta) http.Header {
	header := http.Header{}
	set := func(name, value string) {
		if value != "" {
			header.Set(name, value)
		}
	}
	set(wire.HeaderCorrelation, meta.Correlation)
	set(wire.HeaderIdempotency, meta.IdempotencyKey)
	set(wire.HeaderLastEvent, meta.LastEventID)
	set(wire.HeaderUser, meta.Caller.User)
	set(wire.HeaderRoles, strings.Join(meta.Caller.Roles, ","))
	set(wire.HeaderService, c.options.Service)
	return header
}
