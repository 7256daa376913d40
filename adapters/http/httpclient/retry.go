package httpclient

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/clock"
	"github.com/docsteward/docsteward/ports/usecase"
)

// longestDelay bounds the time between two attempts. A peer that asks for more
// is not called again by this call.
const longestDelay = 10 * time.Second

// do sends a request until it succeeds, fails for good, or has used up its
// attempts. What may not be repeated is sent again only when the peer refused
// the credential, since nothing happened then. The error holds a fault.
func (c *Client) do(ctx context.Context, r *request) (*answer, error) {
	if err := c.checkPeer(ctx); err != nil {
		return nil, err
	}
	renewed := false
	for attempt := 1; ; attempt++ {
		answer, err := c.attempt(ctx, r, renewed)
		if err == nil {
			return answer, nil
		}
		if errors.Is(err, domain.Unauthenticated) && c.options.Credential != nil && !renewed && r.stream == nil {
			renewed = true
			attempt--
			continue
		}
		var failed *failure
		if !errors.As(err, &failed) || !failed.passing || !r.mayRepeat || attempt >= c.options.Attempts {
			return nil, domain.FaultOf(err)
		}
		if !c.wait(ctx, c.delay(attempt, err)) {
			return nil, domain.FaultOf(err)
		}
	}
}

// delay is what the peer asked for, or else exponential with up to as much
// again as jitter.
func (c *Client) delay(attempt int, err error) time.Duration {
	if wait := domain.FaultOf(err).RetryAfter; wait > 0 {
		return wait
	}
	d := c.options.RetryBase << (attempt - 1)
	if c.options.Random != nil {
		d += time.Duration(c.options.Random() * float64(d))
	}
	return min(d, longestDelay)
}

// wait waits for the next attempt. It reports false when that is not worth it:
// the delay is too long, or the caller will have given up by then.
func (c *Client) wait(ctx context.Context, d time.Duration) bool {
	if deadline, ok := ctx.Deadline(); ok && c.options.Clock.Now().Add(d).After(deadline) || d > longestDelay {
		return false
	}
	return clock.Wait(ctx, c.options.Clock, d)
}

// checkPeer asks the peer for its version, once for as long as it can be
// reached. A peer that cannot be asked is left to the call itself.
func (c *Client) checkPeer(ctx context.Context) error {
	if c.options.APIVersion == 0 || c.known.Load() {
		return nil
	}
	ask := &request{method: http.MethodGet, url: c.options.Base + "/info", header: c.headers(usecase.MetaOf(ctx))}
	answer, err := c.attempt(ctx, ask, false)
	if err != nil {
		return nil //nolint:nilerr // The call that follows fails with its own words.
	}
	type told struct {
		Version int `json:"api_version"`
	}
	var info struct {
		told
		Data json.RawMessage `json:"data"`
	}
	if err := json.Unmarshal(answer.body, &info); err != nil {
		return domain.Upstream.Wrap(err, "The service at "+c.options.Base+" does not tell its version; check the address.")
	}
	if info.Version == 0 { // perhaps in an envelope
		_ = json.Unmarshal(info.Data, &info.told)
	}
	if info.Version != c.options.APIVersion {
		return domain.Upstream.New(fmt.Sprintf("The service at %s speaks version %d of the API and this program version %d; run builds of the same major version.",
			c.options.Base, info.Version, c.options.APIVersion)).WithCode("version_mismatch")
	}
	c.known.Store(true)
	return nil
}
