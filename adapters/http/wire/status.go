// Package wire is what server and client agree on: how a fault is told by status
// and code, and what an envelope looks like.
package wire

import (
	"net/http"

	"github.com/docsteward/docsteward/domain"
)

// Names of the headers, in their canonical form.
const (
	HeaderCorrelation = "X-Correlation-Id"
	HeaderRequest     = "X-Request-Id"
	HeaderIdempotency = "Idempotency-Key"
	HeaderReplayed    = "Idempotency-Replayed"
	HeaderLastEvent   = "Last-Event-Id"
	HeaderUser        = "X-User-Id"
	HeaderRoles       = "X-User-Roles"
	HeaderService     = "X-Service-Id"
	HeaderErrorCode   = "Docsteward-Error-Code"
	HeaderWarning     = "Docsteward-Warning"
)

// row is how one kind of fault is told.
type row struct {
	kind   domain.Kind
	status int
	code   string
}

// rows is one table for both directions. Never written.
var rows = []row{
	{domain.Invalid, http.StatusUnprocessableEntity, "validation_error"},
	{domain.Rejected, http.StatusBadRequest, "validation_error"},
	{domain.Unauthenticated, http.StatusUnauthorized, "unauthorized"},
	{domain.Forbidden, http.StatusForbidden, "forbidden"},
	{domain.NotFound, http.StatusNotFound, "not_found"},
	{domain.Conflict, http.StatusConflict, "conflict"},
	{domain.TooLarge, http.StatusRequestEntityTooLarge, "payload_too_large"},
	{domain.RateLimited, http.StatusTooManyRequests, "rate_limited"},
	{domain.Internal, http.StatusInternalServerError, "internal_error"},
	{domain.Storage, http.StatusInternalServerError, "database_error"},
	{domain.Upstream, http.StatusBadGateway, "service_unavailable"},
	{domain.Unavailable, http.StatusServiceUnavailable, "service_unavailable"},
	{domain.Timeout, http.StatusGatewayTimeout, "service_unavailable"},
}

// StatusOf returns the HTTP status and the error code that tell a fault. A store
// that is away for a while, which is one with a time to come back, is a 503.
func StatusOf(fault *domain.Fault) (status int, code string) {
	for _, r := range rows {
		if r.kind != fault.Kind {
			continue
		}
		if r.kind == domain.Storage && fault.RetryAfter > 0 {
			return http.StatusServiceUnavailable, r.code
		}
		return r.status, r.code
	}
	return http.StatusInternalServerError, "internal_error"
}

// KindOf is the inverse of StatusOf. A pair that no row has is Upstream: a wrong
// peer is not a missing document.
func KindOf(status int, code string) domain.Kind {
	if status == http.StatusServiceUnavailable && code == "database_error" {
		return domain.Storage
	}
	for _, r := range rows {
		if r.status == status && r.code == code {
			return r.kind
		}
	}
	return domain.Upstream
}
