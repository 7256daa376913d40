package queryprocessing

import "time"

// ProcessQuery asks a plain question of the stored documents. Every sentence of the
// answer is quoted from one of them; where none answers, the result says so.
type ProcessQuery struct {
	QueryText          string         `json:"query_text" required:"true" minLength:"1" maxLength:"2000" description:"The question, in plain words; quoted phrases must be met as they stand."`
	Context            map[string]any `json:"context" description:"What a conversation knows; type, source_type, language, owner, path and tag narrow where is looked."`
	MaxResults         int            `json:"max_results" default:"50" minimum:"1" maximum:"1000" description:"Greatest number of documents listed."`
	IncludeExplanation *bool          `json:"include_explanation" description:"Whether the result says how it came about; true when absent."`
}

// RunStructured asks for the documents that meet demands.
type RunStructured struct {
	Query      string            `json:"query" maxLength:"2000" description:"Demands such as: lease AND (owner:ada OR tag:api) NOT \"old text\" updated>=2026-01-31 ORDER BY updated DESC LIMIT 10; empty asks for everything."`
	QueryType  string            `json:"query_type" default:"search" enum:"search,filter,count,aggregation,analytics" description:"search and filter list documents; count only counts; aggregation and analytics count by the values of metadata."`
	Filters    map[string]string `json:"filters" description:"Further demands, by the name of the field; all must be met."`
	Sorting    map[string]string `json:"sorting" description:"One field, asc or desc; used where the query gives no order."`
	Pagination *Pagination       `json:"pagination" description:"The stretch wanted; used where the query gives none."`
}

// Pagination is a stretch of a list.
type Pagination struct {
	Limit  int `json:"limit" default:"50" minimum:"1" maximum:"1000" description:"Greatest length of the page."`
	Offset int `json:"offset" minimum:"0" description:"How many to pass over."`
}

// QueryResult is the outcome of a query.
type QueryResult struct {
	QueryID           string                    `json:"query_id" description:"Identifier of the query."`
	OriginalQuery     string                    `json:"original_query" description:"What was asked."`
	InterpretedIntent string                    `json:"interpreted_intent" description:"What the query was taken to want; see GET /api/v1/queries/intents."`
	QuestionType      string                    `json:"question_type,omitempty" description:"Kind of answer wanted: definition, how_to, reason, quantity, place, time, person, yes_no or open."`
	Status            string                    `json:"status" description:"answered, executed, not_found or refused."`
	ConfidenceScore   float64                   `json:"confidence_score" description:"How surely the answer answers the question, 0 to 1; 1 for structured queries."`
	Confidence        string                    `json:"confidence" description:"very_low, low, medium, high or very_high."`
	Answer            string                    `json:"answer,omitempty" description:"The sentences as one text; absent when nothing was found."`
	Sentences         []Sentence                `json:"sentences" description:"The answer with its evidence."`
	Expired           bool                      `json:"expired" description:"True when a cited span changed or went since."`
	Missing           []string                  `json:"missing,omitempty" description:"What was asked for, and nothing near the answer speaks of."`
	Results           []Result                  `json:"results" description:"The documents looked at, or found, the best first."`
	TotalResults      int                       `json:"total_results" description:"How many documents were found in all."`
	Truncated         bool                      `json:"truncated,omitempty" description:"True when more documents matched than could be looked at, so that the count is a lower bound."`
	Groups            map[string]map[string]int `json:"groups,omitempty" description:"Documents per field and value, for aggregations."`
	ExecutionTimeMS   float64                   `json:"execution_time_ms" description:"How long it took."`
	Explanation       string                    `json:"explanation,omitempty" description:"How the result came about."`
	Alternatives      []IntentScore             `json:"alternatives,omitempty" description:"What the query might have wanted instead."`
	Feedback          []Feedback                `json:"feedback,omitempty" description:"What was said of the result."`
	CreatedAt         time.Time                 `json:"created_at" description:"When it was asked."`
}

// Sentence is a sentence of an answer.
type Sentence struct {
	Text      string     `json:"text" description:"What a reader sees."`
	Code      bool       `json:"code,omitempty" description:"True for a piece of code."`
	Citations []Citation `json:"citations" description:"Where it stands; never empty."`
}

// Citation is the place that a sentence is quoted from.
type Citation struct {
	DocumentID string   `json:"document_id" description:"Identifier of the document."`
	Title      string   `json:"title" description:"Its title."`
	Version    int      `json:"version" description:"Number of the version that was read."`
	Start      int      `json:"start" description:"First byte of the quotation in the content, from 0."`
	End        int      `json:"end" description:"Byte after the last."`
	Hash       string   `json:"hash" description:"SHA-256 of the quoted bytes, hexadecimal."`
	Quote      string   `json:"quote" description:"The bytes themselves."`
	Headings   []string `json:"headings" description:"The headings above, the outermost first."`
	Expired    bool     `json:"expired,omitempty" description:"True when the document no longer says so."`
	Reason     string   `json:"reason,omitempty" description:"Why it expired."`
}

// Result is a document that was found.
type Result struct {
	DocumentID  string  `json:"document_id" description:"Identifier of the document."`
	Title       string  `json:"title" description:"Its title."`
	Version     int     `json:"version" description:"Number of the version."`
	ContentHash string  `json:"content_hash,omitempty" description:"SHA-256 of the content, hexadecimal."`
	Score       float64 `json:"score" description:"Greater is better, within one result."`
	Snippet     string  `json:"snippet,omitempty" description:"Text around the match."`
}

// IntentScore is an intent with how surely it was told.
type IntentScore struct {
	Intent      string  `json:"intent" description:"Name of the intent."`
	Score       float64 `json:"confidence_score" description:"From 0 to 0.9."`
	Description string  `json:"description" description:"What it wants."`
}
