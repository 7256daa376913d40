package analysis

import (
	"context"

	"github.com/docsteward/docsteward/domain/claim"
	"github.com/docsteward/docsteward/domain/code"
	"github.com/docsteward/docsteward/domain/finding/detect"
)

// judge returns what holds the claims of a document against the code of its
// project; nil where no project has code.
func (c *check) judge(ctx context.Context) func(detect.Facts) []claim.Verdict {
	of := c.projectOf()
	pages := make(map[*project][]claim.Claimed)
	names := make(map[*project][]string)
	for _, f := range c.facts {
		if p := of[f.Path()]; p != nil && p.hasCode {
			page := claim.Page{Path: p.below(c.base, f.Path()), Matter: f.Matter()}
			pages[p] = append(pages[p], claim.Claimed{Page: page, Claims: f.Claims()})
			names[p] = append(names[p], f.Path())
		}
	}
	if len(pages) == 0 {
		return nil
	}
	verdicts := make(map[string][]claim.Verdict, len(c.facts))
	for p, all := range pages {
		index := code.NewIndex(p.facts)
		p.past = p.lookBack(ctx, c.service.Facts, index, all)
		judge := claim.NewProject(index, claim.Options{History: p.past, Module: p.module, Vocabulary: p.words})
		for i, page := range judge.JudgeAll(all) {
			verdicts[names[p][i]] = page
		}
	}
	return func(f detect.Facts) []claim.Verdict { return verdicts[f.Path()] }
}
