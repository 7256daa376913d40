package docstore

import "time"

// AdvancedFilters narrow an advanced search; what is left out narrows nothing.
type AdvancedFilters struct {
	Type        string     `json:"type" maxLength:"255" description:"Only with this metadata.type."`
	ContentType string     `json:"content_type" maxLength:"255" description:"Only with this metadata.content_type."`
	SourceType  string     `json:"source_type" maxLength:"255" description:"Only with this metadata.source_type."`
	Language    string     `json:"language" maxLength:"100" description:"Only with this metadata.language."`
	Owner       string     `json:"owner" maxLength:"255" description:"Only with this metadata.owner."`
	Tags        []string   `json:"tags" maxItems:"50" description:"Only with all of these in metadata.tags."`
	Folder      string     `json:"folder" maxLength:"1000" description:"Only with a metadata.path in this folder or beneath it."`
	DateFrom    *time.Time `json:"date_from" description:"Only changed at or after."`
	DateTo      *time.Time `json:"date_to" description:"Only changed before."`
	HasAnalysis *bool      `json:"has_analysis" description:"Only with an analysis, or only without one."`
	MinScore    *float64   `json:"min_score" description:"Only with an analysis that scored at least this."`
}

// SearchAdvanced finds documents by words, metadata and analyses, and counts all of
// them by facets. Without a query everything that meets the filters is found.
type SearchAdvanced struct {
	Query   string          `json:"query" maxLength:"1000" description:"As in q of the simple search."`
	Filters AdvancedFilters `json:"filters" description:"Narrow the search."`
	AsOf    *time.Time      `json:"as_of" description:"Search what the documents said at this instant."`
	Sort    string          `json:"sort" default:"relevance" enum:"relevance,date,size,analysis_count" description:"Order of the answers."`
	Limit   int             `json:"limit" default:"50" minimum:"1" maximum:"1000" description:"Greatest length of the page."`
	Offset  int             `json:"offset" minimum:"0" description:"How many answers to pass over."`
}
