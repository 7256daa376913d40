package jobs_test

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"github.com/docsteward/docsteward/adapters/memory/memkit"
	app "github.com/docsteward/docsteward/application/jobs"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/clock/clocktest"
	"github.com/docsteward/docsteward/ports/ids/idstest"
	"github.com/docsteward/docsteward/ports/jobs"
	"github.com/docsteward/docsteward/ports/usecase"
)

// yard is a scheduler of one hourly job and one on request, whose clock a test moves.
type yard struct {
	*app.Scheduler
	clock  *clocktest.Manual
	ledger jobs.Ledger
	list   usecase.Port[jobs.ListJobs, jobs.JobList]
	begin  usecase.Port[jobs.RunJob, jobs.Job]
	// runs takes the name of each job as it runs; answers gives what it returns.
	runs    chan string
	answers chan error
}

func newYard(clock *clocktest.Manual, ledger jobs.Ledger) *yard {
	y := &yard{clock: clock, ledger: ledger, runs: make(chan string), answers: make(chan error, 10)}
	do := func(name string) func(context.Context) error {
		return func(ctx context.Context) error {
			select {
			case y.runs <- name:
				return <-y.answers
			case <-ctx.Done():
				return ctx.Err()
			}
		}
	}
	y.Scheduler = app.New(app.Deps{Ledger: ledger, Clock: clock, IDs: idstest.New("run"), Random: func() float64 { return 0.5 }, Logger: slog.New(slog.DiscardHandler)},
		app.Job{Name: "hourly", Description: "Comes by itself.", Every: time.Hour, Do: do("hourly")},
		app.Job{Name: "asked", Description: "Comes when asked.", Do: do("asked")})
	y.Fill(&y.list, &y.begin)
	return y
}

// work lets the worker run until the test ends, and waits for its end.
func (y *yard) work(t *testing.T) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- y.Work(ctx) }()
	return func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
}

func (y *yard) job(t *testing.T, name string) jobs.Job {
	t.Helper()
	all, err := y.list.Execute(t.Context(), jobs.ListJobs{}).Unwrap()
	if err != nil {
		t.Fatal(err)
	}
	for _, j := range all.Items {
		if j.Name == name {
			return j
		}
	}
	t.Fatalf("there is no job %s in %+v", name, all)
	return jobs.Job{}
}

func TestAJobRunsByItsIntervalAndIsRemembered(t *testing.T) {
	y := newYard(clocktest.New(), memkit.NewLedger(memkit.New()))
	stop := y.work(t)
	y.clock.AwaitTimers(1) // half a minute of jitter
	if j := y.job(t, "hourly"); j.LastStart != nil || !j.NextRun.Equal(clocktest.Start.Add(30*time.Second)) {
		t.Errorf("before the first run: %+v", j)
	}
	y.clock.Advance(30 * time.Second)
	<-y.runs
	if j := y.job(t, "hourly"); !j.Running {
		t.Errorf("while it runs: %+v", j)
	}
	y.clock.Advance(2 * time.Second)
	y.answers <- nil
	y.clock.AwaitTimers(1)
	first := y.job(t, "hourly")
	if first.Running || first.DurationSeconds != 2 || first.LastError != "" || !first.LastSuccess.Equal(y.clock.Now()) {
		t.Errorf("after it ran: %+v", first)
	}
	y.clock.Advance(time.Hour)
	<-y.runs
	y.answers <- domain.Storage.New("The disk is full.")
	y.clock.AwaitTimers(1)
	if j := y.job(t, "hourly"); j.LastError != "The disk is full." || !j.LastSuccess.Equal(*first.LastSuccess) {
		t.Errorf("after it failed: %+v", j)
	}
	stop()

	y.clock.Advance(time.Minute)
	next := newYard(y.clock, y.ledger)
	stop = next.work(t)
	defer stop()
	y.clock.AwaitTimers(1)
	if j := next.job(t, "hourly"); j.LastError == "" || !j.LastSuccess.Equal(*first.LastSuccess) || !j.NextRun.After(y.clock.Now()) {
		t.Errorf("after a restart: %+v", j)
	}
}

func TestARequestBeginsAJobOnce(t *testing.T) {
	y := newYard(clocktest.New(), memkit.NewLedger(memkit.New()))
	request := func(name string) (jobs.Job, error) {
		return y.begin.Execute(t.Context(), jobs.RunJob{Name: name}).Unwrap()
	}
	if j, err := request("asked"); err != nil || !j.Running || j.RunID != "run-1" {
		t.Fatalf("asked: %+v, %v", j, err)
	}
	if _, err := request("asked"); !errors.Is(err, domain.Conflict) {
		t.Errorf("asked twice: %v", err)
	}
	if _, err := request("unknown"); !errors.Is(err, domain.NotFound) {
		t.Errorf("unknown: %v", err)
	}
	defer y.work(t)()
	if name := <-y.runs; name != "asked" {
		t.Errorf("%s ran", name)
	}
	y.answers <- nil
	y.clock.AwaitTimers(1)
	if j := y.job(t, "asked"); j.Running || j.LastSuccess == nil || j.Stale || j.NextRun != nil {
		t.Errorf("done: %+v", j)
	}
	if _, err := request("asked"); err != nil {
		t.Errorf("asked again: %v", err)
	}
	<-y.runs
	y.answers <- nil
	y.clock.AwaitTimers(1)
}

func TestTwoProcessesRunAJobOnce(t *testing.T) {
	clock, ledger := clocktest.New(), memkit.NewLedger(memkit.New())
	a, b := newYard(clock, ledger), newYard(clock, ledger)
	b.runs, b.answers = a.runs, a.answers
	stopA, stopB := a.work(t), b.work(t)
	clock.AwaitTimers(2)
	clock.Advance(time.Minute)
	<-a.runs
	a.answers <- nil
	clock.AwaitTimers(2)
	clock.Advance(time.Minute)
	clock.AwaitTimers(2)
	stopA()
	stopB()
	select {
	case <-a.runs:
		t.Error("the job ran twice")
	default:
	}
}

func TestAJobThatKeepsFailingIsStale(t *testing.T) {
	y := newYard(clocktest.New(), memkit.NewLedger(memkit.New()))
	y.clock.Advance(3 * time.Hour)
	if j := y.job(t, "hourly"); j.Stale || y.Ages()["hourly"] != 3*time.Hour {
		t.Errorf("three intervals: %+v, %v", j, y.Ages())
	}
	y.clock.Advance(time.Second)
	if j := y.job(t, "hourly"); !j.Stale {
		t.Errorf("more than three intervals: %+v", j)
	}
	if _, there := y.Ages()["asked"]; there {
		t.Error("a job without interval has an age")
	}
}
