// Package httpkit serves tables of operations over HTTP: routes, envelopes,
// streams, the OpenAPI document and the operational endpoints.
package httpkit

import (
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/docsteward/docsteward/adapters/http/wire"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/clock"
	"github.com/docsteward/docsteward/ports/ids"
	"github.com/docsteward/docsteward/ports/usecase"
)

// DefaultMaxBody is the greatest size of a request's body, in bytes.
const DefaultMaxBody = 50 << 20

// Options choose what a server is made of.
type Options struct {
	// Service is the id of the service, and Version that of the build.
	Service, Version string
	// Logger, Clock and IDs must be set.
	Logger *slog.Logger
	Clock  clock.Clock
	IDs    ids.Generator
	// Metrics takes the metrics of requests, and Gatherer shows all of them; nil
	// means none.
	Metrics  prometheus.Registerer
	Gatherer prometheus.Gatherer
	// Authenticate tells who calls; nil leaves every caller anonymous. Its fault is
	// the answer.
	Authenticate func(*http.Request) (usecase.Caller, error)
	// Allow decides who may see the operational endpoints; nil allows all.
	Allow func(caller usecase.Caller, permission string) error
	// MaxBody bounds a request's body; 0 means DefaultMaxBody.
	MaxBody int64
	// Debug tells the cause of unexpected faults.
	Debug bool
	// Heartbeat is how often an idle stream says that it lives; 0 means 15 s.
	Heartbeat time.Duration
}

// Server is the HTTP face of one service. Mount everything before serving.
type Server struct {
	options Options
	echo    *echo.Echo
	metrics *metrics
	tables  [][]usecase.Operation
	routes  map[string]bool
	drain   drain
	bodies  bodies
	replays replays
}

// NewServer returns a server without routes.
func NewServer(o Options) *Server {
	if o.MaxBody == 0 {
		o.MaxBody = DefaultMaxBody
	}
	if o.Heartbeat == 0 {
		o.Heartbeat = 15 * time.Second
	}
	s := &Server{options: o, echo: echo.New(), metrics: newMetrics(o.Metrics, o.Service), routes: make(map[string]bool)}
	s.replays.clock, s.replays.known = o.Clock, make(map[string]*replay)
	s.drain.reset()
	s.echo.HideBanner, s.echo.HidePort = true, true
	s.echo.HTTPErrorHandler = s.refuse
	s.echo.Pre(s.accompany)
	return s
}

// Handler returns the server as a handler, for gateways and tests.
func (s *Server) Handler() http.Handler { return s.echo }

// Handle mounts a handler by hand, for what is no operation. It panics when the
// route is taken.
func (s *Server) Handle(method, path string, handler http.Handler) {
	s.claim(method, path)
	s.echo.Add(method, path, echo.WrapHandler(handler))
}

func (s *Server) claim(method, path string) {
	if route := method + " " + path; s.routes[route] {
		panic("httpkit: the route " + route + " is mounted twice")
	} else {
		s.routes[route] = true
	}
}

// accompany gives every request its ids, before any route is looked for, and
// records it when it has been answered.
func (s *Server) accompany(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		start := s.options.Clock.Now()
		request, response := c.Request(), c.Response()
		correlation := clean(request.Header.Get(wire.HeaderCorrelation))
		if correlation == "" {
			correlation = s.options.IDs.New()
		}
		response.Header().Set(wire.HeaderCorrelation, correlation)
		response.Header().Set("X-Content-Type-Options", "nosniff")
		meta := usecase.Meta{
			Correlation:    correlation,
			IdempotencyKey: clean(request.Header.Get(wire.HeaderIdempotency)),
			LastEventID:    clean(request.Header.Get(wire.HeaderLastEvent)),
		}
		c.SetRequest(request.WithContext(usecase.WithMeta(request.Context(), meta)))
		whole := s.protect(c, next)
		s.record(c, s.options.Clock.Now().Sub(start))
		if !whole {
			panic(http.ErrAbortHandler) // The connection is cut, so that half an answer does not look whole.
		}
		return nil
	}
}

// clean drops what could break a log line or a header.
func clean(id string) string {
	if len(id) > 255 || strings.ContainsFunc(id, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		return ""
	}
	return id
}

// protect runs the rest of the chain; an error or a panic of it becomes an
// answer. It reports false when a panic cut an answer in two.
func (s *Server) protect(c echo.Context, next echo.HandlerFunc) (whole bool) {
	defer func() {
		if panicked := recover(); panicked != nil {
			whole = s.panicked(c, panicked)
		}
	}()
	if err := next(c); err != nil {
		s.refuse(err, c)
	}
	return true
}

// refuse answers an error: a fault, or what the router found wrong.
func (s *Server) refuse(err error, c echo.Context) {
	if c.Response().Committed {
		return
	}
	var routing *echo.HTTPError
	if !errors.As(err, &routing) {
		s.fail(c, err)
		return
	}
	code, message := "route_not_found", "There is no "+c.Request().URL.Path+" here; /openapi.json lists what there is."
	if routing.Code == http.StatusMethodNotAllowed {
		code, message = "method_not_allowed", c.Request().Method+" is not offered here; the Allow header lists what is."
	}
	c.Response().Header().Set(wire.HeaderErrorCode, code)
	s.write(c, routing.Code, wire.Refusal(code, message, requestID(c), s.options.Clock.Now()))
}

func (s *Server) fail(c echo.Context, err error) {
	told := s.failure(c, err)
	var misread *misread
	if errors.As(err, &misread) {
		told.Place = misread.place
	}
	status, body := told.Write(c.Response().Header())
	s.metrics.failed(domain.FaultOf(err), c.Path())
	s.write(c, status, body)
}

func (s *Server) failure(c echo.Context, err error) wire.Failure {
	return wire.Failure{Err: err, RequestID: requestID(c), At: s.options.Clock.Now(), Debug: s.options.Debug}
}

func (s *Server) write(c echo.Context, status int, body []byte) {
	response := c.Response()
	response.Header().Set("Content-Type", "application/json; charset=utf-8")
	response.WriteHeader(status)
	if c.Request().Method != http.MethodHead {
		_, _ = response.Write(body) // The caller has gone when this fails.
	}
}

func requestID(c echo.Context) string {
	if id := clean(c.Request().Header.Get(wire.HeaderRequest)); id != "" {
		return id
	}
	return c.Response().Header().Get(wire.HeaderCorrelation)
}
