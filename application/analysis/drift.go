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
	claims := make(map[*project][][]claim.Claim)
	for _, f := range c.facts {
		if p := of[f.Path()]; p != nil && p.hasCode {
			claims[p] = append(claims[p], f.Claims())
		}
	}
	if len(claims) == 0 {
		return nil
	}
	for p, pages := range claims {
		index := code.NewIndex(p.facts)
		past := p.lookBack(ctx, c.service.Facts, index, pages)
		p.code = claim.NewProject(index, claim.Options{History: past, Module: p.module, Vocabulary: p.words})
	}
	return func(f detect.Facts) []claim.Verdict {
		p := of[f.Path()]
		if p == nil || p.code == nil {
			return nil
		}
		return p.code.Judge(claim.Page{Path: p.below(c.base, f.Path()), Matter: f.Matter()}, f.Claims())
	}
}
