package docstore

import (
	"context"
	"math"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/ports/docstore"
)

// Defaults of an assessment where the caller does not say.
const (
	staleDays = 180
	minViews  = 3
)

func (s *service) fillQuality(menu *docstore.UseCases) {
	menu.GetQuality.HandleFunc(wholeLengths(remembered(s, opQuality, agingTTL, []string{tagDocuments}, s.getQuality)))
	menu.GetQualityTips.HandleFunc(remembered(s, opQualityTips, agingTTL, []string{tagDocuments}, s.getQualityTips))
	menu.GetAnalyticsSummary.HandleFunc(remembered(s, opAnalyticsSummary, agingTTL, []string{tagDocuments, tagRelationships}, s.getAnalyticsSummary))
	menu.GetAnalytics.HandleFunc(remembered(s, opAnalytics, agingTTL, []string{tagDocuments, tagRelationships}, s.getAnalytics))
}

func (s *service) getQuality(ctx context.Context, c docstore.GetQuality) (docstore.QualityReport, error) {
	rule := document.QualityRule{Now: s.Clock.Now(), StaleDays: c.StaleThresholdDays, MinViews: minViews}
	change(&rule.MinViews, c.MinViews)
	report := docstore.QualityReport{Items: []docstore.DocumentQuality{}, Limit: c.Limit, Offset: c.Offset}
	err := s.assess(ctx, rule, func(d document.State, a document.Assessment) {
		report.DocumentCount++
		if a.Has(document.FlagStale) {
			report.StaleCount++
		}
		if a.Has(document.FlagRedundant) {
			report.RedundantCount++
		}
		if c.Flag != "" && !a.Has(document.Flag(c.Flag)) {
			return
		}
		report.Total++
		if report.Total > c.Offset && len(report.Items) < c.Limit {
			report.Items = append(report.Items, qualityView(d, a))
		}
	})
	report.HasMore = c.Offset+len(report.Items) < report.Total
	report.StalePercentage = percentage(report.StaleCount, report.DocumentCount)
	report.RedundantPercentage = percentage(report.RedundantCount, report.DocumentCount)
	return report, err
}

// printBatch bounds how many contents are held in memory at once.
const printBatch = 50

// takePrints gives every new content its fingerprint.
func (s *service) takePrints(ctx context.Context) error {
	for {
		missing, err := s.Fingerprints.Missing(ctx, printBatch)
		if err != nil || len(missing) == 0 {
			return err
		}
		prints := make(map[string]string, len(missing))
		for _, d := range missing {
			prints[d.Hash] = document.Fingerprint(d.Content)
		}
		if err := s.Fingerprints.Put(ctx, prints); err != nil {
			return err
		}
	}
}

// assess calls visit with every living document, without content, the latest
// changed first. It reads page by page, so that documents which change meanwhile
// may be seen twice or missed.
func (s *service) assess(ctx context.Context, rule document.QualityRule, visit func(document.State, document.Assessment)) error {
	if err := s.takePrints(ctx); err != nil {
		return err
	}
	hashes, err := s.Fingerprints.Shared(ctx)
	if err != nil {
		return err
	}
	shared := make(map[string]bool, len(hashes))
	for _, hash := range hashes {
		shared[hash] = true
	}
	for offset := 0; ; {
		page, err := s.Documents.List(ctx, document.Filter{}, domain.PageRequest{Limit: domain.MaxLimit, Offset: offset}, false)
		if err != nil {
			return err
		}
		for _, d := range page.Items {
			visit(d, document.Assess(d, shared[d.Hash], rule))
		}
		if !page.HasMore() || len(page.Items) == 0 {
			return nil
		}
		offset += len(page.Items)
	}
}

// percentage is the part of all, 0 to 100 with 2 decimals; 0 of nothing.
func percentage(part, all int) float64 {
	if all == 0 {
		return 0
	}
	return math.Round(10000*float64(part)/float64(all)) / 100
}

func qualityView(d document.State, a document.Assessment) docstore.DocumentQuality {
	view := docstore.DocumentQuality{
		ID: d.ID.String(), Title: d.Title, CreatedAt: d.CreatedAt, ContentHash: d.Hash, StaleDays: a.StaleDays,
		Flags: make([]string, len(a.Flags)), Metadata: metadataView(d.Metadata, d.Size), ImportanceScore: a.Importance,
	}
	for i, flag := range a.Flags {
		view.Flags[i] = string(flag)
	}
	return view
}
