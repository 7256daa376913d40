package httpkit

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/docsteward/docsteward/ports/usecase"
)

// Bytes is an answer that is no JSON.
type Bytes struct {
	// Type is the media type, and Disposition the header of that name.
	Type, Disposition string
	Content           []byte
}

// HandleBytes mounts what answers bytes, at a path that is written as those of
// operations. value returns a name of the path; faults are answered as those of
// operations are. It panics when the route is taken.
func (s *Server) HandleBytes(method, path string, authenticate func(*http.Request) (usecase.Caller, error), answer func(ctx context.Context, value func(name string) string) (Bytes, error)) {
	route := echoPath(path)
	s.claim(method, route)
	s.echo.Add(method, route, func(c echo.Context) error {
		caller, err := authenticate(c.Request())
		if err != nil {
			return err
		}
		ctx := c.Request().Context()
		meta := usecase.MetaOf(ctx)
		meta.Caller = caller
		found, err := answer(usecase.WithMeta(ctx, meta), c.Param)
		if err != nil {
			return err
		}
		if found.Disposition != "" {
			c.Response().Header().Set("Content-Disposition", found.Disposition)
		}
		c.Response().Header().Set("Content-Security-Policy", "sandbox; default-src 'none'; style-src 'unsafe-inline'")
		return c.Blob(http.StatusOK, found.Type, found.Content)
	})
}
