package sourceagent

import (
	"bytes"
	"context"
	"time"
	"unicode/utf8"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/source"
	port "github.com/docsteward/docsteward/ports/source"
	"github.com/docsteward/docsteward/ports/sourceagent"
)

// mirror is one run at work. It is used by one goroutine.
type mirror struct {
	*service
	open  port.Source
	place source.Place
	run   *source.Run
	found survey
	// known are the records by path, as they are stored.
	known map[string]source.Record
	// pending are paths of the plan that were not worked on yet.
	pending map[string]bool
	// again are tasks for the next round.
	again []task
	// origins are the provenances of the round; nil until the first is wanted.
	origins map[string]source.Provenance
	round   []task
	// refusals counts documents that the store failed to take, in a row.
	refusals int
	// alive is when the run gave its last sign of life.
	alive time.Time
}

// task is a file to be mirrored.
type task struct {
	item source.Item
	// from is the path of its record; empty for a new file.
	from string
	// counted says that the file is in the counts already, retried that another
	// document was in the way the first time.
	counted, retried bool
}

func newMirror(s *service, open port.Source, place source.Place, run *source.Run, records []source.Record, found survey) *mirror {
	m := &mirror{service: s, open: open, place: place, run: run, found: found, alive: run.StartedAt,
		known: make(map[string]source.Record, len(records)), pending: map[string]bool{}}
	for _, r := range records {
		m.known[r.Path] = r
	}
	return m
}

// follow does what the survey found to be done. What was known comes first, so
// that its old content stands in the way of nothing new.
func (m *mirror) follow(ctx context.Context, c sourceagent.IngestSource) error {
	m.run.Counts.Unchanged = m.found.plan.Unchanged
	for _, f := range m.found.faults {
		m.run.Counts.Failed++
		if len(m.run.Failures) < source.MaxTroubles {
			m.run.Failures = append(m.run.Failures, f)
		}
	}
	before, after, removed := m.tasks(c)
	if err := m.work(ctx, before); err != nil {
		return err
	}
	for _, r := range removed {
		if err := m.remove(ctx, r.Item.Path); err != nil {
			return err
		}
	}
	if err := m.work(ctx, after); err != nil {
		return err
	}
	for len(m.again) > 0 {
		tasks := m.again
		m.again = nil
		if err := m.work(ctx, tasks); err != nil {
			return err
		}
	}
	m.run.Digest = m.digest()
	return nil
}

// tasks returns the files that were known, those that are new, and what is to be
// removed. A bound on their number also puts off the removals: a file that is
// gone may turn up among those that wait.
func (m *mirror) tasks(c sourceagent.IngestSource) (before, after []task, removed []source.Change) {
	plan := m.found.plan
	for _, change := range plan.Changed {
		before = append(before, task{item: change.Item, from: change.Item.Path})
	}
	for _, change := range m.found.renamed {
		before = append(before, task{item: change.Item, from: change.Before.Path})
	}
	for _, change := range plan.Added {
		after = append(after, task{item: change.Item})
	}
	if c.Prune == nil || *c.Prune {
		removed = plan.Removed
	}
	for _, t := range append(before[:len(before):len(before)], after...) {
		m.pending[t.item.Path] = true
	}
	if total := len(before) + len(after); c.MaxItems > 0 && total > c.MaxItems {
		m.run.Counts.Remaining = total - c.MaxItems + len(removed)
		before = before[:min(len(before), c.MaxItems)]
		return before, after[:c.MaxItems-len(before)], nil
	}
	return before, after, removed
}

// work mirrors files one after the other, reading ahead.
func (m *mirror) work(ctx context.Context, tasks []task) error {
	m.round, m.origins = tasks, nil
	items := make([]source.Item, len(tasks))
	for i, t := range tasks {
		items[i] = t.item
	}
	for i, read := range readAhead(ctx, m.open, items) {
		if ctx.Err() != nil {
			break
		}
		if err := m.beat(ctx); err != nil {
			return err
		}
		if err := m.one(ctx, tasks[i], read); err != nil {
			return err
		}
	}
	if ctx.Err() != nil {
		return domain.FaultOf(ctx.Err())
	}
	return nil
}

// beat gives a sign of life when it is time.
func (m *mirror) beat(ctx context.Context) error {
	now := m.now()
	if now.Sub(m.alive) < heartbeat {
		return nil
	}
	m.alive, m.run.Lease = now, now.Add(lease)
	return m.Runs.Update(ctx, *m.run)
}

// one mirrors a file.
func (m *mirror) one(ctx context.Context, t task, read content) error {
	delete(m.pending, t.item.Path)
	switch {
	case ctx.Err() != nil:
		return domain.FaultOf(ctx.Err())
	case read.err != nil:
		m.run.Fail(t.item.Path, read.err)
		return nil //nolint:nilerr // the run keeps it, and the other files are mirrored
	case !utf8.ValidString(t.item.Path):
		m.run.Fail(t.item.Path, domain.Rejected.New("The name of the file is not UTF-8; rename it."))
		return nil
	}
	before := m.known[t.from]
	after := source.Record{Item: t.item, Hash: source.HashOf(read.data)}
	after.Stamp = source.StampAt(t.item, m.run.StartedAt)
	switch {
	case t.from == t.item.Path && before.Stamp != "" && before.Hash == after.Hash:
		after.Document, after.Duplicate = before.Document, before.Duplicate
		m.count(t, before, after)
		return m.put(ctx, after)
	case len(bytes.TrimSpace(read.data)) == 0:
		return m.blank(ctx, t, before, after)
	}
	return m.store(ctx, t, before, after, read.data)
}

// count counts a file that was mirrored, once.
func (m *mirror) count(t task, before, after source.Record) {
	counts := &m.run.Counts
	switch {
	case t.counted:
	case t.from == "":
		counts.Added++
	case t.from != t.item.Path:
		counts.Renamed++
	case before.Hash == after.Hash:
		counts.Unchanged++
	default:
		counts.Changed++
	}
}

func (m *mirror) digest() string {
	records := make([]source.Record, 0, len(m.known))
	for _, r := range m.known {
		records = append(records, r)
	}
	return source.Digest(records)
}
