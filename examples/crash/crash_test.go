package crash

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"strconv"
	"sync"
	"testing"
	"time"
)

// clients is how many write at the same time.
const clients = 8

// number returns the whole number of an environment variable.
func number(t *testing.T, variable string, otherwise int) int {
	t.Helper()
	text := os.Getenv(variable)
	if text == "" {
		return otherwise
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		t.Fatalf("%s is %q and must be a whole number from 1", variable, text)
	}
	return n
}

func TestNothingAcknowledgedIsLost(t *testing.T) {
	if testing.Short() {
		t.Skip("kills and restarts take longer than a short test may")
	}
	kills, seed := number(t, "KILLS", 2), number(t, "SEED", 1)
	random := rand.New(rand.NewPCG(uint64(seed), 0))
	s := newServer(t)
	r := &reader{server: s, client: &http.Client{Transport: &http.Transport{}}}
	kept := map[string]*promise{}
	var acknowledged, underWay, survived, early, maybe int

	s.start(t)
	s.awaitReady(t)
	for kill := range kills {
		writers := round(t, s, kill, time.Duration(1+random.IntN(300))*time.Millisecond)
		s.start(t)
		if kill%4 == 3 { // kill it while it recovers, too
			after(time.Duration(random.IntN(100)) * time.Millisecond)
			s.kill(t)
			early++
			s.start(t)
		}
		s.awaitReady(t)
		for _, w := range writers {
			acknowledged += w.written
			maybe += len(w.unnamed)
			for id, p := range w.known {
				stored, err := r.verify(id, p)
				if err != nil {
					t.Errorf("kill %d: %v", kill+1, err)
				}
				if p.pending != "" {
					underWay++
				}
				if stored.Version > p.acknowledged.Version {
					survived++
				}
				kept[id] = &promise{acknowledged: stored} // of version 0 when it is absent
			}
		}
		r.client.CloseIdleConnections()
		if t.Failed() {
			t.Fatalf("seed %d; the last of the log:\n%s", seed, s.lastLog())
		}
	}
	verifyAll(t, r, kept, maybe)
	t.Logf("seed %d: %d kills under load and %d during recovery; %d writes acknowledged to %d clients, 0 lost; of %d puts under way %d were kept; %d documents at the end",
		seed, kills, early, acknowledged, clients, underWay, survived, len(kept))
	if acknowledged == 0 {
		t.Error("no write was acknowledged before a kill")
	}
}

// round writes from all clients, kills the process in the midst of it and
// returns what the clients know.
func round(t *testing.T, s *server, kill int, life time.Duration) []*writer {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	writers := make([]*writer, clients)
	var group sync.WaitGroup
	for i := range writers {
		w := &writer{server: s, name: fmt.Sprintf("k%04dc%d", kill, i), known: map[string]*promise{}}
		writers[i] = w
		group.Go(func() {
			if err := w.run(ctx); err != nil {
				t.Errorf("kill %d, client %d: the living process refused: %v", kill+1, i, err)
			}
		})
	}
	after(life)
	s.kill(t)
	group.Wait()
	return writers
}

// after waits for a random instant, which no event announces.
func after(d time.Duration) { <-time.NewTimer(d).C }

// verifyAll checks every document of every round once more, that each of its
// versions was told once, and that there are no documents but these and those that
// were under way without an id.
func verifyAll(t *testing.T, r *reader, kept map[string]*promise, maybe int) {
	t.Helper()
	present := 0
	for id, p := range kept {
		stored, err := r.verify(id, p)
		if stored.Version > 0 {
			present++
			err = errors.Join(err, r.events(stored))
		}
		if err != nil {
			t.Errorf("at the end: %v", err)
		}
	}
	all, _, err := get[page[document]](r, query("/api/v1/documents", "limit", "1"))
	if err != nil || all.Total < present || all.Total > present+maybe {
		t.Errorf("the store holds %d documents, %v; want %d and at most %d that were under way", all.Total, err, present, maybe)
	}
}
