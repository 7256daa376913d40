package crash

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

// target is the system that workflows call. It honours the Idempotency-Key: what a
// key has done is not done again, and is answered as before. It answers a step whose
// name is refuse with a refusal.
type target struct {
	url string
	// pace is how long a call takes.
	pace time.Duration

	mu sync.Mutex
	// epoch counts the deaths of processes that call.
	epoch    int
	arrivals []arrival
	done     map[string]bool
	effects  map[string][]effect
	trap     *trap
}

// arrival is a call that came, from a process of the epoch.
type arrival struct {
	run, step, key string
	epoch          int
}

// effect is what the first call with a key did.
type effect struct{ step, key string }

// trap is sprung by a call of a run: that of the number, from 1, before or after
// it has been answered. Without an answer the call hangs until its caller is gone.
type trap struct {
	run      string
	number   int
	answered bool
	calls    int
	sprung   chan struct{}
}

type epochKey struct{}

// newTarget serves a target until the test is over.
func newTarget(t *testing.T) *target {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	g := &target{url: "http://" + listener.Addr().String(), done: make(map[string]bool), effects: make(map[string][]effect)}
	server := &http.Server{Handler: g, ReadHeaderTimeout: patience, ConnContext: func(ctx context.Context, _ net.Conn) context.Context {
		g.mu.Lock()
		defer g.mu.Unlock()
		return context.WithValue(ctx, epochKey{}, g.epoch)
	}}
	server.SetKeepAlivesEnabled(false) // each call tells by its connection when its caller lived
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	t.Cleanup(func() {
		_ = server.Close()
		<-ended
	})
	return g
}

// ServeHTTP implements http.Handler: it does the step /run/step.
func (g *target) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	run, step, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	key := r.Header.Get("Idempotency-Key")
	if run == "fence" {
		return
	}
	epoch, _ := r.Context().Value(epochKey{}).(int)
	if g.pace > 0 {
		after(g.pace)
	}
	sprung := g.arrive(arrival{run, step, key, epoch})
	if sprung != nil && !sprung.answered {
		close(sprung.sprung)
		<-r.Context().Done()
		return
	}
	answer := fmt.Sprintf(`{"step":%q,"sum":%d}`, step, len(step))
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", fmt.Sprint(len(answer)))
	if step == "refuse" {
		w.WriteHeader(http.StatusUnprocessableEntity)
	}
	_, _ = w.Write([]byte(answer)) // a caller that is gone asks again
	if sprung != nil {
		_ = http.NewResponseController(w).Flush()
		close(sprung.sprung)
	}
}

// arrive notes a call and what it does, and returns the trap that it springs.
func (g *target) arrive(a arrival) *trap {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.arrivals = append(g.arrivals, a)
	if !g.done[a.key] {
		g.done[a.key] = true
		g.effects[a.run] = append(g.effects[a.run], effect{a.step, a.key})
	}
	if g.trap == nil || g.trap.run != a.run {
		return nil
	}
	if g.trap.calls++; g.trap.calls != g.trap.number {
		return nil
	}
	return g.trap
}

// arm sets a trap and returns the channel that is closed when it is sprung.
func (g *target) arm(run string, number int, answered bool) <-chan struct{} {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.trap = &trap{run: run, number: number, answered: answered, sprung: make(chan struct{})}
	return g.trap.sprung
}

// died begins the next epoch once every connection that a dead process made has been
// taken: connections are taken in the order in which they were made.
func (g *target) died(t *testing.T) {
	t.Helper()
	answer, err := http.Get(g.url + "/fence")
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	g.mu.Lock()
	defer g.mu.Unlock()
	g.epoch++
}

// did returns the effects of a run, in their order.
func (g *target) did(run string) []effect {
	g.mu.Lock()
	defer g.mu.Unlock()
	return append([]effect(nil), g.effects[run]...)
}

// repeats counts the calls beyond the first with the same key, and lists the keys
// that one living process used twice.
func (g *target) repeats() (repeated int, twice []string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	seen, within := make(map[string]bool), make(map[arrival]bool)
	for _, a := range g.arrivals {
		if seen[a.key] {
			repeated++
		}
		if within[a] {
			twice = append(twice, fmt.Sprintf("%s of run %s with key %s", a.step, a.run, a.key))
		}
		seen[a.key], within[a] = true, true
	}
	return repeated, twice
}

// came is how many calls have come.
func (g *target) came() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return len(g.arrivals)
}
