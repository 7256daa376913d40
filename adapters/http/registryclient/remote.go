// Package registryclient asks registered services, whatever they are, for their
// health and their interface.
package registryclient

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/clock"
	"github.com/docsteward/docsteward/ports/serviceregistry"
)

// maxDocument bounds an OpenAPI document, in bytes.
const maxDocument = 16 << 20

var _ serviceregistry.Remote = (*Remote)(nil)

// Remote asks over HTTP. It is safe for concurrent use.
type Remote struct {
	client *http.Client
	clock  clock.Clock
	// credential is a bearer token; empty is none.
	credential string
}

// New returns a remote that shows the credential.
func New(clock clock.Clock, credential string) *Remote {
	return &Remote{client: &http.Client{Transport: http.DefaultTransport.(*http.Transport).Clone()}, clock: clock, credential: credential}
}

// Close ends idle connections.
func (r *Remote) Close() { r.client.CloseIdleConnections() }

// Health implements serviceregistry.Remote.
func (r *Remote) Health(ctx context.Context, base string) (time.Duration, error) {
	begun := r.clock.Now()
	response, err := r.get(ctx, base+"/health")
	took := r.clock.Now().Sub(begun)
	if err != nil {
		return took, err
	}
	defer func() { _ = response.Body.Close() }()
	_, _ = io.Copy(io.Discard, io.LimitReader(response.Body, 64<<10)) // so that the connection can be used again
	switch code := response.StatusCode; {
	case code < 300, code == http.StatusUnauthorized, code == http.StatusForbidden:
		return took, nil
	default:
		return took, domain.Unavailable.New(fmt.Sprintf("%s/health answers %d.", base, code))
	}
}

// OpenAPI implements serviceregistry.Remote.
func (r *Remote) OpenAPI(ctx context.Context, address string) ([]byte, error) {
	response, err := r.get(ctx, address)
	if err != nil {
		return nil, err
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		return nil, domain.Upstream.New(fmt.Sprintf("%s answers %d.", address, response.StatusCode))
	}
	document, err := io.ReadAll(io.LimitReader(response.Body, maxDocument+1))
	switch {
	case err != nil:
		return nil, domain.Unavailable.Wrap(err, "The answer of "+address+" breaks off.")
	case len(document) > maxDocument:
		return nil, domain.Upstream.New("The document at " + address + " is longer than 16 MiB.")
	}
	return document, nil
}

func (r *Remote) get(ctx context.Context, address string) (*http.Response, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, domain.Unavailable.Wrap(err, "The address "+address+" cannot be called.")
	}
	if r.credential != "" {
		request.Header.Set("Authorization", "Bearer "+r.credential)
	}
	response, err := r.client.Do(request)
	if err != nil && ctx.Err() != nil {
		return nil, domain.FaultOf(ctx.Err())
	}
	if err != nil {
		return nil, domain.Unavailable.Wrap(err, "Nobody answers at "+address+".")
	}
	return response, nil
}
