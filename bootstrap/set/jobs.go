package set

import (
	"fmt"

	"github.com/google/wire"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	appjobs "github.com/docsteward/docsteward/application/jobs"
	"github.com/docsteward/docsteward/bootstrap/kit"
	"github.com/docsteward/docsteward/ports/jobs"
)

// SQLJobs remembers the runs of jobs in the database of their service.
var SQLJobs = wire.NewSet(sqlkit.NewLedger, wire.Bind(new(jobs.Ledger), new(*sqlkit.Ledger)))

// NewScheduler returns the scheduler of a service, whose jobs show their age as
// the metric <prefix>_job_age_seconds.
func NewScheduler(s *kit.Service, ledger jobs.Ledger, prefix string, list []appjobs.Job) *appjobs.Scheduler {
	scheduler := appjobs.New(appjobs.Deps{Ledger: ledger, Clock: s.Clock, IDs: s.IDs, Random: NewRandom(), Logger: s.Logger}, list...)
	prometheus.WrapRegistererWith(prometheus.Labels{"service": s.ID}, s.Registry).MustRegister(jobAges{
		scheduler, prometheus.NewDesc(prefix+"_job_age_seconds", "Seconds since the job last succeeded.", []string{"job"}, nil),
	})
	return scheduler
}

// jobAges shows how long ago jobs last succeeded.
type jobAges struct {
	scheduler *appjobs.Scheduler
	age       *prometheus.Desc
}

// Describe implements prometheus.Collector.
func (j jobAges) Describe(out chan<- *prometheus.Desc) { out <- j.age }

// Collect implements prometheus.Collector.
func (j jobAges) Collect(out chan<- prometheus.Metric) {
	for name, age := range j.scheduler.Ages() {
		out <- prometheus.MustNewConstMetric(j.age, prometheus.GaugeValue, age.Seconds(), name)
	}
}

// withJobs adds how the jobs fare to what health tells.
func withJobs(details func() map[string]any, s *appjobs.Scheduler) func() map[string]any {
	return func() map[string]any {
		all := details()
		states := make(map[string]any)
		for _, job := range s.States() {
			states[job.Name] = map[string]any{
				"last_success": job.LastSuccess, "last_start": job.LastStart, "last_error": job.LastError,
				"running": job.Running, "stale": job.Stale,
			}
		}
		all["jobs"] = states
		return all
	}
}

// staleJob says that a job is stale, or nothing.
func staleJob(s *appjobs.Scheduler) func() string {
	return func() string {
		for _, job := range s.States() {
			if job.Stale {
				return fmt.Sprintf("The job %s has not succeeded for three intervals; see /api/v1/jobs for why.", job.Name)
			}
		}
		return ""
	}
}
