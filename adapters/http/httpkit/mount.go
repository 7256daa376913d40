package httpkit

import (
	"encoding/json"
	"fmt"
	"mime"
	"net/http"
	"net/url"
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
		if err := plan.CheckPath(op.Path); err != nil {
			return err
		}
		path := echoPath(op.Path)
		if s.routes[op.Method+" "+path] {
			return fmt.Errorf("httpkit: the route %s %s is mounted twice", op.Method, op.Path)
		}
		s.claim(op.Method, path)
		e := &endpoint{server: s, op: op, plan: plan, event: eventField(op)}
		s.echo.Add(op.Method, path, e.serve)
		if op.Method == http.MethodGet && !op.Streaming {
			s.echo.Add(http.MethodHead, path, e.serve)
		}
	}
	s.tables = append(s.tables, table)
	return nil
}

func echoPath(path string) string {
	return strings.NewReplacer("{", ":", "}", "").Replace(path)
}

// endpoint serves one operation.
type endpoint struct {
	server *Server
	op     usecase.Operation
	plan   *bind.Plan
	event  []int
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
		return err
	}
	if e.op.Streaming {
		return e.stream(c, ctx, command)
	}
	reply, err := e.op.Slot.Invoke(ctx, command)
	if err != nil {
		return err
	}
	return e.reply(c, reply)
}

func (e *endpoint) reply(c echo.Context, reply usecase.Reply) error {
	data, err := json.Marshal(reply.Value)
	if err != nil {
		return domain.Internal.Wrap(err, "The answer cannot be written as JSON; report it with the request id.")
	}
	if !e.op.Direct {
		data = wire.Success{
			Message: reply.Message, Warnings: reply.Warnings, RequestID: requestID(c), At: e.server.options.Clock.Now(),
		}.Append(make([]byte, 0, len(data)+256), data)
	}
	e.server.write(c, e.op.Status, data)
	return nil
}

// bind reads the request into the command. What makes it unreadable as a
// request is Rejected; what breaks the schema is Invalid.
func (e *endpoint) bind(c echo.Context, command any) error {
	request := c.Request()
	query, err := url.ParseQuery(request.URL.RawQuery)
	if err != nil {
		return unreadable("The query of the address cannot be read: " + err.Error())
	}
	src := bind.Source{Query: query}
	var broken error
	src.Path = func(name string) string {
		value := c.Param(name)
		if request.URL.RawPath != "" {
			if value, err = url.PathUnescape(value); err != nil {
				broken = unreadable("The path of the address cannot be read: " + err.Error())
			}
		}
		if value == "." || value == ".." || value == "" {
			broken = domain.Invalid.New("The path is not valid.").WithField(name, "path", "must not be empty, . or ..")
		}
		return value
	}
	if e.plan.HasBody() {
		if err := checkHeaders(request); err != nil {
			return err
		}
		src.Body = &limited{body: request.Body, left: e.server.options.MaxBody, limit: e.server.options.MaxBody}
		if request.ContentLength > e.server.options.MaxBody {
			return tooLarge(e.server.options.MaxBody)
		}
	}
	var ignored []string
	if e.op.Direct {
		src.Unknown = func(name string) { ignored = append(ignored, name) }
	}
	err = e.plan.Bind(command, src)
	if len(ignored) > 0 {
		c.Response().Header().Set(wire.HeaderWarning, "unknown fields ignored: "+strings.Join(ignored, ", "))
	}
	if broken != nil {
		return broken
	}
	return err
}

func checkHeaders(request *http.Request) error {
	if encoding := request.Header.Get("Content-Encoding"); encoding != "" && !strings.EqualFold(encoding, "identity") {
		return unreadable("The content encoding " + encoding + " is not understood; send the body as it is.")
	}
	_, parameters, err := mime.ParseMediaType(request.Header.Get("Content-Type"))
	if charset := parameters["charset"]; err == nil && charset != "" && !strings.EqualFold(charset, "utf-8") {
		return unreadable("The charset " + charset + " is not understood; send UTF-8.")
	}
	return nil
}

func unreadable(message string) error {
	return domain.Rejected.New(message).WithCode("unreadable_request")
}

func tooLarge(limit int64) error {
	return domain.TooLarge.New(fmt.Sprintf("The body is larger than %d bytes; send less at once.", limit)).WithDetail("max_bytes", limit)
}

// limited is a body that fails with a fault where it grows too large.
type limited struct {
	body interface{ Read([]byte) (int, error) }
	left int64
	// limit is what was allowed in all.
	limit int64
}

func (l *limited) Read(p []byte) (int, error) {
	if l.left < 0 {
		return 0, tooLarge(l.limit)
	}
	if int64(len(p)) > l.left+1 {
		p = p[:l.left+1]
	}
	n, err := l.body.Read(p)
	if l.left -= int64(n); l.left < 0 {
		return n - int(-l.left), tooLarge(l.limit)
	}
	return n, err
}
