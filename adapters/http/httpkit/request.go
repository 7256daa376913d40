package httpkit

import (
	"cmp"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/docsteward/docsteward/adapters/bind"
	"github.com/docsteward/docsteward/adapters/http/wire"
	"github.com/docsteward/docsteward/domain"
)

// bind reads the request into the command. What makes it unreadable as a
// request is Rejected; what breaks the schema is Invalid.
func (e *endpoint) bind(c echo.Context, command any) error {
	request := c.Request()
	var src bind.Source
	var err error
	if request.URL.RawQuery != "" {
		if src.Query, err = url.ParseQuery(request.URL.RawQuery); err != nil {
			return unreadable("The query of the address cannot be read: " + err.Error())
		}
	}
	segments := &segments{context: c}
	src.Path = segments.value
	if e.plan.HasBody() {
		if src.Body, err = body(request, e.maxBody); err != nil {
			return err
		}
		if request.Header.Get("Content-Encoding") == "" {
			src.Size = request.ContentLength
		}
	}
	if e.op.Uploading {
		src.Body = &upload{Reader: src.Body, control: http.NewResponseController(c.Response().Writer)}
	}
	if !e.op.Direct {
		return together(e.plan.Bind(command, src), segments)
	}
	var ignored ignored
	src.Unknown = ignored.add
	err = together(e.plan.Bind(command, src), segments)
	if ignored != nil {
		c.Response().Header().Set(wire.HeaderWarning, "unknown fields ignored: "+strings.Join(ignored, ", "))
	}
	return err
}

// together puts what is wrong with the path before what is wrong with the rest,
// in one fault where both are Invalid; else the path counts.
func together(err error, s *segments) error {
	if s.err == nil || err == nil || !errors.Is(s.err, domain.Invalid) || !errors.Is(err, domain.Invalid) {
		return cmp.Or(s.err, err)
	}
	whole := *domain.FaultOf(err)
	whole.Fields = slices.Concat(domain.FaultOf(s.err).Fields, whole.Fields)
	return &whole
}

// segments reads the values of the names in a route.
type segments struct {
	context echo.Context
	err     error
}

// value returns one of them. The router unescapes only the paths that need no
// escaping.
func (s *segments) value(name string) string {
	value := s.context.Param(name)
	if s.context.Request().URL.RawPath != "" {
		unescaped, err := url.PathUnescape(value)
		if err != nil {
			s.err = unreadable("The path of the address cannot be read: " + err.Error())
		}
		value = unescaped
	}
	if err := bind.CheckSegment(name, value); err != nil && s.err == nil {
		s.err = err
	}
	return value
}

// ignored lists names that the caller sent in vain, as far as a header bears.
type ignored []string

func (i *ignored) add(name string) {
	const most, longest = 20, 60
	if len(*i) < most {
		*i = append(*i, fmt.Sprintf("%.*q", longest, name))
	}
}

// body returns the body of a request, decompressed, which fails with TooLarge
// where it grows over the limit.
func body(request *http.Request, limit int64) (io.Reader, error) {
	if _, parameters, err := mime.ParseMediaType(request.Header.Get("Content-Type")); err == nil {
		if charset := parameters["charset"]; charset != "" && !strings.EqualFold(charset, "utf-8") {
			return nil, unreadable("The charset " + charset + " is not understood; send UTF-8.")
		}
	}
	if request.ContentLength > limit {
		return nil, tooLarge(limit)
	}
	switch encoding := strings.ToLower(request.Header.Get("Content-Encoding")); encoding {
	case "", "identity":
		return &limited{body: request.Body, left: limit, limit: limit}, nil
	case "gzip":
		unpacked, err := gzip.NewReader(request.Body)
		if err != nil {
			return nil, unreadable("The body is not compressed with gzip, as its Content-Encoding says.")
		}
		return &limited{body: &unpacking{unpacked}, left: limit, limit: limit}, nil
	default:
		return nil, unreadable("The content encoding " + encoding + " is not understood; use gzip, or send the body as it is.")
	}
}

// Patience with an upload, which may take longer than a request otherwise: how
// long its next piece may be on the way, and how long after that piece the answer.
const (
	slowSender = time.Minute
	slowAnswer = 2 * time.Minute
)

// upload is a body that is taken as it comes. Whoever sends it is given time for as
// long as something comes.
type upload struct {
	io.Reader
	control *http.ResponseController
}

// Read implements io.Reader.
func (u *upload) Read(p []byte) (int, error) {
	now := time.Now()
	// Recorders in tests have no deadlines to move.
	_ = u.control.SetReadDeadline(now.Add(slowSender))
	_ = u.control.SetWriteDeadline(now.Add(slowAnswer))
	return u.Reader.Read(p)
}

// unpacking is a compressed body, whose damage is a fault of the request.
type unpacking struct{ from io.Reader }

// Read implements io.Reader.
func (u *unpacking) Read(p []byte) (int, error) {
	n, err := u.from.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		err = unreadable("The compressed body is damaged: " + err.Error())
	}
	return n, err
}

func unreadable(message string) error {
	return domain.Rejected.New(message).WithCode("unreadable_request")
}

func tooLarge(limit int64) error {
	return domain.TooLarge.New(fmt.Sprintf("The body is larger than %d bytes; send less at once.", limit)).WithDetail("max_bytes", limit)
}

// limited is a body that fails with a fault where it grows too large.
type limited struct {
	body io.Reader
	left int64
	// limit is what was allowed in all.
	limit int64
}

// Read implements io.Reader.
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
