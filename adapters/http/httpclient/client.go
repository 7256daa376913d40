// Package httpclient fills menus with calls over HTTP, so that a service in
// another process has the same type as one in this process.
//
// Resilience lives here, once: timeouts, retries, one breaker per target,
// renewal of a refused credential, and the refusal of a peer that speaks
// another version.
package httpclient

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
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
	// HTTP sends the requests; nil means a client of its own with a pool of connections.
	HTTP *http.Client
	// Clock must be set.
	Clock clock.Clock
	// Random returns a number in [0, 1), for the jitter of retries; nil means no jitter.
	Random func() float64
	// Timeout bounds each attempt; 0 means 30 s.
	Timeout time.Duration
	// Attempts is how often a call is tried at most; 0 means 3.
	Attempts int
	// Base of the exponential delay between attempts; 0 means 150 ms.
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
	peer    peer
}

// New returns a client. It does not call.
func New(o Options) *Client {
	if o.HTTP == nil {
		transport := http.DefaultTransport.(*http.Transport).Clone()
		transport.MaxIdleConnsPerHost = 32
		o.HTTP = &http.Client{Transport: transport}
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
	return &Client{options: o}
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
	response, err := r.send(ctx, command)
	if err != nil {
		return "", nil, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, MaxAnswer+1))
	if err != nil {
		return "", nil, unreachable(ctx, r.client.options.Base, err)
	}
	if len(body) > MaxAnswer {
		return "", nil, domain.Upstream.New("The peer's answer is too large; ask for less at once.")
	}
	return wire.ReadSuccess(body, r.op.Direct, value)
}

// Open opens a stream; its body is closed when the sequence ends.
func (r *remote) Open(ctx context.Context, command any, newItem func() any) (iter.Seq2[any, error], error) {
	response, err := r.send(ctx, command)
	if err != nil {
		return nil, err
	}
	return readEvents(ctx, response, newItem), nil
}

// send makes a request out of the command and returns a successful response.
func (r *remote) send(ctx context.Context, command any) (*http.Response, error) {
	if tx.Inside(ctx) {
		return nil, domain.Internal.New("A peer was called inside a transaction; call " + r.op.Name + " before or after it.")
	}
	parts, err := r.plan.Split(command)
	if err != nil {
		return nil, domain.Invalid.Wrap(err, "The command cannot be written for the peer.")
	}
	meta := usecase.MetaOf(ctx)
	request := &request{
		method: r.op.Method, url: r.client.options.Base + fillPath(r.op.Path, parts.Path), header: r.client.headers(meta),
		streaming: r.op.Streaming, mayRepeat: r.op.Idempotent || meta.IdempotencyKey != "",
	}
	if len(parts.Query) > 0 {
		request.url += "?" + parts.Query.Encode()
	}
	if parts.Body != nil {
		if r.plan.Streams() {
			request.stream, request.mayRepeat = parts.Body, false
		} else if request.body, err = io.ReadAll(parts.Body); err != nil {
			return nil, err
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

// request is what is sent, as often as it takes.
type request struct {
	method, url          string
	header               http.Header
	body                 []byte
	stream               io.Reader
	streaming, mayRepeat bool
}

// attempt sends once. A response that tells a failure is returned as its fault.
func (c *Client) attempt(ctx context.Context, r *request, renew bool) (*http.Response, error) {
	if !c.options.Breaker.TryAcquirePermit() {
		return nil, domain.Unavailable.New("Calls to " + c.options.Base + " are suspended after repeated failures.").
			WithCode("circuit_open").WithRetryAfter(max(time.Second, c.options.Breaker.RemainingDelay()))
	}
	response, err := c.exchange(ctx, r, renew)
	if err != nil && errors.Is(err, domain.Unavailable) || errors.Is(err, domain.Timeout) && ctx.Err() == nil {
		c.options.Breaker.RecordFailure()
		return nil, err
	}
	if err == nil && response.StatusCode >= http.StatusInternalServerError {
		c.options.Breaker.RecordFailure()
	} else {
		c.options.Breaker.RecordSuccess()
	}
	if err != nil || response.StatusCode < http.StatusBadRequest {
		return response, err
	}
	defer response.Body.Close()
	body, _ := io.ReadAll(io.LimitReader(response.Body, 1<<20))
	return nil, wire.ReadFailure(response.StatusCode, response.Header, body)
}

func (c *Client) exchange(ctx context.Context, r *request, renew bool) (*http.Response, error) {
	body := r.stream
	if r.body != nil {
		body = bytes.NewReader(r.body)
	}
	limited, cancel := c.bound(ctx, r.streaming)
	message, err := http.NewRequestWithContext(limited, r.method, r.url, body)
	if err != nil {
		cancel()
		return nil, domain.Invalid.Wrap(err, "The address "+r.url+" is not valid.")
	}
	message.Header = r.header
	if c.options.Credential != nil {
		secret, err := c.options.Credential(ctx, renew)
		if err != nil {
			cancel()
			return nil, err
		}
		if secret != "" {
			message.Header.Set("Authorization", "Bearer "+secret)
		}
	}
	response, err := c.options.HTTP.Do(message)
	if err != nil {
		cancel()
		return nil, unreachable(ctx, c.options.Base, err)
	}
	response.Body = &cancelling{ReadCloser: response.Body, cancel: cancel}
	return response, nil
}

// bound gives an attempt its deadline; a stream has none but its caller's.
func (c *Client) bound(ctx context.Context, streaming bool) (context.Context, context.CancelFunc) {
	if streaming {
		return context.WithCancel(ctx)
	}
	return context.WithTimeout(ctx, c.options.Timeout)
}

// cancelling ends the deadline of an attempt when its body has been read.
type cancelling struct {
	io.ReadCloser
	cancel context.CancelFunc
	once   sync.Once
}

// Close closes the body.
func (b *cancelling) Close() error {
	err := b.ReadCloser.Close()
	b.once.Do(b.cancel)
	return err
}

func unreachable(ctx context.Context, base string, err error) error {
	if ctx.Err() != nil {
		return domain.FaultOf(ctx.Err())
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return domain.Timeout.Wrap(err, "The service at "+base+" did not answer in time.").WithDetail("service_name", base)
	}
	return domain.Unavailable.Wrap(err, fmt.Sprintf("The service at %s cannot be reached; check that it runs.", base)).WithDetail("service_name", base)
}
