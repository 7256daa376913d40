package cli

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/docsteward/docsteward/ports/clock"
)

// When a bar is first drawn, and how often it is drawn anew.
const (
	progressAfter = 500 * time.Millisecond
	progressEvery = 100 * time.Millisecond
	progressWidth = 30
)

// Progress draws a bar while long work goes on; work that is soon done shows
// none. It is safe for concurrent use.
type Progress struct {
	terminal io.Writer
	clock    clock.Clock

	mu           sync.Mutex
	began, drawn time.Time
}

// NewProgress returns a bar on w, such as standard error. Where w is no terminal
// nothing is ever drawn.
func NewProgress(w io.Writer, clock clock.Clock) *Progress {
	p := &Progress{terminal: w, clock: clock}
	if !isTerminal(w) {
		p.terminal = nil
	}
	return p
}

// Step tells that so many of all are done.
func (p *Progress) Step(done, total int) {
	if p.terminal == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.clock.Now()
	if p.began.IsZero() {
		p.began = now
	}
	if now.Sub(p.began) < progressAfter || now.Sub(p.drawn) < progressEvery {
		return
	}
	p.drawn = now
	filled := progressWidth * done / max(total, 1)
	// A terminal that cannot be written to shows no bar; the work goes on.
	_, _ = fmt.Fprintf(p.terminal, "\r[%s%s] %d of %d", strings.Repeat("#", filled), strings.Repeat(".", progressWidth-filled), done, total)
}

// Clear takes the bar away, so that what is printed next stands alone.
func (p *Progress) Clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.drawn.IsZero() {
		_, _ = fmt.Fprint(p.terminal, "\r\x1b[K")
	}
	p.began, p.drawn = time.Time{}, time.Time{}
}
