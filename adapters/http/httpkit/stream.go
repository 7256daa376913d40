package httpkit

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"os"
	"reflect"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/docsteward/docsteward/adapters/bind"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/usecase"
)

// slowReader is how long one event may take to be written before its reader is
// cut off.
const slowReader = 10 * time.Second

// eventField finds the field of a stream's items that is the resume token.
func eventField(op usecase.Operation) []int {
	t := op.Slot.Value()
	if !op.Streaming || t.Kind() != reflect.Struct {
		return nil
	}
	for i := range t.NumField() {
		if t.Field(i).Tag.Get("event") == "id" {
			return []int{i}
		}
	}
	return nil
}

// item is one pair of a sequence on its way to the writer.
type item struct {
	value any
	err   error
}

// stream writes a sequence as server-sent events. A producing goroutine reads
// the sequence, so that an idle one still sends heartbeats; it has ended when
// stream returns. The sequence ends with the context that opened it.
func (e *endpoint) stream(c echo.Context, ctx context.Context, command any) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	reply, err := e.op.Slot.Invoke(ctx, command)
	if err != nil {
		return err
	}
	items := make(chan item)
	go e.produce(ctx, reply.Value.(iter.Seq2[any, error]), items)
	defer func() {
		cancel()
		for range items { // until the producer has seen the end
		}
	}()
	out := openEvents(c.Response())
	e.deliver(ctx, c, items, out)
	if errors.Is(out.err, os.ErrDeadlineExceeded) {
		slow := domain.RateLimited.New("The reader of the stream is too slow.")
		e.server.metrics.failed(slow, c.Path())
		e.server.options.Logger.WarnContext(ctx, "slow reader cut off", "path", c.Request().URL.Path)
	}
	return nil
}

// deliver writes what comes until the sequence ends, the reader goes, or the
// server drains; the reader is told of the last, for the sequence is not over.
func (e *endpoint) deliver(ctx context.Context, c echo.Context, items <-chan item, out *events) {
	draining := e.server.drain.started()
	heartbeat := e.server.options.Clock.NewTimer(e.server.options.Heartbeat)
	defer func() { heartbeat.Stop() }()
	for out.err == nil {
		select {
		case <-draining:
			stopping := domain.Unavailable.New("The server is stopping; open the stream again from the last event.").WithRetryAfter(time.Second)
			out.send(e.failed(c, stopping))
			return
		case next, open := <-items:
			if !open {
				return
			}
			out.send(e.spell(c, next))
			if next.err != nil {
				return
			}
		case <-heartbeat.C():
			out.send(": alive\n\n")
			heartbeat = e.server.options.Clock.NewTimer(e.server.options.Heartbeat)
		case <-ctx.Done():
			return
		}
	}
}

// produce hands on what the sequence yields. A panic of it is its last fault.
func (e *endpoint) produce(ctx context.Context, sequence iter.Seq2[any, error], items chan<- item) {
	defer close(items)
	send := func(next item) bool {
		select {
		case items <- next:
			return true
		case <-ctx.Done():
			return false
		}
	}
	defer func() {
		if panicked := recover(); panicked != nil {
			send(item{err: e.server.logPanic(ctx, panicked)})
		}
	}()
	for value, err := range sequence {
		if !send(item{value, err}) {
			return
		}
	}
}

// spell writes one pair: its data, or as the last one its fault with the status
// that would have told it.
func (e *endpoint) spell(c echo.Context, next item) string {
	if next.err != nil {
		return e.failed(c, next.err)
	}
	data, err := bind.Value(next.value)
	if err != nil {
		return e.failed(c, domain.Internal.Wrap(err, "The event cannot be written as JSON."))
	}
	id := ""
	if e.event != nil {
		token := fmt.Sprint(reflect.ValueOf(next.value).FieldByIndex(e.event).Interface())
		id = "id: " + oneLine.Replace(token) + "\n"
	}
	return id + "data: " + string(data) + "\n\n"
}

var oneLine = strings.NewReplacer("\n", " ", "\r", " ", "\x00", " ")

func (e *endpoint) failed(c echo.Context, err error) string {
	e.server.metrics.failed(domain.FaultOf(err), c.Path())
	status, body := e.server.failure(c, err).Write(http.Header{})
	envelope := strings.Replace(string(body), "{", fmt.Sprintf(`{"status":%d,"retry_after":%q,`, status, retryAfter(err)), 1)
	return "event: error\ndata: " + envelope + "\n\n"
}

func retryAfter(err error) string {
	if wait := domain.FaultOf(err).RetryAfter; wait > 0 {
		return fmt.Sprint(int64((wait + time.Second - 1) / time.Second))
	}
	return ""
}

// events writes and flushes; the first failure, such as a reader that is too
// slow, ends it.
type events struct {
	writer  http.ResponseWriter
	control *http.ResponseController
	err     error
}

// openEvents answers the request as a stream.
func openEvents(response *echo.Response) *events {
	response.Header().Set("Content-Type", "text/event-stream")
	response.Header().Set("Cache-Control", "no-store")
	response.Header().Set("X-Accel-Buffering", "no")
	response.WriteHeader(http.StatusOK)
	out := &events{writer: response, control: http.NewResponseController(response.Writer)}
	out.send(": open\n\n")
	return out
}

func (w *events) send(text string) {
	// Recorders in tests have no deadline to move.
	_ = w.control.SetWriteDeadline(time.Now().Add(slowReader))
	if _, w.err = w.writer.Write([]byte(text)); w.err == nil {
		w.err = w.control.Flush()
	}
}
