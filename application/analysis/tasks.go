package analysis

import (
	"context"
	"path"
	"sync"
	"sync/atomic"

	"github.com/docsteward/docsteward/domain/claim"
	"github.com/docsteward/docsteward/domain/finding/detect"
	domainsource "github.com/docsteward/docsteward/domain/source"
	"github.com/docsteward/docsteward/domain/span"
	"github.com/docsteward/docsteward/ports/source"
)

// task is one document to be checked.
type task struct {
	source source.Source
	item   domainsource.Item
	// name is the path below the base.
	name       string
	provenance domainsource.Provenance
	// project is the code that the document speaks of; nil where none is known.
	project *project
	// size is that of the content, once it is read.
	size int
	// lines are those of its claims, in their order, where they are wanted.
	lines []int
}

// list adds the documents of a place to the tasks.
func (c *check) list(ctx context.Context, p *place) {
	first, paths := len(c.tasks), []string{}
	for item, err := range p.source.List(ctx) {
		name := path.Join(p.prefix, item.Path)
		switch {
		case err != nil:
			c.fault(name, err)
		case !c.detector.Ignores(item.Path) && !c.detector.Ignores(name):
			c.tasks = append(c.tasks, task{source: p.source, item: item, name: name, project: p.project})
			paths = append(paths, item.Path)
		}
	}
	known, err := p.source.Provenance(ctx, paths)
	if err != nil {
		c.fault(p.prefix, err)
		return
	}
	for i := range c.tasks[first:] {
		t := &c.tasks[first+i]
		t.provenance = known[t.item.Path]
	}
}

// each holds every document to the rules, several at a time.
func (c *check) each(ctx context.Context) {
	var done atomic.Int64
	c.service.spread(ctx, len(c.tasks), func(i int) {
		c.one(ctx, &c.tasks[i])
		c.service.Progress(int(done.Add(1)), len(c.tasks))
	})
}

// spread calls do for every i below n, as many at a time as there are workers. It
// begins no more when ctx ends, and all workers have ended when it returns.
func (s *service) spread(ctx context.Context, n int, do func(i int)) {
	queue := make(chan int)
	var workers sync.WaitGroup
	for range s.Workers {
		workers.Go(func() {
			for i := range queue {
				do(i)
			}
		})
	}
	for i := 0; i < n && ctx.Err() == nil; i++ {
		queue <- i
	}
	close(queue)
	workers.Wait()
}

func (c *check) one(ctx context.Context, t *task) {
	content, err := t.source.Read(ctx, t.item)
	if err != nil {
		c.fault(t.name, err)
		return
	}
	tree, err := c.service.Markup.Parse(ctx, t.item.Path, content)
	if err != nil {
		c.fault(t.name, err)
		return
	}
	in := detect.Input{
		Path: t.name, Content: content, Tree: tree, Owners: t.provenance.Owners, ChangedAt: t.provenance.ChangedAt,
		Code: t.project != nil && t.project.hasCode,
	}
	facts, found := c.detector.Document(in)
	in, facts, found = c.mend(ctx, t, in, facts, found)
	if c.lines {
		t.lines = linesOf(in.Content, facts.Claims())
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.facts = append(c.facts, facts)
	c.found = append(c.found, found...)
	t.size = len(in.Content)
}

// linesOf returns the line on which each claim begins.
func linesOf(content []byte, claims []claim.Claim) []int {
	at := span.NewLines(content)
	lines := make([]int, len(claims))
	for i, one := range claims {
		lines[i], _ = at.Position(one.Start)
	}
	return lines
}
