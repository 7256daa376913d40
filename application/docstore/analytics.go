package docstore

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/ports/docstore"
)

// Bounds of the insights.
const (
	needsAttentionPercent = 20
	staleWarningPercent   = 30
	ownedInfoPercent      = 50
	analysedInfoPercent   = 50
	linkedInfoPercent     = 10
	largeMeanBytes        = 100_000
)

// survey sums up documents as assess visits them.
type survey struct {
	documents, versions, owned, stale, redundant int
	analyses, analysed, linked, styles           int
	bytes, largest                               int
	bins                                         map[string]int
	flags                                        map[string]int
	days                                         map[string]int
	values                                       map[string]map[string]int // by metadata key
	graph                                        *document.Graph
	external                                     int
}

// mostConnected is how many documents the insights name.
const mostConnected = 10

// styleLanguages is the key under which languages of style examples are counted.
const styleLanguages = "style examples"

// counted are the metadata keys whose values are counted. Never written.
var counted = [...]string{"language", "tags", "type", "source_type"}

func newSurvey() *survey {
	v := &survey{flags: map[string]int{}, days: map[string]int{}, values: map[string]map[string]int{},
		bins: map[string]int{"<1KB": 0, "1-10KB": 0, "10-100KB": 0, ">=100KB": 0}}
	for _, key := range counted {
		v.values[key] = map[string]int{}
	}
	v.values[styleLanguages] = map[string]int{}
	return v
}

func (v *survey) add(d document.State, a document.Assessment, trendFrom time.Time) {
	v.documents++
	v.versions += d.Version
	v.bytes += d.Size
	v.largest = max(v.largest, d.Size)
	v.bins[bin(d.Size)]++
	for _, flag := range a.Flags {
		v.flags[string(flag)]++
	}
	if !a.Has(document.FlagMissingOwner) {
		v.owned++
	}
	if !d.CreatedAt.Before(trendFrom) {
		v.days[d.CreatedAt.UTC().Format(time.DateOnly)]++
	}
	for _, key := range counted {
		values := slices.Clone(d.Metadata.Texts(key))
		slices.Sort(values)
		for _, value := range slices.Compact(values) {
			if value = strings.TrimSpace(value); value != "" {
				v.values[key][value]++
			}
		}
	}
	v.stale, v.redundant = v.flags[string(document.FlagStale)], v.flags[string(document.FlagRedundant)]
}

// connect counts what is known of a document besides itself.
func (v *survey) connect(d document.State, analyses int) {
	v.analyses += analyses
	if analyses > 0 {
		v.analysed++
	}
	if v.graph.Has(d.ID) {
		v.linked++
	}
	if e, ok := document.StyleExampleOf(d); ok {
		v.styles++
		if e.Language != "" {
			v.values[styleLanguages][e.Language]++
		}
	}
}

func bin(size int) string {
	switch {
	case size < 1<<10:
		return "<1KB"
	case size < 10<<10:
		return "1-10KB"
	case size < 100<<10:
		return "10-100KB"
	}
	return ">=100KB"
}

func (s *service) survey(ctx context.Context, from, until, trendFrom time.Time) (*survey, error) {
	v := newSurvey()
	analyses, err := s.Analyses.Counts(ctx)
	if err != nil {
		return v, err
	}
	edges, external, err := s.Relations.Edges(ctx)
	if err != nil {
		return v, err
	}
	v.graph, v.external = document.NewGraph(edges), external
	rule := document.QualityRule{Now: s.Clock.Now(), StaleDays: staleDays, MinViews: minViews}
	err = s.assess(ctx, rule, func(d document.State, a document.Assessment) {
		if d.CreatedAt.Before(from) || !until.IsZero() && !d.CreatedAt.Before(until) {
			return
		}
		v.add(d, a, trendFrom)
		v.connect(d, analyses[d.ID])
	})
	return v, err
}

func (s *service) getAnalyticsSummary(ctx context.Context, c docstore.GetAnalyticsSummary) (docstore.AnalyticsSummary, error) {
	v, err := s.survey(ctx, instant(c.StartDate), instant(c.EndDate), s.Clock.Now())
	return v.summary(), err
}

// relationshipInsights tells how all documents are linked.
func (s *service) relationshipInsights(ctx context.Context, v *survey) (docstore.RelationshipInsights, error) {
	most := v.graph.MostLinked(mostConnected)
	insights := docstore.RelationshipInsights{
		RelationshipStats: statsOf(v.graph, v.external), LinkedCoverage: percentage(v.linked, v.documents),
		MostConnected: make([]docstore.ConnectedDocument, len(most)),
	}
	ids := make([]document.ID, len(most))
	for i, linked := range most {
		ids[i] = linked.ID
	}
	nodes, err := s.Directory.Nodes(ctx, ids)
	titles := make(map[document.ID]string, len(nodes))
	for _, node := range nodes {
		titles[node.ID] = node.Title
	}
	for i, linked := range most {
		insights.MostConnected[i] = docstore.ConnectedDocument{ID: linked.ID.String(), Title: titles[linked.ID], Documents: linked.Others}
	}
	return insights, err
}

func (s *service) getAnalytics(ctx context.Context, c docstore.GetAnalytics) (docstore.Analytics, error) {
	from := s.Clock.Now().UTC().Truncate(24*time.Hour).AddDate(0, 0, 1-c.DaysBack)
	v, err := s.survey(ctx, time.Time{}, time.Time{}, from)
	if err != nil {
		return docstore.Analytics{}, err
	}
	relationships, err := s.relationshipInsights(ctx, v)
	return docstore.Analytics{
		Summary: v.summary(), Flags: v.flags, Trends: v.trends(),
		Contents: docstore.ContentInsights{
			Languages: v.top("language", 10), Tags: v.top("tags", 20), Types: v.top("type", 10), SourceTypes: v.top("source_type", 10),
		},
		Styles: docstore.StyleInsights{TotalExamples: v.styles, Languages: v.top(styleLanguages, 10)}, Relationships: relationships,
	}, err
}

func (v *survey) summary() docstore.AnalyticsSummary {
	summary := docstore.AnalyticsSummary{
		Overview: docstore.AnalyticsOverview{
			TotalDocuments: v.documents, TotalVersions: v.versions, OwnedCoverage: percentage(v.owned, v.documents),
			TotalAnalyses: v.analyses, AnalysisCoverage: fmt.Sprintf("%.1f%%", percentage(v.analysed, v.documents)),
		},
		Quality: docstore.AnalyticsQuality{
			StaleDocuments: v.stale, RedundantDocuments: v.redundant, StalePercentage: percentage(v.stale, v.documents), QualityScore: "Good",
		},
		Storage: docstore.AnalyticsStorage{
			TotalSizeMB: rounded(float64(v.bytes) / (1 << 20)), AvgSizeKB: rounded(v.mean() / (1 << 10)), LargestBytes: v.largest, SizeBins: v.bins,
		},
		Insights: v.insights(),
	}
	if summary.Quality.StalePercentage >= needsAttentionPercent {
		summary.Quality.QualityScore = "Needs Attention"
	}
	return summary
}

// mean is the mean size of a content in bytes.
func (v *survey) mean() float64 { return float64(v.bytes) / float64(max(v.documents, 1)) }

func rounded(x float64) float64 { return math.Round(x*1000) / 1000 }

func (v *survey) insights() []docstore.Insight {
	insights := []docstore.Insight{}
	add := func(is bool, kind, title, description, recommendation string) {
		if is && v.documents > 0 {
			insights = append(insights, docstore.Insight{Type: kind, Title: title, Description: description, Recommendation: recommendation})
		}
	}
	stale, owned := percentage(v.stale, v.documents), percentage(v.owned, v.documents)
	add(stale > staleWarningPercent, "warning", "Many stale documents",
		fmt.Sprintf("%d of %d documents (%.1f%%) were not changed for %d days.", v.stale, v.documents, stale, staleDays),
		"Review them, and archive what is no longer true.")
	add(v.redundant > 0, "info", "Redundant documents",
		fmt.Sprintf("%d documents say word for word what another says.", v.redundant), "Keep one of each and delete the others.")
	add(owned < ownedInfoPercent, "info", "Few documents have an owner",
		fmt.Sprintf("%d of %d documents (%.1f%%) name an owner.", v.owned, v.documents, owned), "Set metadata.owner, so that somebody is asked when a document ages.")
	analysed, linked := percentage(v.analysed, v.documents), percentage(v.linked, v.documents)
	add(analysed < analysedInfoPercent, "info", "Few documents were analysed",
		fmt.Sprintf("%d of %d documents (%.1f%%) have an analysis.", v.analysed, v.documents, analysed), "Run the analysis service over the others.")
	add(linked < linkedInfoPercent, "info", "Few documents are linked",
		fmt.Sprintf("%d of %d documents (%.1f%%) have a relationship.", v.linked, v.documents, linked), "Link documents that build on each other, so that readers find the next one.")
	add(v.mean() > largeMeanBytes, "info", "Large documents",
		fmt.Sprintf("A document has %.0f bytes on average.", v.mean()), "Split long documents; short ones are found and reviewed more easily.")
	return insights
}

func (v *survey) trends() docstore.Trends {
	trends := docstore.Trends{Days: []docstore.DayCount{}}
	for _, day := range slices.Sorted(maps.Keys(v.days)) {
		trends.Days = append(trends.Days, docstore.DayCount{Day: day, Documents: v.days[day]})
		trends.Created += v.days[day]
	}
	if n := len(trends.Days); n > 0 {
		trends.GrowthPerDay = rounded(float64(trends.Days[n-1].Documents-trends.Days[0].Documents) / float64(n))
	}
	return trends
}

// top returns the most frequent values of a metadata key, ties by value.
func (v *survey) top(key string, limit int) []docstore.ValueCount {
	values := []docstore.ValueCount{}
	for value, n := range v.values[key] {
		values = append(values, docstore.ValueCount{Value: value, Documents: n})
	}
	slices.SortFunc(values, func(a, b docstore.ValueCount) int {
		return cmp.Or(cmp.Compare(b.Documents, a.Documents), strings.Compare(a.Value, b.Value))
	})
	return values[:min(limit, len(values))]
}
