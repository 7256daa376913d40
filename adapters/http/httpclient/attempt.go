package httpclient

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/docsteward/docsteward/adapters/http/wire"
	"github.com/docsteward/docsteward/domain"
)

// request is what is sent, as often as it takes.
type request struct {
	method, url          string
	header               http.Header
	body                 []byte
	stream               io.Reader
	streaming, mayRepeat bool
}

// answer is a success: a body, or for a stream the events to come.
type answer struct {
	body   []byte
	events *open
}

// open is the body of a stream, and what cuts it off.
type open struct {
	io.ReadCloser
	cut context.CancelFunc
}

// failure is what an attempt met. A passing one may be gone soon: the peer could
// not be reached, or answered 429, 502, 503 or 504.
type failure struct {
	error
	passing bool
}

// Unwrap returns the fault.
func (f *failure) Unwrap() error { return f.error }

// attempt sends once and tells the breaker of it.
func (c *Client) attempt(ctx context.Context, r *request, renew bool) (*answer, error) {
	if err := c.authorise(ctx, r, renew); err != nil {
		return nil, err
	}
	breaker := c.options.Breaker
	if !breaker.TryAcquirePermit() {
		return nil, domain.Unavailable.New("Calls to " + c.options.Base + " are suspended after repeated failures.").
			WithCode("circuit_open").WithRetryAfter(max(time.Second, breaker.RemainingDelay()))
	}
	answer, status, err := c.exchange(ctx, r)
	switch {
	case status >= http.StatusInternalServerError, status == 0 && ctx.Err() == nil:
		breaker.RecordFailure()
	case status != 0:
		breaker.RecordSuccess()
	case breaker.IsHalfOpen():
		breaker.RecordFailure() // The caller gave up: no news of the peer, but the permit must be returned.
	}
	return answer, err
}

func (c *Client) authorise(ctx context.Context, r *request, renew bool) error {
	if c.options.Credential == nil {
		return nil
	}
	secret, err := c.options.Credential(ctx, renew)
	if err != nil {
		return err
	}
	if secret != "" {
		r.header.Set("Authorization", "Bearer "+secret)
	}
	return nil
}

// exchange sends a request and reads the answer. The status is 0 when none came.
func (c *Client) exchange(ctx context.Context, r *request) (*answer, int, error) {
	limited, cancel := context.WithCancelCause(ctx)
	cut := func() { cancel(nil) }
	late := time.AfterFunc(c.options.Timeout, func() { cancel(context.DeadlineExceeded) })
	defer late.Stop()
	body := r.stream
	switch {
	case r.body != nil:
		body = bytes.NewReader(r.body)
	case r.stream != nil:
		body = &upload{Reader: r.stream, late: late, patience: c.options.Timeout}
	}
	message, err := http.NewRequestWithContext(limited, r.method, r.url, body)
	if err != nil {
		cut()
		return nil, http.StatusBadRequest, domain.Invalid.Wrap(err, "The address "+r.url+" is not valid.")
	}
	message.Header = r.header.Clone() // An attempt that was given up may still be writing its own.
	response, err := c.http.Do(message)
	if err != nil {
		defer cut()
		return nil, 0, c.unreachable(ctx, limited, err)
	}
	if r.streaming && response.StatusCode < http.StatusMultipleChoices {
		return c.openStream(response, cut)
	}
	defer cut()
	defer response.Body.Close()
	data, err := io.ReadAll(io.LimitReader(response.Body, MaxAnswer+1))
	switch {
	case err != nil:
		return nil, 0, c.unreachable(ctx, limited, err)
	case len(data) > MaxAnswer:
		return nil, response.StatusCode, domain.Upstream.New("The peer's answer is too large; ask for less at once.")
	case response.StatusCode >= http.StatusMultipleChoices:
		fault := wire.ReadFailure(response.StatusCode, response.Header, data)
		return nil, response.StatusCode, &failure{error: fault, passing: passing(response.StatusCode)}
	}
	return &answer{body: data}, response.StatusCode, nil
}

// upload is a body that is sent as it comes. The peer has the whole timeout again
// after each piece that it took.
type upload struct {
	io.Reader
	late     *time.Timer
	patience time.Duration
}

// Read implements io.Reader.
func (u *upload) Read(p []byte) (int, error) {
	u.late.Reset(u.patience)
	return u.Reader.Read(p)
}

func (c *Client) openStream(response *http.Response, cut context.CancelFunc) (*answer, int, error) {
	if kind := response.Header.Get("Content-Type"); !strings.HasPrefix(kind, "text/event-stream") {
		cut()
		return nil, response.StatusCode, domain.Upstream.New("The service at " + c.options.Base + " answered no stream of events; it may be of another version.")
	}
	return &answer{events: &open{ReadCloser: response.Body, cut: cut}}, response.StatusCode, nil
}

// passing reports whether an answer says that the same request may succeed soon.
func passing(status int) bool {
	switch status {
	case http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	}
	return false
}

// unreachable is the fault of a peer that did not answer, or of a caller who
// gave up.
func (c *Client) unreachable(ctx, limited context.Context, err error) error {
	base := c.options.Base
	switch {
	case ctx.Err() != nil:
		return domain.FaultOf(ctx.Err())
	case errors.Is(context.Cause(limited), context.DeadlineExceeded):
		fault := domain.Timeout.Wrap(err, "The service at "+base+" did not answer in time.").
			WithDetail("service_name", base).WithDetail("timeout_seconds", c.options.Timeout.Seconds())
		return &failure{error: fault, passing: true}
	}
	c.known.Store(false) // Another build may come up at the address.
	fault := domain.Unavailable.Wrap(err, fmt.Sprintf("The service at %s cannot be reached; check that it runs.", base)).WithDetail("service_name", base)
	return &failure{error: fault, passing: true}
}
