package ingestsql

import (
	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/ingest"
)

// jobRow is a job; Version is its revision. A job that holds no slot has no value there.
type jobRow struct {
	ID       string `gorm:"primaryKey"`
	Address  string
	Kind     string
	Status   string
	Slot     *int
	Priority int
	Request  request `gorm:"serializer:json"`
	Run      string
	Source   string
	RetryOf  string
	Counts   countColumns `gorm:"embedded"`
	Detail   detail       `gorm:"serializer:json"`
	Asked    sqlkit.Instant
	Started  sqlkit.Instant
	Moved    sqlkit.Instant
	Ended    sqlkit.Instant
	Version  int
}

func (jobRow) TableName() string { return "ingestions" }

// countColumns are the columns of ingest.Counts.
type countColumns struct {
	Stored, Unchanged, Failed, Remaining, Deleted, Duplicates int
}

// request is what was asked for, but for what has columns of its own.
type request struct {
	Name        string   `json:"name,omitempty"`
	Full        bool     `json:"full,omitempty"`
	Keep        bool     `json:"keep,omitempty"`
	Bare        bool     `json:"bare,omitempty"`
	MaxItems    int      `json:"max_items,omitempty"`
	Tags        []string `json:"tags,omitempty"`
	Correlation string   `json:"correlation,omitempty"`
	User        string   `json:"user,omitempty"`
}

// detail is what a job did and met.
type detail struct {
	Stages         []stage         `json:"stages,omitempty"`
	Errors         []trouble       `json:"errors,omitempty"`
	Reconciliation *reconciliation `json:"reconciliation,omitempty"`
}

type stage struct {
	Name    string             `json:"name"`
	State   string             `json:"state"`
	Reason  string             `json:"reason,omitempty"`
	Figures map[string]float64 `json:"figures,omitempty"`
}

type trouble struct {
	Type    string         `json:"type"`
	Message string         `json:"message"`
	Item    string         `json:"item,omitempty"`
	At      sqlkit.Instant `json:"at,omitempty"`
}

type reconciliation struct {
	SourceDigest string       `json:"source_digest"`
	StoreDigest  string       `json:"store_digest"`
	Files        int          `json:"files"`
	Documents    int          `json:"documents"`
	Differing    int          `json:"differing"`
	Differences  []difference `json:"differences,omitempty"`
}

type difference struct {
	Path     string `json:"path"`
	Problem  string `json:"problem"`
	Document string `json:"document,omitempty"`
}

func rowOf(j ingest.Job) jobRow {
	r := j.Request
	row := jobRow{
		ID: j.ID.String(), Address: r.URL, Kind: string(r.Type), Status: string(j.Status), Priority: r.Priority,
		Request: request{r.Name, r.Full, r.Keep, r.Bare, r.MaxItems, r.Tags, r.Correlation, r.User},
		Run:     j.Run, Source: j.Source, RetryOf: j.RetryOf.String(), Counts: countColumns(j.Counts),
		Asked: sqlkit.InstantOf(r.At), Started: sqlkit.InstantOf(j.StartedAt), Moved: sqlkit.InstantOf(j.ProgressAt), Ended: sqlkit.InstantOf(j.EndedAt),
		Version: j.Revision,
	}
	if j.Slot > 0 {
		row.Slot = &j.Slot
	}
	for _, s := range j.Stages {
		row.Detail.Stages = append(row.Detail.Stages, stage(s))
	}
	for _, t := range j.Errors {
		row.Detail.Errors = append(row.Detail.Errors, trouble{t.Type, t.Message, t.Item, sqlkit.InstantOf(t.At)})
	}
	if c := j.Reconciliation; c != nil {
		kept := &reconciliation{SourceDigest: c.SourceDigest, StoreDigest: c.StoreDigest, Files: c.Files, Documents: c.Documents, Differing: c.Differing}
		for _, d := range c.Differences {
			kept.Differences = append(kept.Differences, difference(d))
		}
		row.Detail.Reconciliation = kept
	}
	return row
}

func (r jobRow) job() ingest.Job {
	q := r.Request
	j := ingest.Job{
		ID: domain.StoredID[ingest.Job](r.ID), Status: ingest.Status(r.Status), Run: r.Run, Source: r.Source, Counts: ingest.Counts(r.Counts),
		RetryOf: domain.StoredID[ingest.Job](r.RetryOf), StartedAt: r.Started.Time(), ProgressAt: r.Moved.Time(), EndedAt: r.Ended.Time(),
		Revision: r.Version,
		Request: ingest.Request{
			URL: r.Address, Type: ingest.SourceType(r.Kind), Name: q.Name, Full: q.Full, Keep: q.Keep, Bare: q.Bare, MaxItems: q.MaxItems,
			Priority: r.Priority, Tags: q.Tags, Correlation: q.Correlation, User: q.User, At: r.Asked.Time(),
		},
	}
	if r.Slot != nil {
		j.Slot = *r.Slot
	}
	for _, s := range r.Detail.Stages {
		j.Stages = append(j.Stages, ingest.Stage(s))
	}
	for _, t := range r.Detail.Errors {
		j.Errors = append(j.Errors, ingest.Trouble{Type: t.Type, Message: t.Message, Item: t.Item, At: t.At.Time()})
	}
	if c := r.Detail.Reconciliation; c != nil {
		j.Reconciliation = &ingest.Reconciliation{SourceDigest: c.SourceDigest, StoreDigest: c.StoreDigest, Files: c.Files, Documents: c.Documents, Differing: c.Differing}
		for _, d := range c.Differences {
			j.Reconciliation.Differences = append(j.Reconciliation.Differences, ingest.Difference(d))
		}
	}
	return j
}
