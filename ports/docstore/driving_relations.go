package docstore

import "time"

// Relationship is a directed link from a document as callers see it.
type Relationship struct {
	ID               string         `json:"id" description:"Identifier of the relationship."`
	SourceDocumentID string         `json:"source_document_id" description:"Document that the link starts at."`
	TargetDocumentID string         `json:"target_document_id,omitempty" description:"Document that it leads to; absent when it leads outside."`
	External         string         `json:"external,omitempty" description:"Address outside the store that it leads to."`
	RelationshipType string         `json:"relationship_type" description:"Such as references, links_to, derived_from or external_reference."`
	Strength         float64        `json:"strength" description:"How strong the link is, 0 to 1."`
	Metadata         map[string]any `json:"metadata" description:"What else is known about it."`
	Extracted        bool           `json:"extracted" description:"Whether it was read out of the content."`
	CreatedAt        time.Time      `json:"created_at" description:"When it was made."`
}

// CreateRelationship links a document to another.
type CreateRelationship struct {
	SourceDocumentID string         `json:"source_document_id" required:"true" minLength:"1" maxLength:"255" description:"Document that the link starts at."`
	TargetDocumentID string         `json:"target_document_id" required:"true" minLength:"1" maxLength:"255" description:"Document that it leads to, not the same."`
	RelationshipType string         `json:"relationship_type" required:"true" minLength:"1" maxLength:"100" description:"Such as references or derived_from; any text will do."`
	Strength         *float64       `json:"strength" minimum:"0" maximum:"1" description:"How strong the link is; 1 when absent."`
	Metadata         map[string]any `json:"metadata" description:"What else is known about it."`
}

// GetRelationship reads a relationship.
type GetRelationship struct {
	ID string `json:"id" path:"id" maxLength:"255" description:"Identifier of the relationship."`
}

// DeleteRelationship erases a relationship.
type DeleteRelationship struct {
	ID string `json:"id" path:"id" maxLength:"255" description:"Identifier of the relationship."`
}

// ListRelationships lists the relationships of a document, the latest first.
type ListRelationships struct {
	ID               string `json:"id" path:"id" maxLength:"255" description:"Identifier of the document."`
	Direction        string `json:"direction" query:"direction" default:"both" enum:"both,outgoing,incoming" description:"Which end the document is."`
	RelationshipType string `json:"relationship_type" query:"relationship_type" maxLength:"100" description:"Only those of this type."`
	Limit            int    `json:"limit" query:"limit" default:"50" minimum:"1" maximum:"1000" description:"Greatest length of the page."`
	Offset           int    `json:"offset" query:"offset" minimum:"0" description:"How many relationships to pass over."`
}

// RelationshipList is a page of the relationships of a document.
type RelationshipList struct {
	DocumentID string         `json:"document_id" description:"Identifier of the document."`
	Direction  string         `json:"direction" description:"Which end the document is."`
	Items      []Relationship `json:"items" description:"The page, latest first."`
	Total      int            `json:"total" description:"How many relationships match in all."`
	Limit      int            `json:"limit" description:"Greatest length of the page."`
	Offset     int            `json:"offset" description:"How many relationships were passed over."`
	HasMore    bool           `json:"has_more" description:"Whether more follow."`
}

// ExtractRelationships reads the references in the content of a document anew.
// Those that the content does not hold any more are erased; those that were
// stated by callers stay.
type ExtractRelationships struct {
	ID string `json:"id" path:"id" maxLength:"255" description:"Identifier of the document."`
}

// ExtractedRelationships is what the content of a document refers to.
type ExtractedRelationships struct {
	DocumentID string         `json:"document_id" description:"Identifier of the document."`
	Items      []Relationship `json:"items" description:"Every relationship that the content spells, in its order."`
	Total      int            `json:"total" description:"How many there are."`
	Added      int            `json:"added" description:"How many of them are new."`
	Removed    int            `json:"removed" description:"How many were erased since the content does not spell them any more."`
	Unresolved []string       `json:"unresolved" description:"Ids and paths that the content refers to and no document has, in its order."`
}

// FindPaths finds ways from one document to another along relationships.
type FindPaths struct {
	StartID  string `json:"start_id" query:"start_id" required:"true" minLength:"1" maxLength:"255" description:"Document to start at."`
	EndID    string `json:"end_id" query:"end_id" required:"true" minLength:"1" maxLength:"255" description:"Document to reach."`
	MaxDepth int    `json:"max_depth" query:"max_depth" default:"3" minimum:"1" maximum:"5" description:"Greatest number of links on a way."`
}

// DocumentPaths is the ways from one document to another.
type DocumentPaths struct {
	StartDocument string     `json:"start_document" description:"Document that the ways start at."`
	EndDocument   string     `json:"end_document" description:"Document that they reach."`
	Paths         [][]string `json:"paths" description:"Ids along each way, both ends included; the shortest way first, at most 100."`
	TotalPaths    int        `json:"total_paths" description:"How many ways are listed."`
	Found         bool       `json:"found" description:"Whether there is any."`
	Truncated     bool       `json:"truncated" description:"Whether there may be more ways than are listed."`
	MaxDepth      int        `json:"max_depth" description:"Greatest number of links on a way."`
}

// GetRelationshipStats measures the graph of all relationships.
type GetRelationshipStats struct{}

// RelationshipStats measures the graph of all relationships between documents.
type RelationshipStats struct {
	TotalRelationships  int            `json:"total_relationships" description:"Relationships between documents."`
	ExternalReferences  int            `json:"external_references" description:"Relationships that lead outside; the other figures leave them out."`
	UniqueDocuments     int            `json:"unique_documents" description:"Documents that have relationships."`
	RelationshipTypes   map[string]int `json:"relationship_types" description:"Relationships by type."`
	AvgDegree           float64        `json:"avg_degree" description:"Relationships per document, counted at both ends."`
	Density             float64        `json:"density" description:"Part of all pairs of documents that are linked, 0 to 1."`
	AvgClustering       float64        `json:"avg_clustering" description:"Mean of the documents' clustering coefficients, 0 to 1."`
	ConnectedComponents int            `json:"connected_components" description:"Parts that the graph falls into."`
}

// GetGraph reads the graph around some documents, or the whole.
type GetGraph struct {
	DocumentIDs []string `json:"document_ids" query:"document_ids" maxItems:"100" description:"Documents to start at; all that have relationships when absent."`
	MaxDepth    int      `json:"max_depth" query:"max_depth" default:"2" minimum:"1" maximum:"5" description:"How many links to follow, in either direction."`
	Limit       int      `json:"limit" query:"limit" default:"500" minimum:"1" maximum:"1000" description:"Greatest number of nodes."`
}

// DocumentGraph is documents and the links between them.
type DocumentGraph struct {
	Nodes     []GraphNode `json:"nodes" description:"The documents, nearest first, then by id."`
	Edges     []GraphEdge `json:"edges" description:"The relationships between them, by their ends and type."`
	NodeCount int         `json:"node_count" description:"How many nodes there are."`
	EdgeCount int         `json:"edge_count" description:"How many edges there are."`
	Truncated bool        `json:"truncated" description:"Whether nodes were left out for the limit."`
}

// GraphNode is a document in a graph.
type GraphNode struct {
	ID    string `json:"id" description:"Identifier of the document."`
	Title string `json:"title" description:"Its title."`
	Type  string `json:"type" description:"Its metadata.type."`
}

// GraphEdge is a link in a graph.
type GraphEdge struct {
	Source           string `json:"source" description:"Document that the link starts at."`
	Target           string `json:"target" description:"Document that it leads to."`
	RelationshipType string `json:"relationship_type" description:"Type of the relationship."`
}
