package durabledbos

import "sync"

// watch tells those who wait in this process of the end of runs that were started
// in it, so that they need not ask the store again and again.
type watch struct {
	mu      sync.Mutex
	waiting map[string]*mark
}

// mark is closed when the run it stands for has ended, or has left this process.
type mark struct{ over chan struct{} }

// mark says that the run is under way here.
func (w *watch) mark(run string) *mark {
	w.mu.Lock()
	defer w.mu.Unlock()
	m := &mark{over: make(chan struct{})}
	w.waiting[run] = m
	return m
}

// clear says that it is not any more.
func (w *watch) clear(run string, m *mark) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.waiting[run] == m {
		delete(w.waiting, run)
	}
	close(m.over)
}

// of returns the channel that is closed when the run is no more under way here, or
// nil when it is not.
func (w *watch) of(run string) <-chan struct{} {
	w.mu.Lock()
	defer w.mu.Unlock()
	if m := w.waiting[run]; m != nil {
		return m.over
	}
	return nil
}
