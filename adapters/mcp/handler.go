package mcp

import (
	"errors"
	"net/http"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/usecase"
)

// Handler returns the server as a handler of the streamable HTTP transport, to be
// mounted at one path for all methods. Every request stands alone, so that each
// call is made by the caller of its own request. authenticate tells who calls;
// nil leaves the caller that the context of the request has.
func (s *Server) Handler(authenticate func(*http.Request) (usecase.Caller, error)) http.Handler {
	handler := sdk.NewStreamableHTTPHandler(func(*http.Request) *sdk.Server { return s.server }, &sdk.StreamableHTTPOptions{
		Stateless: true, JSONResponse: true, Logger: s.options.Logger,
		MaxRequestBodyBytes: int64(s.maxMessage()), PropagateRequestCancellation: true,
	})
	if authenticate == nil {
		return handler
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		caller, err := authenticate(r)
		if err != nil {
			refuse(w, err)
			return
		}
		meta := usecase.MetaOf(r.Context())
		meta.Caller = caller
		handler.ServeHTTP(w, r.WithContext(usecase.WithMeta(r.Context(), meta)))
	})
}

// refuse answers a request whose caller could not be told.
func refuse(w http.ResponseWriter, err error) {
	status := http.StatusServiceUnavailable
	switch {
	case errors.Is(err, domain.Unauthenticated):
		w.Header().Set("WWW-Authenticate", `Bearer realm="docsteward"`)
		status = http.StatusUnauthorized
	case errors.Is(err, domain.Forbidden):
		status = http.StatusForbidden
	}
	http.Error(w, domain.FaultOf(err).Message, status)
}
