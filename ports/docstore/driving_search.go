package docstore

import "time"

// SearchDocuments finds documents by their words, now or as of an instant.
type SearchDocuments struct {
	Q          string     `json:"q" query:"q" required:"true" minLength:"1" maxLength:"1000" description:"Words, \"phrases\", begin*, -without, title:, type:, source:, language:, owner:, tag:, path:."`
	Type       string     `json:"type" query:"type" maxLength:"255" description:"Only with this metadata.type."`
	SourceType string     `json:"source_type" query:"source_type" maxLength:"255" description:"Only with this metadata.source_type."`
	Language   string     `json:"language" query:"language" maxLength:"100" description:"Only with this metadata.language."`
	Owner      string     `json:"owner" query:"owner" maxLength:"255" description:"Only with this metadata.owner."`
	Tags       []string   `json:"tags" query:"tags" maxItems:"50" description:"Only with all of these in metadata.tags."`
	DateFrom   *time.Time `json:"date_from" query:"date_from" description:"Only changed at or after."`
	DateTo     *time.Time `json:"date_to" query:"date_to" description:"Only changed before."`
	AsOf       *time.Time `json:"as_of" query:"as_of" description:"Search what the documents said at this instant."`
	Sort       string     `json:"sort" query:"sort" default:"relevance" enum:"relevance,date,size" description:"Order of the answers."`
	Facets     bool       `json:"facets" query:"facets" description:"Count the matches per type, language, source_type, owner, tag and folder."`
	Limit      int        `json:"limit" query:"limit" default:"50" minimum:"1" maximum:"1000" description:"Greatest length of the page."`
	Offset     int        `json:"offset" query:"offset" minimum:"0" description:"How many answers to pass over."`
}

// SearchResults is the answer to a search.
type SearchResults struct {
	Items          []SearchHit               `json:"items" description:"The page."`
	Total          int                       `json:"total" description:"How many documents match in all."`
	Limit          int                       `json:"limit" description:"Greatest length of the page."`
	Offset         int                       `json:"offset" description:"How many answers were passed over."`
	HasMore        bool                      `json:"has_more" description:"Whether more follow."`
	EffectiveQuery string                    `json:"effective_query" description:"The query that ran, as the store understood it."`
	Relaxed        bool                      `json:"relaxed" description:"True when no document met every demand and any one sufficed."`
	Facets         map[string]map[string]int `json:"facets,omitempty" description:"Matches per type, language, source_type, owner, tag and folder, and value; the 100 most frequent of each."`
}

// SearchHit is one document that a search found.
type SearchHit struct {
	ID          string         `json:"id" description:"Identifier of the document."`
	Title       string         `json:"title" description:"Its title."`
	Version     int            `json:"version" description:"Number of the version that matched."`
	ContentHash string         `json:"content_hash" description:"SHA-256 of the content."`
	Metadata    map[string]any `json:"metadata" description:"Its metadata."`
	UpdatedAt   time.Time      `json:"updated_at" description:"When that version began."`
	Score       float64        `json:"score" description:"Greater is better, within one answer."`
	Snippet     string         `json:"snippet" description:"The text around the match, with ** marks around matching words."`
	Length      int            `json:"content_length" description:"Bytes of the content."`
	Analyses    int            `json:"analysis_count" description:"How many analyses the document has."`
}

// SearchFilters narrow a search given as a body.
type SearchFilters struct {
	Type       string     `json:"type" maxLength:"255" description:"Only with this metadata.type."`
	SourceType string     `json:"source_type" maxLength:"255" description:"Only with this metadata.source_type."`
	Language   string     `json:"language" maxLength:"100" description:"Only with this metadata.language."`
	Owner      string     `json:"owner" maxLength:"255" description:"Only with this metadata.owner."`
	Tags       []string   `json:"tags" description:"Only with all of these in metadata.tags."`
	DateFrom   *time.Time `json:"date_from" description:"Only changed at or after."`
	DateTo     *time.Time `json:"date_to" description:"Only changed before."`
}

// QueryDocuments is a search given as a body. A blank query finds nothing.
type QueryDocuments struct {
	Query   *string       `json:"query" required:"true" maxLength:"1000" description:"As in q of the GET; blank finds nothing."`
	Filters SearchFilters `json:"filters" description:"Narrow the search."`
	AsOf    *time.Time    `json:"as_of" description:"Search what the documents said at this instant."`
	Sort    string        `json:"sort" default:"relevance" enum:"relevance,date,size" description:"Order of the answers."`
	Facets  bool          `json:"facets" description:"Count the matches per type, language, source_type, owner, tag and folder."`
	Limit   int           `json:"limit" default:"50" minimum:"1" maximum:"1000" description:"Greatest length of the page."`
	Offset  int           `json:"offset" minimum:"0" description:"How many answers to pass over."`
}

// FindSimilar finds the documents whose text is most like that of one document.
type FindSimilar struct {
	ID    string `json:"id" path:"id" maxLength:"255" description:"Identifier of the document."`
	Limit int    `json:"limit" query:"limit" default:"10" minimum:"1" maximum:"100" description:"How many to return at most."`
}

// SimilarDocuments are documents like another, the most alike first.
type SimilarDocuments struct {
	DocumentID string            `json:"document_id" description:"Identifier of the document that was compared."`
	Items      []SimilarDocument `json:"items" description:"Most alike first."`
	Total      int               `json:"total" description:"How many there are."`
}

// SimilarDocument is a document like another.
type SimilarDocument struct {
	ID         string  `json:"id" description:"Identifier of the document."`
	Title      string  `json:"title" description:"Its title."`
	Type       string  `json:"type,omitempty" description:"Its metadata.type."`
	Similarity float64 `json:"similarity" description:"Jaccard similarity of their three-word shingles, 0 to 1."`
}

// Reindex makes the search index anew.
type Reindex struct{}

// Reindexed tells what a reindex did.
type Reindexed struct {
	Indexed int `json:"indexed" description:"How many versions the index holds."`
}
