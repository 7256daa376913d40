package httpclient

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/docsteward/docsteward/domain"
)

// longestDelay bounds the time between two attempts.
const longestDelay = 10 * time.Second

// do sends a request until it succeeds, fails for good, or has used up its
// attempts. What may not be repeated is sent again only when the peer refused
// the credential, since nothing happened then.
func (c *Client) do(ctx context.Context, r *request) (*http.Response, error) {
	if err := c.checkPeer(ctx); err != nil {
		return nil, err
	}
	renewed := false
	for attempt := 1; ; attempt++ {
		response, err := c.attempt(ctx, r, renewed)
		switch {
		case err == nil:
			return response, nil
		case errors.Is(err, domain.Unauthenticated) && c.options.Credential != nil && !renewed && r.stream == nil:
			renewed = true
			attempt--
			continue
		case attempt >= c.options.Attempts || !r.mayRepeat || !retryable(err) || ctx.Err() != nil:
			return nil, err
		}
		if err := c.wait(ctx, c.delay(attempt, err)); err != nil {
			return nil, err
		}
	}
}

// retryable reports whether the same request may succeed soon: 429, 502, 503,
// 504 and a peer that cannot be reached, but not an open breaker.
func retryable(err error) bool {
	fault := domain.FaultOf(err)
	if fault.Code == "circuit_open" {
		return false
	}
	return fault.Kind.Retryable() || fault.Kind == domain.Storage && fault.RetryAfter > 0
}

// delay is what the peer asked for, or else exponential with up to as much
// again as jitter.
func (c *Client) delay(attempt int, err error) time.Duration {
	if wait := domain.FaultOf(err).RetryAfter; wait > 0 {
		return min(wait, longestDelay)
	}
	d := c.options.RetryBase << (attempt - 1)
	if c.options.Random != nil {
		d += time.Duration(c.options.Random() * float64(d))
	}
	return min(d, longestDelay)
}

func (c *Client) wait(ctx context.Context, d time.Duration) error {
	timer := c.options.Clock.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C():
		return nil
	case <-ctx.Done():
		return domain.FaultOf(ctx.Err())
	}
}

// peer remembers that the version of the peer was found right.
type peer struct {
	mu    sync.Mutex
	right bool
}

// checkPeer asks the peer once for its version. A peer that cannot be asked is
// left to the call itself.
func (c *Client) checkPeer(ctx context.Context) error {
	if c.options.APIVersion == 0 {
		return nil
	}
	c.peer.mu.Lock()
	defer c.peer.mu.Unlock()
	if c.peer.right {
		return nil
	}
	response, err := c.attempt(ctx, &request{method: http.MethodGet, url: c.options.Base + "/info", header: http.Header{}}, false)
	if err != nil {
		return nil //nolint:nilerr // The call that follows fails with its own words.
	}
	defer response.Body.Close()
	var info struct {
		Version int `json:"api_version"`
	}
	if err := json.NewDecoder(response.Body).Decode(&info); err != nil {
		return domain.Upstream.Wrap(err, "The service at "+c.options.Base+" does not tell its version; check the address.")
	}
	if info.Version != c.options.APIVersion {
		return domain.Upstream.New(fmt.Sprintf("The service at %s speaks version %d of the API and this program version %d; run builds of the same major version.",
			c.options.Base, info.Version, c.options.APIVersion)).WithCode("version_mismatch")
	}
	c.peer.right = true
	return nil
}
