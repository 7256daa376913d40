package analysis

import (
	"bytes"
	"context"
	"slices"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/finding"
	"github.com/docsteward/docsteward/domain/finding/detect"
	"github.com/docsteward/docsteward/ports/source"
)

// maxPasses bounds how often one document is mended: a fix may bring up another,
// as a removed tab does a trailing blank.
const maxPasses = 10

// mend makes every fix of one document, again and again until there is none left,
// and writes the outcome over the file. It returns what is to be said of the
// mended document. Where it cannot be written, that is a fault and what was found
// stands.
func (c *check) mend(ctx context.Context, t *task, in detect.Input, facts detect.Facts, found []finding.Finding) (detect.Input, detect.Facts, []finding.Finding) {
	before := fixable(found)
	if !c.fix || before == 0 {
		return in, facts, found
	}
	mended, left, still := in, facts, found
	for range maxPasses {
		content := finding.Apply(mended.Content, still)
		if bytes.Equal(content, mended.Content) {
			break
		}
		tree, err := c.service.Markup.Parse(ctx, t.item.Path, content)
		if err != nil {
			c.fault(t.name, err)
			return in, facts, found
		}
		mended.Content, mended.Tree = content, tree
		left, still = c.detector.Document(mended)
	}
	if err := replace(ctx, t, mended.Content); err != nil {
		c.fault(t.name, err)
		return in, facts, found
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.mended += max(0, before-fixable(still))
	return mended, left, still
}

// mendTouched holds the documents that are told to the rules once more, and mends
// them this time: which they are is known only when all have been read.
func (c *check) mendTouched(ctx context.Context) {
	c.fix = true
	c.facts = slices.DeleteFunc(c.facts, func(f detect.Facts) bool { return c.tells(f.Path()) })
	c.found = slices.DeleteFunc(c.found, func(f finding.Finding) bool { return c.tells(f.Path) })
	c.service.spread(ctx, len(c.tasks), func(i int) {
		if c.tells(c.tasks[i].name) {
			c.one(ctx, &c.tasks[i])
		}
	})
}

// mendCorpus makes the fixes that only the corpus as a whole could tell, and
// returns what is left.
func (c *check) mendCorpus(ctx context.Context, found []finding.Finding) []finding.Finding {
	if !c.fix || fixable(found) == 0 {
		return found
	}
	byPath := make(map[string][]finding.Finding)
	for _, f := range found {
		byPath[f.Path] = append(byPath[f.Path], f)
	}
	var left []finding.Finding
	for i := range c.tasks {
		t := &c.tasks[i]
		of := byPath[t.name]
		if fixable(of) > 0 && c.tells(t.name) {
			of = c.mendNames(ctx, t, of)
		}
		left = append(left, of...)
	}
	return left
}

// mendNames makes the fixes of one document. Lines do not move by them, but what
// stands behind them in a line does: the others are told where they were.
func (c *check) mendNames(ctx context.Context, t *task, found []finding.Finding) []finding.Finding {
	content, err := t.source.Read(ctx, t.item)
	if err == nil {
		err = replace(ctx, t, finding.Apply(content, found))
	}
	if err != nil {
		c.fault(t.name, err)
		return found
	}
	var left []finding.Finding
	for _, f := range found {
		if f.Fix == nil {
			left = append(left, f)
		}
	}
	c.mended += len(found) - len(left)
	return left
}

// replace writes a document, of which the task then knows the new file.
func replace(ctx context.Context, t *task, content []byte) error {
	editor, ok := t.source.(source.Editor)
	if !ok {
		return domain.Rejected.New(t.name + " lies in a place that cannot be written.")
	}
	item, err := editor.Replace(ctx, t.item, content)
	t.item = item
	return err
}

func fixable(found []finding.Finding) int {
	n := 0
	for _, f := range found {
		if f.Fix != nil {
			n++
		}
	}
	return n
}
