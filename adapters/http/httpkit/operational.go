package httpkit

import (
	"context"
	_ "embed"
	"net/http"
	"strings"
	"sync"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/docsteward/docsteward/adapters/bind"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/usecase"
)

// PermissionHealth lets a caller see the operational endpoints.
const PermissionHealth = "health:read"

// Health is the answer of GET /health.
type Health struct {
	// Status is healthy, degraded or unhealthy.
	Status        string            `json:"status"`
	Service       string            `json:"service"`
	Version       string            `json:"version"`
	Timestamp     string            `json:"timestamp"`
	UptimeSeconds float64           `json:"uptime_seconds"`
	Environment   string            `json:"environment"`
	Dependencies  map[string]string `json:"dependencies"`
	// Details holds what a service tells besides, such as free bytes and jobs.
	Details map[string]any `json:"details,omitempty"`
	// Error says what is wrong when the status is unhealthy.
	Error string `json:"error,omitempty"`
}

// Operational is what the operational endpoints show. All functions answer from
// memory, without calling out.
type Operational struct {
	// Health answers GET /health: 200, or 503 when unhealthy.
	Health func(ctx context.Context) Health
	// Ready answers GET /ready: 200 after nil, else the fault.
	Ready func(ctx context.Context) error
	// Info answers GET /info, Config GET /config/effective with secrets masked.
	Info   func(ctx context.Context) any
	Config func(ctx context.Context) any
}

//go:embed docs.html
var docsPage []byte

// MountOperational serves /health, /ready, /info, /config/effective, /metrics,
// /openapi.json and /docs. Mount the tables first.
func (s *Server) MountOperational(o Operational) {
	s.show("/health", func(c echo.Context) error {
		health := o.Health(c.Request().Context())
		status := http.StatusOK
		if health.Status == "unhealthy" {
			status = http.StatusServiceUnavailable
		}
		return s.direct(c, status, health)
	})
	s.show("/ready", func(c echo.Context) error {
		if err := o.Ready(c.Request().Context()); err != nil {
			return err
		}
		return s.direct(c, http.StatusOK, map[string]any{"ready": true, "service": s.options.Service})
	})
	s.show("/info", func(c echo.Context) error { return s.direct(c, http.StatusOK, o.Info(c.Request().Context())) })
	s.show("/config/effective", func(c echo.Context) error { return s.direct(c, http.StatusOK, o.Config(c.Request().Context())) })
	s.show("/metrics", s.showMetrics)
	document := sync.OnceValues(func() ([]byte, error) { return Document(s.options.Service, s.options.Version, s.tables...) })
	s.show("/openapi.json", func(c echo.Context) error {
		data, err := document()
		if err != nil {
			return domain.Internal.Wrap(err, "The OpenAPI document cannot be made.")
		}
		s.write(c, http.StatusOK, data)
		return nil
	})
	s.show("/docs", func(c echo.Context) error { return c.HTMLBlob(http.StatusOK, docsPage) })
}

// show mounts a page for those who hold PermissionHealth.
func (s *Server) show(path string, page echo.HandlerFunc) {
	guarded := func(c echo.Context) error {
		if s.options.Allow == nil {
			return page(c)
		}
		var caller usecase.Caller
		if s.options.Authenticate != nil {
			var err error
			if caller, err = s.options.Authenticate(c.Request()); err != nil {
				return err
			}
		}
		if err := s.options.Allow(caller, PermissionHealth); err != nil {
			return err
		}
		return page(c)
	}
	s.claim(http.MethodGet, path)
	s.echo.GET(path, guarded)
	s.echo.HEAD(path, guarded)
}

func (s *Server) direct(c echo.Context, status int, value any) error {
	data, err := bind.Value(value)
	if err != nil {
		return domain.Internal.Wrap(err, "The answer cannot be written as JSON.")
	}
	s.write(c, status, data)
	return nil
}

// showMetrics answers Prometheus text, or a count of routes to who asks for JSON.
func (s *Server) showMetrics(c echo.Context) error {
	if strings.Contains(c.Request().Header.Get("Accept"), "application/json") || s.options.Gatherer == nil {
		return s.direct(c, http.StatusOK, map[string]any{"service": s.options.Service, "routes": len(s.routes)})
	}
	promhttp.HandlerFor(s.options.Gatherer, promhttp.HandlerOpts{}).ServeHTTP(c.Response(), c.Request())
	return nil
}
