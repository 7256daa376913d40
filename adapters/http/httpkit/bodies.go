package httpkit

import (
	"bytes"
	"sync"
)

// maxKept bounds the buffers that are kept, so that one great answer does not
// hold its memory for ever.
const maxKept = 64 << 10

// bodies are the buffers that answers are written into, used again and again.
type bodies struct{ pool sync.Pool }

func (b *bodies) take() *bytes.Buffer {
	if body, ok := b.pool.Get().(*bytes.Buffer); ok {
		return body
	}
	return new(bytes.Buffer)
}

// give takes back a buffer that nobody reads any more.
func (b *bodies) give(body *bytes.Buffer) {
	if body.Cap() <= maxKept {
		body.Reset()
		b.pool.Put(body)
	}
}
