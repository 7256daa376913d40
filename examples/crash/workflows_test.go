package crash

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/docsteward/docsteward/adapters/sql/sqltest"
)

// flowing is a server of workflows on SQLite, as two builds that take turns: runs
// that one has begun go on under the other.
type flowing struct {
	*server
	builds []string
	starts int
}

func newFlowing(t *testing.T) *flowing {
	t.Helper()
	if testing.Short() {
		t.Skip("kills and restarts take longer than a short test may")
	}
	f := &flowing{builds: []string{build(t, "../cli", "one"), build(t, "../cli", "two")}}
	f.server = place(t, "")
	f.arguments = []string{"serve", "--services", "orchestrator"}
	f.environment = append(f.environment, fmt.Sprint("ORCHESTRATOR_PORT=", f.port), "WEBHOOK_ALLOWED_HOSTS=127.0.0.1", "LOG_LEVEL=ERROR")
	return f
}

// next starts the other build.
func (f *flowing) next(t *testing.T) {
	t.Helper()
	f.program = f.builds[f.starts%len(f.builds)]
	f.starts++
	f.start(t)
}

// newFlowingOnPostgres is a server of all services on a PostgreSQL database of its own,
// as two builds that take turns.
func newFlowingOnPostgres(t *testing.T) *flowing {
	t.Helper()
	if testing.Short() {
		t.Skip("kills and restarts take longer than a short test may")
	}
	database, err := pgx.ParseConfig(sqltest.StartPostgres(t).DSN)
	if err != nil {
		t.Fatal(err)
	}
	builds := []string{build(t, "../server", "one"), build(t, "../server", "two")}
	return &flowing{server: newShared(t, builds[0], database), builds: builds}
}

// TestSagasKilledAtEachCall kills the server at each call of a saga that fails: when
// the call has come and is not answered, and when it has been answered. A call is a
// step, so these are the boundaries of all steps, those that undo too.
func TestSagasKilledAtEachCall(t *testing.T) {
	for _, c := range []struct {
		store string
		open  func(*testing.T) *flowing
	}{{"sqlite", newFlowing}, {"postgres", newFlowingOnPostgres}} {
		t.Run(c.store, func(t *testing.T) { killAtEachCall(t, c.open(t), c.store) })
	}
}

func killAtEachCall(t *testing.T, s *flowing, store string) {
	g := newTarget(t)
	s.next(t)
	s.awaitReady(t)
	d := newDesk(t, s.server, g)
	kills := 0
	var longest time.Duration
	for _, k := range d.kinds[:min(number(t, "SAGAS", 1), len(d.kinds))] {
		for call := range 2*len(k.does) + 1 {
			for _, answered := range []bool{false, true} {
				sprung := g.arm(fmt.Sprint("r", len(d.runs)), call+1, answered)
				r, err := d.begin(s.server, k, "refuse")
				if err != nil || r.id == "" {
					t.Fatalf("the run was not accepted: %v", err)
				}
				<-sprung
				s.kill(t)
				died := time.Now()
				kills++
				g.died(t)
				s.next(t)
				s.awaitReady(t)
				d.ended(t, s.server, r.id)
				longest = max(longest, time.Since(died))
			}
		}
	}
	d.report(t, s.server, fmt.Sprintf("%s, %d kills at each call, ended within %v of the death", store, kills, longest.Round(10*time.Millisecond)))
}

// TestSagasKilledAtRandom kills the server at random instants while many runs are
// under way, and while it recovers.
func TestSagasKilledAtRandom(t *testing.T) {
	kills, seed := number(t, "RUN_KILLS", 5), number(t, "SEED", 1)
	random := rand.New(rand.NewPCG(uint64(seed), 1))
	s, g := newFlowing(t), newTarget(t)
	g.pace = 20 * time.Millisecond
	s.next(t)
	s.awaitReady(t)
	d := newDesk(t, s.server, g)
	for kill := range kills {
		begun := make(chan error, 1)
		go func() {
			begun <- d.beginMany(s.server, rand.New(rand.NewPCG(uint64(seed), uint64(kill))), 64)
		}()
		after(time.Duration(1+random.IntN(600)) * time.Millisecond)
		s.kill(t)
		if err := <-begun; err != nil {
			t.Fatalf("kill %d: the living server refused: %v", kill+1, err)
		}
		g.died(t)
		s.next(t)
		if kill%4 == 3 { // kill it while it recovers, too
			after(time.Duration(random.IntN(400)) * time.Millisecond)
			s.kill(t)
			g.died(t)
			s.next(t)
		}
		s.awaitReady(t)
	}
	d.settle(t, s.server)
	d.report(t, s.server, fmt.Sprintf("sqlite, seed %d, %d kills at random and %d during recovery", seed, kills, kills/4))
}

// beginMany asks for runs of all kinds and verdicts, while no more than so many are
// under way, until the server is gone. It fails where the living server refuses.
func (d *desk) beginMany(s *server, random *rand.Rand, bound int) error {
	for {
		open, status, err := d.count(s, "running")
		if err != nil && status != 0 {
			return err
		}
		if err != nil {
			return nil
		}
		if open >= bound {
			continue // the question takes a while
		}
		r, err := d.begin(s, d.kinds[random.IntN(len(d.kinds))], verdicts[random.IntN(len(verdicts))])
		if err != nil || r.id == "" {
			return err
		}
	}
}

// report audits all runs and prints the figures.
func (d *desk) report(t *testing.T, s *server, what string) {
	t.Helper()
	a := d.audit(t, s)
	t.Logf("%s: %d runs accepted, %d lost; %d asked for and not answered, of which %d were begun and ended; %d effects, each once; %d calls repeated with the same key",
		what, a.accepted, a.lost, a.unanswered, a.begun, a.effects, a.repeats)
	if a.accepted == 0 || a.effects == 0 {
		t.Error("no run was accepted, or none did anything")
	}
}
