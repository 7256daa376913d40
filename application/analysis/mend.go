package analysis

import (
	"bytes"
	"context"

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
func (c *check) mend(ctx context.Context, t task, in detect.Input, facts detect.Facts, found []finding.Finding) (detect.Input, detect.Facts, []finding.Finding) {
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

func replace(ctx context.Context, t task, content []byte) error {
	editor, ok := t.source.(source.Editor)
	if !ok {
		return domain.Rejected.New(t.name + " lies in a place that cannot be written.")
	}
	return editor.Replace(ctx, t.item, content)
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
