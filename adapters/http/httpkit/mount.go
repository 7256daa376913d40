package httpkit

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/docsteward/docsteward/adapters/bind"
	"github.com/docsteward/docsteward/adapters/http/wire"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/usecase"
)

// Mount serves a table. It fails when a command cannot be bound, a route does
// not fit its command, or a route is taken.
func (s *Server) Mount(table []usecase.Operation) error {
	for _, op := range table {
		plan, err := bind.For(op.Slot.Command())
		if err != nil {
			return err
		}
		e := &endpoint{server: s, op: op, plan: plan, event: eventField(op), maxBody: s.options.MaxBody}
		if op.MaxBody > 0 {
			e.maxBody = op.MaxBody
		}
		for _, path := range append([]string{op.Path}, op.Aliases...) {
			if err := s.route(e, path); err != nil {
				return err
			}
		}
	}
	s.tables = append(s.tables, table)
	return nil
}

// route serves an operation at one of its paths.
func (s *Server) route(e *endpoint, path string) error {
	if err := e.plan.CheckPath(path); err != nil {
		return err
	}
	method, route := e.op.Method, echoPath(path)
	if s.routes[method+" "+route] {
		return fmt.Errorf("httpkit: the route %s %s is mounted twice", method, path)
	}
	s.claim(method, route)
	s.echo.Add(method, route, e.serve)
	if method == http.MethodGet && !e.op.Streaming {
		s.echo.Add(http.MethodHead, route, e.serve)
	}
	return nil
}

func echoPath(path string) string {
	return strings.NewReplacer("{", ":", "}", "").Replace(path)
}

// endpoint serves one operation.
type endpoint struct {
	server  *Server
	op      usecase.Operation
	plan    *bind.Plan
	event   []int
	maxBody int64
}

func (e *endpoint) serve(c echo.Context) error {
	request := c.Request()
	ctx := request.Context()
	if e.server.options.Authenticate != nil {
		caller, err := e.server.options.Authenticate(request)
		if err != nil {
			return err
		}
		meta := usecase.MetaOf(ctx)
		meta.Caller = caller
		ctx = usecase.WithMeta(ctx, meta)
	}
	command := e.op.Slot.NewCommand()
	if err := e.bind(c, command); err != nil {
		return &misread{error: err, place: e.plan.Place}
	}
	if e.op.Streaming {
		return e.stream(c, ctx, command)
	}
	if meta := usecase.MetaOf(ctx); e.once(meta) {
		return e.serveOnce(c, ctx, meta, command)
	}
	reply, err := e.op.Slot.Invoke(ctx, command)
	if err != nil {
		return err
	}
	return e.reply(c, reply)
}

// misread is a fault of the request itself, whose fields have a place in it.
type misread struct {
	error
	place func(field string) string
}

// Unwrap returns the fault.
func (m *misread) Unwrap() error { return m.error }

func (e *endpoint) reply(c echo.Context, reply usecase.Reply) error {
	body := e.server.bodies.take()
	defer e.server.bodies.give(body)
	if err := e.spellReply(body, c, reply); err != nil {
		return err
	}
	e.server.write(c, e.op.Status, body.Bytes())
	return nil
}

// spellReply writes an answer as it goes over the wire; Internal when its value is
// not to be written as JSON.
func (e *endpoint) spellReply(body *bytes.Buffer, c echo.Context, reply usecase.Reply) error {
	var err error
	if e.op.Direct {
		err = bind.WriteValue(body, reply.Value)
	} else {
		err = wire.Success{
			Message: reply.Message, Warnings: reply.Warnings, RequestID: requestID(c), At: e.server.options.Clock.Now(),
		}.Write(body, reply.Value)
	}
	if err != nil {
		return domain.Internal.Wrap(err, "The answer cannot be written as JSON; report it with the request id.")
	}
	return nil
}
