package prom

import (
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"
)

// processor tells how busy the process kept its processors since it was last
// asked, in percent of all that it may use.
type processor struct {
	mu   sync.Mutex
	used time.Duration
	at   time.Time
}

func (p *processor) percent() float64 {
	used, now := processorTime(), time.Now()
	p.mu.Lock()
	defer p.mu.Unlock()
	before, since := p.used, p.at
	p.used, p.at = used, now
	wall := now.Sub(since)
	if since.IsZero() || wall <= 0 {
		return 0
	}
	return 100 * float64(used-before) / float64(wall) / float64(runtime.GOMAXPROCS(0))
}

// bytesOf reads one counter of /proc/self/io; 0 where there is none.
func bytesOf(counter string) func() float64 {
	return func() float64 {
		data, err := os.ReadFile("/proc/self/io")
		if err != nil {
			return 0
		}
		for line := range strings.Lines(string(data)) {
			if text, found := strings.CutPrefix(line, counter+": "); found {
				n, _ := strconv.ParseFloat(strings.TrimSpace(text), 64)
				return n
			}
		}
		return 0
	}
}
