package crash

import (
	"fmt"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/docsteward/docsteward/adapters/sql/sqltest"
)

// takeover is how long the runs of a dead process may wait for another one.
const takeover = 30 * time.Second

// TestSagasAreTakenOver lets two servers share a PostgreSQL database. One is killed
// while it works on runs; the other takes them over. Then the dead one comes back, and
// the other is killed.
func TestSagasAreTakenOver(t *testing.T) {
	if testing.Short() {
		t.Skip("kills and restarts take longer than a short test may")
	}
	g := newTarget(t)
	database, err := pgx.ParseConfig(sqltest.StartPostgres(t).DSN)
	if err != nil {
		t.Fatal(err)
	}
	g.pace = 100 * time.Millisecond
	program := build(t, "../server", "one")
	servers := []*server{newShared(t, program, database), newShared(t, program, database)}
	for _, s := range servers {
		s.start(t)
		s.awaitReady(t)
	}
	d := newDesk(t, servers[0], g)
	var longest time.Duration
	kills := number(t, "TAKEOVERS", 2)
	for kill := range kills {
		dying, heir := servers[kill%2], servers[(kill+1)%2]
		longest = max(longest, d.takenOver(t, dying, heir))
		dying.start(t)
		dying.awaitReady(t)
	}
	d.settle(t, servers[0])
	d.report(t, servers[0], fmt.Sprintf("postgres, 2 servers, %d killed", kills))
	t.Logf("taken over and ended within %v of the death, bar %v", longest.Round(10*time.Millisecond), takeover)
	if longest > takeover {
		t.Errorf("it took %v until the runs of the dead server had ended, want at most %v", longest, takeover)
	}
}

// newShared is a server of all services on the database.
func newShared(t *testing.T, program string, database *pgx.ConnConfig) *server {
	t.Helper()
	s := place(t, program)
	s.environment = append(s.environment, fmt.Sprint("ORCHESTRATOR_PORT=", s.port), "DOC_STORE_PORT=0", "SOURCE_AGENT_PORT=0", "ANALYSIS_SERVICE_PORT=0",
		"CODE_ANALYZER_PORT=0", "WEBHOOK_ALLOWED_HOSTS=127.0.0.1", "LOG_LEVEL=ERROR", "DOCSTEWARD_ENV=singlenode", "POSTGRES_HOST="+database.Host,
		"POSTGRES_DB="+database.Database, "POSTGRES_USER="+database.User, "POSTGRES_PASSWORD=none", "POSTGRES_SSLMODE=disable")
	return s
}

// takenOver begins runs of all kinds at one server, kills it in the midst of them,
// and returns how long the other takes until all have ended.
func (d *desk) takenOver(t *testing.T, dying, heir *server) time.Duration {
	t.Helper()
	before := d.target.came()
	var begun []*run
	for _, k := range d.kinds {
		for _, verdict := range verdicts {
			r, err := d.begin(dying, k, verdict)
			if err != nil || r.id == "" {
				t.Fatalf("a run was not accepted: %v\n%s", err, dying.lastLog())
			}
			begun = append(begun, r)
		}
	}
	if !poll(func() bool { return d.target.came() >= before+2*len(begun) }) {
		t.Fatalf("the runs stand still:\n%s", dying.lastLog())
	}
	dying.kill(t)
	died := time.Now()
	d.target.died(t)
	for _, r := range begun {
		d.ended(t, heir, r.id)
	}
	return time.Since(died)
}
