package docstore

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/ports/docstore"
)

// startWith is how many documents a tip names.
const startWith = 3

// weakness gathers the documents with one flag.
type weakness struct {
	documents int
	// first are the most important, at most startWith.
	first []weighed
}

type weighed struct {
	id         string
	importance float64
}

func (w *weakness) add(d document.State, a document.Assessment) {
	w.documents++
	w.first = append(w.first, weighed{d.ID.String(), a.Importance})
	slices.SortFunc(w.first, func(a, b weighed) int {
		return cmp.Or(cmp.Compare(b.importance, a.importance), strings.Compare(a.id, b.id))
	})
	w.first = w.first[:min(startWith, len(w.first))]
}

func (s *service) getQualityTips(ctx context.Context, c docstore.GetQualityTips) (docstore.QualityTips, error) {
	found, all := make(map[document.Flag]*weakness), 0
	rule := document.QualityRule{Now: s.Clock.Now(), StaleDays: staleDays, MinViews: minViews}
	err := s.assess(ctx, rule, func(d document.State, a document.Assessment) {
		all++
		for _, flag := range a.Flags {
			if document.Advice(flag) == "" {
				continue
			}
			if found[flag] == nil {
				found[flag] = new(weakness)
			}
			found[flag].add(d, a)
		}
	})
	tips := docstore.QualityTips{Tips: []docstore.QualityTip{}, Total: len(found), DocumentCount: all}
	for flag, w := range found {
		tip := docstore.QualityTip{Flag: string(flag), Advice: document.Advice(flag), Documents: w.documents, Percentage: percentage(w.documents, all)}
		for _, d := range w.first {
			tip.StartWith = append(tip.StartWith, d.id)
		}
		tips.Tips = append(tips.Tips, tip)
	}
	slices.SortFunc(tips.Tips, func(a, b docstore.QualityTip) int {
		return cmp.Or(cmp.Compare(b.Documents, a.Documents), strings.Compare(a.Flag, b.Flag))
	})
	tips.Tips = tips.Tips[:min(c.Limit, len(tips.Tips))]
	return tips, err
}
