package ingest

import (
	"maps"
	"slices"
)

// States of stages.
const (
	Waiting = "pending"
	Running = "running"
	Done    = "completed"
	Broken  = "failed"
	Skipped = "skipped"
)

// Counts tell what a job did, in files.
type Counts struct {
	// Stored files are new, changed or renamed; Unchanged ones hold what they held.
	Stored, Unchanged int
	// Failed files could not be listed, read or stored.
	Failed int
	// Remaining files lie beyond the bound of the request.
	Remaining int
	// Deleted are documents of files that are gone; they are not among the others.
	Deleted int
	// Duplicates are stored files whose content another document held.
	Duplicates int
}

// Discovered is how many files the source has, as far as is known.
func (c Counts) Discovered() int { return c.Stored + c.Unchanged + c.Failed + c.Remaining }

// Plus returns the sums of both.
func (c Counts) Plus(o Counts) Counts {
	return Counts{
		Stored: c.Stored + o.Stored, Unchanged: c.Unchanged + o.Unchanged, Failed: c.Failed + o.Failed, Remaining: c.Remaining + o.Remaining,
		Deleted: c.Deleted + o.Deleted, Duplicates: c.Duplicates + o.Duplicates,
	}
}

// Skipped is how many files nothing was done with.
func (c Counts) Skipped() int { return c.Unchanged + c.Remaining }

// SuccessRate is the share of stored and unchanged files among those discovered.
// Without any it is 1 for a job that ended well, and 0 for others.
func (j Job) SuccessRate() float64 {
	if all := j.Counts.Discovered(); all > 0 {
		return float64(j.Counts.Stored+j.Counts.Unchanged) / float64(all)
	}
	if j.Status.Successful() {
		return 1
	}
	return 0
}

// outcome is how a job whose work is done ended.
func (j Job) outcome() (Status, Trouble) {
	c := j.Counts
	switch {
	case c.Failed > 0 && c.Stored+c.Unchanged+c.Deleted == 0:
		return Failed, Trouble{Type: "item", Message: "No items were successfully processed."}
	case c.Failed > 0:
		return PartialSuccess, Trouble{}
	case j.Reconciliation != nil && !j.Reconciliation.Reconciled() && c.Remaining == 0:
		return PartialSuccess, Trouble{Type: "reconciliation", Message: "Source and store differ after the ingestion; the reconciliation lists where."}
	}
	return Completed, Trouble{}
}

func sameStages(a, b []Stage) bool {
	return slices.EqualFunc(a, b, func(a, b Stage) bool {
		return a.Name == b.Name && a.State == b.State && a.Reason == b.Reason && maps.Equal(a.Figures, b.Figures)
	})
}

// Reconciliation holds what a source has against what the store has for it.
type Reconciliation struct {
	// SourceDigest and StoreDigest are the SHA-256 over the sorted paths and content
	// hashes of each.
	SourceDigest, StoreDigest string
	// Files and Documents are how many each digest covers.
	Files, Documents int
	// Differing is how many paths differ; Differences are the first of them.
	Differing   int
	Differences []Difference
}

// Difference is a path that source and store do not hold alike.
type Difference struct {
	Path string
	// Problem is missing, different, extra or unreadable.
	Problem, Document string
}

// Reconciled reports whether both hold the same.
func (r Reconciliation) Reconciled() bool {
	return r.Differing == 0 && r.SourceDigest == r.StoreDigest
}
