package jobs

import (
	"time"

	"github.com/docsteward/docsteward/ports/usecase"
)

// Job is a background job as callers see it.
type Job struct {
	Name            string     `json:"name" description:"Name of the job."`
	Description     string     `json:"description" description:"What the job does."`
	IntervalSeconds float64    `json:"interval_seconds" description:"How often it runs; 0 when only on request."`
	Running         bool       `json:"running" description:"Whether a run is under way or about to begin."`
	RunID           string     `json:"run_id,omitempty" description:"Identifier of the last run."`
	LastStart       *time.Time `json:"last_start,omitempty" description:"When the last run began."`
	LastSuccess     *time.Time `json:"last_success,omitempty" description:"When the last run that succeeded ended."`
	LastError       string     `json:"last_error,omitempty" description:"Why the last finished run failed; absent when it succeeded."`
	DurationSeconds float64    `json:"duration_seconds" description:"How long the last finished run took."`
	NextRun         *time.Time `json:"next_run,omitempty" description:"About when the next run begins."`
	Stale           bool       `json:"stale" description:"Whether the last success is older than three intervals."`
}

// ListJobs lists the background jobs.
type ListJobs struct{}

// JobList is all background jobs.
type JobList struct {
	Items []Job `json:"items" description:"The jobs, by name."`
	Total int   `json:"total" description:"How many jobs there are."`
}

// RunJob begins a background job at once.
type RunJob struct {
	Name string `json:"name" path:"name" maxLength:"64" description:"Name of the job."`
}

// Operations are the rows of a service that runs jobs, for its own table. read
// and run are the permissions to see jobs and to begin them.
func Operations(list *usecase.Port[ListJobs, JobList], begin *usecase.Port[RunJob, Job], read, run string) []usecase.Operation {
	return []usecase.Operation{
		usecase.Get("/api/v1/jobs", "List the background jobs with how they fared.", list, usecase.Needs(read)),
		usecase.Post("/api/v1/jobs/{name}/run", "Begin a background job at once.", begin, usecase.Accepted, usecase.Needs(run)),
	}
}
