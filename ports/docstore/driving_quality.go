package docstore

import "time"

// GetQuality tells what is notable about the quality of the documents.
type GetQuality struct {
	StaleThresholdDays int    `json:"stale_threshold_days" query:"stale_threshold_days" default:"180" minimum:"1" maximum:"3650" description:"Age in days from which a document is stale."`
	MinViews           *int   `json:"min_views" query:"min_views" minimum:"0" maximum:"10000" description:"How many views are not few; 3 when absent."`
	Flag               string `json:"flag" query:"flag" enum:"stale,redundant,recently_viewed,low_views,missing_owner,generic_labels,has_attachments,attachments_referenced,thin_content,high_importance,orphan_candidate" description:"Only documents with this flag."`
	Limit              int    `json:"limit" query:"limit" default:"1000" minimum:"1" maximum:"10000" description:"Greatest length of the page."`
	Offset             int    `json:"offset" query:"offset" minimum:"0" description:"How many documents to pass over."`
}

// DocumentQuality is what is notable about one document.
type DocumentQuality struct {
	ID              string         `json:"id" description:"Identifier of the document."`
	Title           string         `json:"title" description:"Title of the document."`
	CreatedAt       time.Time      `json:"created_at" description:"When the document was first stored."`
	ContentHash     string         `json:"content_hash" description:"SHA-256 of the content, hexadecimal."`
	StaleDays       int            `json:"stale_days" description:"Whole days since the last change."`
	Flags           []string       `json:"flags" description:"What is notable."`
	Metadata        map[string]any `json:"metadata" description:"What is known besides the content."`
	ImportanceScore float64        `json:"importance_score" description:"From views, unique views and watchers, 0 to 1."`
}

// QualityReport is a page of assessments with counts over all documents.
type QualityReport struct {
	Items               []DocumentQuality `json:"items" description:"The page, latest change first."`
	Total               int               `json:"total" description:"How many documents match in all."`
	Limit               int               `json:"limit" description:"Greatest length of the page."`
	Offset              int               `json:"offset" description:"How many documents were passed over."`
	HasMore             bool              `json:"has_more" description:"Whether more follow."`
	DocumentCount       int               `json:"document_count" description:"How many documents were assessed."`
	StaleCount          int               `json:"stale_count" description:"How many of them are stale."`
	RedundantCount      int               `json:"redundant_count" description:"How many of them say what another says."`
	StalePercentage     float64           `json:"stale_percentage" description:"Part of the stale, 0 to 100."`
	RedundantPercentage float64           `json:"redundant_percentage" description:"Part of the redundant, 0 to 100."`
}

// GetAnalyticsSummary sums up the documents created in a stretch of time.
type GetAnalyticsSummary struct {
	StartDate *time.Time `json:"start_date" query:"start_date" description:"Only documents created at or after this instant."`
	EndDate   *time.Time `json:"end_date" query:"end_date" description:"Only documents created before this instant."`
}

// AnalyticsSummary sums up documents.
type AnalyticsSummary struct {
	Overview AnalyticsOverview `json:"overview" description:"Counts."`
	Quality  AnalyticsQuality  `json:"quality" description:"How well they are kept."`
	Storage  AnalyticsStorage  `json:"storage" description:"How much room they take."`
	Insights []Insight         `json:"insights" description:"What deserves attention."`
}

// AnalyticsOverview counts documents.
type AnalyticsOverview struct {
	TotalDocuments   int     `json:"total_documents" description:"How many documents there are."`
	TotalAnalyses    int     `json:"total_analyses" description:"How many analyses of them there are."`
	AnalysisCoverage string  `json:"analysis_coverage" description:"Part of them that was analysed, as 12.5%."`
	TotalVersions    int     `json:"total_versions" description:"How many versions they went through."`
	OwnedCoverage    float64 `json:"owned_coverage" description:"Part of them with an owner, 0 to 100."`
}

// AnalyticsQuality tells how well documents are kept.
type AnalyticsQuality struct {
	StaleDocuments     int     `json:"stale_documents" description:"Not changed for 180 days."`
	RedundantDocuments int     `json:"redundant_documents" description:"Saying what another document says."`
	StalePercentage    float64 `json:"stale_percentage" description:"Part of the stale, 0 to 100."`
	QualityScore       string  `json:"quality_score" description:"Good, or Needs Attention when a fifth or more are stale."`
}

// AnalyticsStorage tells how much room documents take; sizes are of contents.
type AnalyticsStorage struct {
	TotalSizeMB  float64        `json:"total_size_mb" description:"Sum of the contents in units of 1,048,576 bytes."`
	AvgSizeKB    float64        `json:"avg_size_kb" description:"Mean content in units of 1,024 bytes."`
	LargestBytes int            `json:"largest_bytes" description:"Longest content in bytes."`
	SizeBins     map[string]int `json:"size_bins" description:"Documents per size: below 1 KB, 1-10 KB, 10-100 KB, 100 KB and more."`
}

// Insight is something about the documents that deserves attention.
type Insight struct {
	Type           string `json:"type" description:"warning or info."`
	Title          string `json:"title" description:"What it is."`
	Description    string `json:"description" description:"The numbers behind it."`
	Recommendation string `json:"recommendation" description:"What to do."`
}

// GetAnalytics tells in detail what the store holds and how it grew.
type GetAnalytics struct {
	DaysBack int `json:"days_back" query:"days_back" default:"30" minimum:"1" maximum:"365" description:"How many days the trends look back."`
}

// Analytics tells in detail what the store holds and how it grew.
type Analytics struct {
	Summary       AnalyticsSummary     `json:"summary" description:"All documents summed up."`
	Flags         map[string]int       `json:"flags" description:"How many documents have each quality flag."`
	Trends        Trends               `json:"temporal_trends" description:"How the store grew."`
	Contents      ContentInsights      `json:"content_insights" description:"What the documents are about."`
	Styles        StyleInsights        `json:"style_insights" description:"Which documents show how to write."`
	Relationships RelationshipInsights `json:"relationship_insights" description:"How the documents are linked."`
}

// StyleInsights tell which documents show how to write.
type StyleInsights struct {
	TotalExamples int          `json:"total_examples" description:"How many examples of style there are."`
	Languages     []ValueCount `json:"languages" description:"Examples by language, up to 10, the most frequent first."`
}

// RelationshipInsights tell how the documents are linked.
type RelationshipInsights struct {
	RelationshipStats
	LinkedCoverage float64             `json:"linked_coverage" description:"Part of the documents that have relationships, 0 to 100."`
	MostConnected  []ConnectedDocument `json:"most_connected" description:"Up to 10 documents, those linked to the most others first."`
}

// ConnectedDocument is a document with how many others it is linked to.
type ConnectedDocument struct {
	ID        string `json:"id" description:"Identifier of the document."`
	Title     string `json:"title" description:"Its title."`
	Documents int    `json:"documents" description:"How many others it is linked to."`
}

// GetQualityTips tells what would improve the documents most.
type GetQualityTips struct {
	Limit int `json:"limit" query:"limit" default:"5" minimum:"1" maximum:"20" description:"How many tips to return at most."`
}

// QualityTip is what to do about the documents that share a weakness.
type QualityTip struct {
	Flag       string   `json:"flag" description:"The weakness."`
	Advice     string   `json:"advice" description:"What to do about it."`
	Documents  int      `json:"documents" description:"How many documents have it."`
	Percentage float64  `json:"percentage" description:"Part of all documents, 0 to 100."`
	StartWith  []string `json:"start_with" description:"Identifiers of up to 3 of them, the most important first."`
}

// QualityTips are tips from what was found in the store, the most frequent first.
type QualityTips struct {
	Tips          []QualityTip `json:"tips" description:"The most frequent weakness first."`
	Total         int          `json:"total" description:"How many weaknesses were found in all."`
	DocumentCount int          `json:"document_count" description:"How many documents were assessed."`
}

// Trends tell how the store grew.
type Trends struct {
	Days         []DayCount `json:"days" description:"Documents created per UTC day, oldest first; days without are left out."`
	Created      int        `json:"created" description:"Documents created in all of these days."`
	GrowthPerDay float64    `json:"growth_per_day" description:"Last day minus first day, over the days with data."`
}

// DayCount is how many documents were created on one day.
type DayCount struct {
	Day       string `json:"day" description:"The day in UTC, as 2006-01-02."`
	Documents int    `json:"documents" description:"How many."`
}

// ContentInsights tell what the documents are about.
type ContentInsights struct {
	Languages   []ValueCount `json:"languages" description:"Up to 10, the most frequent first."`
	Tags        []ValueCount `json:"tags" description:"Up to 20, the most frequent first."`
	Types       []ValueCount `json:"types" description:"Up to 10, the most frequent first."`
	SourceTypes []ValueCount `json:"source_types" description:"Up to 10, the most frequent first."`
}

// ValueCount is how many documents have one value.
type ValueCount struct {
	Value     string `json:"value" description:"The value."`
	Documents int    `json:"documents" description:"How many."`
}
