package docstore

import (
	"encoding/json"
	"time"
)

// BulkOperation is a request for many things as callers see it.
type BulkOperation struct {
	OperationID   string         `json:"operation_id" description:"Identifier of the operation."`
	OperationType string         `json:"operation_type" description:"What is done with every item."`
	Status        string         `json:"status" description:"receiving, pending, processing, completed, failed or cancelled."`
	Progress      BulkProgress   `json:"progress" description:"How much is done."`
	Results       BulkResultList `json:"results" description:"How the items fared; empty in lists of operations."`
	CreatedAt     time.Time      `json:"created_at" description:"When it was asked for."`
	StartedAt     *time.Time     `json:"started_at,omitempty" description:"When work on it began."`
	CompletedAt   *time.Time     `json:"completed_at,omitempty" description:"When it ended."`
}

// BulkProgress counts the items of an operation.
type BulkProgress struct {
	Total      int     `json:"total" description:"How many there are."`
	Processed  int     `json:"processed" description:"How many are done."`
	Successful int     `json:"successful" description:"How many of those succeeded."`
	Failed     int     `json:"failed" description:"How many of those failed."`
	Percentage float64 `json:"percentage" description:"Part that is done, 0 to 100."`
}

// BulkResult is how one item fared.
type BulkResult struct {
	Number    int             `json:"number" description:"Place of the item in the request, from 0."`
	Status    string          `json:"status" description:"waiting, succeeded or failed."`
	Result    json.RawMessage `json:"result,omitempty" description:"What came out, when it succeeded."`
	ErrorCode string          `json:"error_code,omitempty" description:"Code of the failure."`
	Error     string          `json:"error,omitempty" description:"What to do about the failure."`
}

// BulkResultList is a page of results.
type BulkResultList struct {
	Items   []BulkResult `json:"items" description:"The page, in the order of the request."`
	Total   int          `json:"total" description:"How many items there are."`
	Limit   int          `json:"limit" description:"Greatest length of the page."`
	Offset  int          `json:"offset" description:"How many items were passed over."`
	HasMore bool         `json:"has_more" description:"Whether more follow."`
}

// BulkOperationList is a page of operations.
type BulkOperationList struct {
	Items   []BulkOperation `json:"items" description:"The page, latest first."`
	Total   int             `json:"total" description:"How many operations match in all."`
	Limit   int             `json:"limit" description:"Greatest length of the page."`
	Offset  int             `json:"offset" description:"How many operations were passed over."`
	HasMore bool            `json:"has_more" description:"Whether more follow."`
}

// BulkStoreDocuments stores many documents.
type BulkStoreDocuments struct {
	Documents []BulkDocument `json:"documents" required:"true" minItems:"1" maxItems:"1000" description:"The documents."`
}

// BulkDocument is one of many documents to store.
type BulkDocument struct {
	ID            string          `json:"id" maxLength:"255" description:"Identifier to use; made up when absent."`
	Content       string          `json:"content" required:"true" maxLength:"104857600" description:"The whole text."`
	Metadata      json.RawMessage `json:"metadata" description:"An object; anything else counts as an empty one."`
	CorrelationID string          `json:"correlation_id" maxLength:"255" description:"Correlation to record; that of the request when absent."`
}

// BulkSearchDocuments asks many queries.
type BulkSearchDocuments struct {
	Queries []string `json:"queries" required:"true" minItems:"1" maxItems:"1000" description:"The queries."`
	Limit   int      `json:"limit" default:"10" minimum:"1" maximum:"100" description:"Greatest number of hits kept for each query."`
}

// BulkDeleteDocuments deletes many documents; their history stays.
type BulkDeleteDocuments struct {
	DocumentIDs []string `json:"document_ids" required:"true" minItems:"1" maxItems:"1000" description:"Identifiers of the documents."`
}

// BulkTagDocuments works out the tags of many documents anew; those set by hand
// stay.
type BulkTagDocuments struct {
	DocumentIDs []string `json:"document_ids" required:"true" minItems:"1" maxItems:"1000" description:"Identifiers of the documents."`
}

// BulkReanalyzeDocuments works out anew what the content of many documents says:
// their tags and the references in them. What was set by hand stays.
type BulkReanalyzeDocuments struct {
	DocumentIDs []string `json:"document_ids" required:"true" minItems:"1" maxItems:"1000" description:"Identifiers of the documents."`
}

// ReanalyzedDocument is what came out for one document.
type ReanalyzedDocument struct {
	DocumentID    string   `json:"document_id" description:"Identifier of the document."`
	Tags          []string `json:"tags" description:"Its tags, by category and name."`
	Relationships int      `json:"relationships" description:"How many references the content spells."`
	Added         int      `json:"added" description:"How many of them are new."`
	Removed       int      `json:"removed" description:"How many were erased since the content does not spell them any more."`
}

// BulkUpdateDocuments lays the same updates over the metadata of many documents.
type BulkUpdateDocuments struct {
	DocumentIDs []string       `json:"document_ids" required:"true" minItems:"1" maxItems:"1000" description:"Identifiers of the documents."`
	Updates     map[string]any `json:"updates" required:"true" description:"Keys to set, not empty; a null removes its key."`
}

// ListBulkOperations lists bulk operations, the latest first.
type ListBulkOperations struct {
	Status string `json:"status" query:"status" enum:"receiving,pending,processing,completed,failed,cancelled" description:"Only those in this state."`
	Limit  int    `json:"limit" query:"limit" default:"50" minimum:"1" maximum:"100" description:"Greatest length of the page."`
	Offset int    `json:"offset" query:"offset" minimum:"0" description:"How many operations to pass over."`
}

// GetBulkOperation reads a bulk operation with a page of its results.
type GetBulkOperation struct {
	ID     string `json:"id" path:"id" maxLength:"255" description:"Identifier of the operation."`
	Limit  int    `json:"limit" query:"limit" default:"100" minimum:"1" maximum:"1000" description:"Greatest number of results."`
	Offset int    `json:"offset" query:"offset" minimum:"0" description:"How many results to pass over."`
}

// CancelBulkOperation ends a bulk operation; what is done stays done.
type CancelBulkOperation struct {
	ID string `json:"id" path:"id" maxLength:"255" description:"Identifier of the operation."`
}
