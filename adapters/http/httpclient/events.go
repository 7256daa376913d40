package httpclient

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"iter"
	"net/http"
	"time"

	"github.com/docsteward/docsteward/adapters/http/wire"
	"github.com/docsteward/docsteward/domain"
)

const (
	// maxEvent is the greatest size of one event, in bytes.
	maxEvent = 16 << 20
	// silence is how long a stream may say nothing: three heartbeats.
	silence = 45 * time.Second
)

// readEvents reads server-sent events as a sequence. It ends with the stream,
// or with a failing pair.
func readEvents(ctx context.Context, events *open, newItem func() any) iter.Seq2[any, error] {
	return func(yield func(any, error) bool) {
		defer events.cut()
		defer events.Close()
		watch := time.AfterFunc(silence, events.cut)
		defer watch.Stop()
		lines := bufio.NewScanner(events)
		lines.Buffer(make([]byte, 64<<10), maxEvent)
		var kind string
		var data []byte
		for lines.Scan() {
			watch.Reset(silence)
			name, value, _ := bytes.Cut(lines.Bytes(), []byte(":"))
			value = bytes.TrimPrefix(value, []byte(" "))
			switch {
			case len(lines.Bytes()) == 0:
				if data != nil && !deliver(kind, data, newItem, yield) {
					return
				}
				kind, data = "", nil
			case string(name) == "event":
				kind = string(value)
			case string(name) == "data":
				data = append(append(data, value...), '\n')
			}
		}
		if err := lines.Err(); err != nil && ctx.Err() == nil {
			yield(nil, domain.Unavailable.Wrap(err, "The stream broke off; open it again from the last event."))
		}
	}
}

// deliver yields one event and reports whether more are wanted.
func deliver(kind string, data []byte, newItem func() any, yield func(any, error) bool) bool {
	if kind == "error" {
		yield(nil, failureOf(data))
		return false
	}
	item := newItem()
	if err := json.Unmarshal(data, item); err != nil {
		yield(nil, domain.Upstream.Wrap(err, "An event of the peer cannot be read; it may be of another version."))
		return false
	}
	return yield(item, nil)
}

func failureOf(data []byte) error {
	var told struct {
		Status     int    `json:"status"`
		RetryAfter string `json:"retry_after"`
	}
	if err := json.Unmarshal(data, &told); err != nil {
		return domain.Upstream.Wrap(err, "The failure of the stream cannot be read.")
	}
	header := http.Header{}
	header.Set("Retry-After", told.RetryAfter)
	return wire.ReadFailure(told.Status, header, data)
}
