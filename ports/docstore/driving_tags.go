package docstore

import "time"

// Tag is a word for what a document is about.
type Tag struct {
	Tag        string    `json:"tag" description:"Name of the tag, in lower case."`
	Category   string    `json:"category" description:"language, framework, content or source."`
	Confidence float64   `json:"confidence" description:"How sure the tag is, 0 to 1."`
	Manual     bool      `json:"manual" description:"Whether it was set by hand; tagging leaves it as it is."`
	CreatedAt  time.Time `json:"created_at" description:"When it was set."`
}

// TagDocument works out the tags of a document anew. Tags set by hand stay.
type TagDocument struct {
	ID string `json:"id" path:"id" maxLength:"255" description:"Identifier of the document."`
}

// ListTags lists the tags of a document.
type ListTags struct {
	ID       string `json:"id" path:"id" maxLength:"255" description:"Identifier of the document."`
	Category string `json:"category" query:"category" enum:"language,framework,content,source" description:"Only those of this category."`
}

// TagList is the tags of a document.
type TagList struct {
	DocumentID string `json:"document_id" description:"Identifier of the document."`
	Items      []Tag  `json:"items" description:"The tags, by category and name."`
	Total      int    `json:"total" description:"How many there are."`
}

// SetTag sets a tag of a document by hand.
type SetTag struct {
	ID         string   `json:"id" path:"id" maxLength:"255" description:"Identifier of the document."`
	Tag        string   `json:"tag" path:"tag" maxLength:"100" description:"Name of the tag."`
	Confidence *float64 `json:"confidence" minimum:"0" maximum:"1" description:"How sure it is; 1 when absent."`
	Category   string   `json:"category" enum:"language,framework,content,source" description:"What kind of thing it is; that of the present tag, or of the taxonomy, or content, when absent."`
}

// RemoveTags erases tags of a document.
type RemoveTags struct {
	ID   string   `json:"id" path:"id" maxLength:"255" description:"Identifier of the document."`
	Tags []string `json:"tags" query:"tags" maxItems:"100" description:"Names of the tags; all when absent."`
}

// RemovedTags tells what was erased.
type RemovedTags struct {
	DocumentID   string `json:"document_id" description:"Identifier of the document."`
	RemovedCount int    `json:"removed_count" description:"How many tags were erased."`
}

// SearchTags finds documents by their tags. Synonyms of the taxonomy stand for their tag.
type SearchTags struct {
	Tags          []string `json:"tags" query:"tags" required:"true" minItems:"1" maxItems:"100" description:"Names of tags."`
	Operator      string   `json:"operator" query:"operator" default:"AND" enum:"AND,OR" description:"Whether all of them are needed, or one of them."`
	Categories    []string `json:"categories" query:"categories" maxItems:"4" description:"Only tags of these categories count: language, framework, content, source."`
	MinConfidence float64  `json:"min_confidence" query:"min_confidence" minimum:"0" maximum:"1" description:"How sure a tag must be to count."`
	Limit         int      `json:"limit" query:"limit" default:"50" minimum:"1" maximum:"1000" description:"Greatest length of the page."`
	Offset        int      `json:"offset" query:"offset" minimum:"0" description:"How many documents to pass over."`
}

// QueryTags is a search by tags given as a body.
type QueryTags struct {
	Tags          []string `json:"tags" required:"true" minItems:"1" maxItems:"100" description:"Names of tags."`
	Operator      string   `json:"operator" default:"AND" enum:"AND,OR" description:"Whether all of them are needed, or one of them."`
	Categories    []string `json:"categories" maxItems:"4" description:"Only tags of these categories count: language, framework, content, source."`
	MinConfidence float64  `json:"min_confidence" minimum:"0" maximum:"1" description:"How sure a tag must be to count."`
	Limit         int      `json:"limit" default:"50" minimum:"1" maximum:"1000" description:"Greatest length of the page."`
	Offset        int      `json:"offset" minimum:"0" description:"How many documents to pass over."`
}

// TagSearchResults is a page of documents with the tags that were asked for.
type TagSearchResults struct {
	Items        []TaggedDocument `json:"items" description:"The page, most matching tags first."`
	Total        int              `json:"total" description:"How many documents match in all."`
	Limit        int              `json:"limit" description:"Greatest length of the page."`
	Offset       int              `json:"offset" description:"How many documents were passed over."`
	HasMore      bool             `json:"has_more" description:"Whether more follow."`
	SearchedTags []string         `json:"searched_tags" description:"Tags that were searched for, synonyms resolved, sorted."`
	Operator     string           `json:"operator" description:"Whether all of them were needed."`
}

// TaggedDocument is a document with the tags that a search asked for.
type TaggedDocument struct {
	DocumentID   string `json:"document_id" description:"Identifier of the document."`
	Title        string `json:"title" description:"Its title."`
	MatchingTags []Tag  `json:"matching_tags" description:"The tags that match, by category and name."`
	TagCount     int    `json:"tag_count" description:"How many match."`
}

// GetTagStats counts tags over the whole store.
type GetTagStats struct{}

// TagStats counts tags over the whole store.
type TagStats struct {
	TopTags                []TagCount     `json:"top_tags" description:"Up to 100 tags, those of most documents first."`
	CategoryDistribution   map[string]int `json:"category_distribution" description:"Tags by category."`
	ConfidenceDistribution TagConfidence  `json:"confidence_distribution" description:"Tags by how sure they are."`
}

// TagCount is how many documents carry a tag.
type TagCount struct {
	Tag       string `json:"tag" description:"Name of the tag."`
	Documents int    `json:"documents" description:"How many documents carry it."`
}

// TagConfidence counts tags by how sure they are.
type TagConfidence struct {
	High   int `json:"high" description:"From 0.9."`
	Medium int `json:"medium" description:"From 0.7 to below 0.9."`
	Low    int `json:"low" description:"Below 0.7."`
}

// AddTaxonomyNode gives a tag its place among the others.
type AddTaxonomyNode struct {
	Tag         string   `json:"tag" required:"true" minLength:"1" maxLength:"100" description:"Name of the tag."`
	Category    string   `json:"category" required:"true" enum:"language,framework,content,source" description:"What kind of thing it is."`
	Description string   `json:"description" maxLength:"1000" description:"For people."`
	ParentTag   string   `json:"parent_tag" maxLength:"100" description:"Tag above it, of the same category; a root when absent."`
	Synonyms    []string `json:"synonyms" maxItems:"50" description:"Other names that search takes for it."`
}

// TaxonomyNode is a tag in its place among the others.
type TaxonomyNode struct {
	Tag         string    `json:"tag" description:"Name of the tag."`
	Category    string    `json:"category" description:"What kind of thing it is."`
	Description string    `json:"description" description:"For people."`
	ParentTag   string    `json:"parent_tag,omitempty" description:"Tag above it; absent for a root."`
	Synonyms    []string  `json:"synonyms" description:"Other names of it, sorted."`
	Depth       int       `json:"depth" description:"How many tags are above it."`
	CreatedAt   time.Time `json:"created_at" description:"When it was added."`
}

// GetTaxonomyTree reads the taxonomy.
type GetTaxonomyTree struct {
	RootCategory string `json:"root_category" query:"root_category" enum:"language,framework,content,source" description:"Only this category."`
}

// TaxonomyTree is the taxonomy by category.
type TaxonomyTree struct {
	Categories map[string][]TaxonomyNode `json:"categories" description:"Nodes of every category, parents before what is beneath them."`
	Total      int                       `json:"total" description:"How many nodes there are."`
}
