package httpkit

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"net/http"
	"reflect"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/docsteward/docsteward/adapters/http/wire"
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
// stream returns.
// The sequence ends with the context that opened it.
func (e *endpoint) stream(c echo.Context, ctx context.Context, command any) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	reply, err := e.op.Slot.Invoke(ctx, command)
	if err != nil {
		return err
	}
	items := make(chan item)
	go produce(ctx, reply.Value.(iter.Seq2[any, error]), items)
	defer func() {
		cancel()
		for range items { // until the producer has seen the end
		}
	}()
	response := c.Response()
	response.Header().Set("Content-Type", "text/event-stream")
	response.Header().Set("Cache-Control", "no-store")
	response.WriteHeader(http.StatusOK)
	out := &events{writer: response, control: http.NewResponseController(response.Writer)}
	out.send(": open\n\n")
	heartbeat := time.NewTicker(e.server.options.Heartbeat)
	defer heartbeat.Stop()
	draining := e.server.drain.started()
	for out.err == nil {
		select {
		case <-draining:
			return nil
		case next, open := <-items:
			if !open {
				return nil
			}
			out.send(e.spell(c, next))
		case <-heartbeat.C:
			out.send(": alive\n\n")
		case <-ctx.Done():
			return nil
		}
	}
	return nil
}

func produce(ctx context.Context, sequence iter.Seq2[any, error], items chan<- item) {
	defer close(items)
	for value, err := range sequence {
		select {
		case items <- item{value, err}:
		case <-ctx.Done():
			return
		}
	}
}

// spell writes one pair: its data, or as the last one its fault with the status
// that would have told it.
func (e *endpoint) spell(c echo.Context, next item) string {
	if next.err != nil {
		return failed(c, next.err, e.server)
	}
	data, err := json.Marshal(next.value)
	if err != nil {
		return failed(c, domain.Internal.Wrap(err, "The event cannot be written as JSON."), e.server)
	}
	id := ""
	if e.event != nil {
		id = fmt.Sprintf("id: %v\n", reflect.ValueOf(next.value).FieldByIndex(e.event).Interface())
	}
	return id + "data: " + string(data) + "\n\n"
}

func failed(c echo.Context, err error, s *Server) string {
	status, body := wire.Failure(http.Header{}, err, requestID(c), s.options.Clock.Now(), s.options.Debug)
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

func (w *events) send(text string) {
	// Recorders in tests have no deadline to move.
	_ = w.control.SetWriteDeadline(time.Now().Add(slowReader))
	if _, w.err = w.writer.Write([]byte(text)); w.err == nil {
		w.err = w.control.Flush()
	}
}
