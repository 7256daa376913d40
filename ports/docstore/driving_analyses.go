package docstore

import "time"

// DocumentAnalysis is what an analyzer made of a document.
type DocumentAnalysis struct {
	ID         string         `json:"id" description:"Identifier of the analysis."`
	DocumentID string         `json:"document_id" description:"Document that was analysed."`
	Version    int            `json:"version" description:"Version that the document stood at."`
	Analyzer   string         `json:"analyzer" description:"Who made it."`
	Model      string         `json:"model" description:"Model that was used."`
	PromptHash string         `json:"prompt_hash,omitempty" description:"SHA-256 of the prompt, hexadecimal."`
	Result     map[string]any `json:"result" description:"What was found."`
	Score      *float64       `json:"score,omitempty" description:"How good the document is by it."`
	Metadata   map[string]any `json:"metadata" description:"What else is known about it."`
	CreatedAt  time.Time      `json:"created_at" description:"When it was stored."`
}

// StoreAnalysis stores what an analyzer made of a document, which it stores too
// when only its content is given.
type StoreAnalysis struct {
	DocumentID string         `json:"document_id" maxLength:"255" description:"Document that was analysed; or else give content."`
	Content    string         `json:"content" maxLength:"104857600" description:"Content that was analysed; stored as a document unless there is one with it."`
	Analyzer   string         `json:"analyzer" maxLength:"255" description:"Who made it."`
	Model      string         `json:"model" maxLength:"255" description:"Model that was used."`
	Prompt     string         `json:"prompt" maxLength:"1048576" description:"Prompt that was used; only its hash is kept."`
	Result     map[string]any `json:"result" required:"true" description:"What was found."`
	Score      *float64       `json:"score" description:"How good the document is by it."`
	Metadata   map[string]any `json:"metadata" description:"What else is known about it."`
}

// GetAnalysis reads an analysis.
type GetAnalysis struct {
	ID string `json:"id" path:"id" maxLength:"255" description:"Identifier of the analysis."`
}

// ListAnalyses lists analyses, the latest first.
type ListAnalyses struct {
	DocumentID string `json:"document_id" query:"document_id" maxLength:"255" description:"Only those of this document."`
	Analyzer   string `json:"analyzer" query:"analyzer" maxLength:"255" description:"Only those that it made."`
	Limit      int    `json:"limit" query:"limit" default:"100" minimum:"1" maximum:"1000" description:"Greatest length of the page."`
	Offset     int    `json:"offset" query:"offset" minimum:"0" description:"How many analyses to pass over."`
}

// DocumentAnalysisList is a page of analyses.
type DocumentAnalysisList struct {
	Items   []DocumentAnalysis `json:"items" description:"The page, latest first."`
	Total   int                `json:"total" description:"How many analyses match in all."`
	Limit   int                `json:"limit" description:"Greatest length of the page."`
	Offset  int                `json:"offset" description:"How many analyses were passed over."`
	HasMore bool               `json:"has_more" description:"Whether more follow."`
}

// ListStyleExamples lists the documents of type style_example, which show how to write.
type ListStyleExamples struct {
	Language string `json:"language" query:"language" maxLength:"100" description:"Only those of this language."`
	Limit    int    `json:"limit" query:"limit" default:"50" minimum:"1" maximum:"1000" description:"Greatest length of the page."`
	Offset   int    `json:"offset" query:"offset" minimum:"0" description:"How many examples to pass over."`
}

// StyleExample is a document that shows how to write in a language.
type StyleExample struct {
	ID          string   `json:"id" description:"Identifier of the document."`
	Language    string   `json:"language" description:"Its metadata.language, in lower case."`
	Title       string   `json:"title" description:"Its title."`
	Example     string   `json:"example" description:"Its content."`
	Explanation string   `json:"explanation" description:"Its metadata.explanation."`
	Tags        []string `json:"tags" description:"Its metadata.tags."`
}

// StyleExampleList is a page of examples.
type StyleExampleList struct {
	Items     []StyleExample `json:"items" description:"The page, the latest changed first."`
	Total     int            `json:"total" description:"How many examples match in all."`
	Limit     int            `json:"limit" description:"Greatest length of the page."`
	Offset    int            `json:"offset" description:"How many examples were passed over."`
	HasMore   bool           `json:"has_more" description:"Whether more follow."`
	Languages []string       `json:"languages" description:"Languages of all examples, sorted."`
}
