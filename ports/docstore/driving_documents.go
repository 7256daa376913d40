package docstore

import (
	"encoding/json"
	"time"
)

// Document is a document as callers see it.
type Document struct {
	ID            string         `json:"id" description:"Identifier of the document."`
	Title         string         `json:"title" description:"Title from the metadata, or else the first line of the content."`
	Content       string         `json:"content,omitempty" description:"The whole text; left out of lists unless asked for."`
	ContentHash   string         `json:"content_hash" description:"SHA-256 of the content, hexadecimal."`
	Metadata      map[string]any `json:"metadata" description:"What is known besides the content; content_length is derived."`
	CorrelationID string         `json:"correlation_id,omitempty" description:"Correlation of the request that created the document."`
	Version       int            `json:"version" description:"Number of the version, from 1."`
	CreatedAt     time.Time      `json:"created_at" description:"When the document was first stored."`
	UpdatedAt     time.Time      `json:"updated_at" description:"When this version began."`
	Existed       bool           `json:"existed,omitempty" description:"True when the same content was stored before and nothing was saved."`
}

// DocumentList is a page of documents.
type DocumentList struct {
	Items   []Document `json:"items" description:"The page, latest change first."`
	Total   int        `json:"total" description:"How many documents match in all."`
	Limit   int        `json:"limit" description:"Greatest length of the page."`
	Offset  int        `json:"offset" description:"How many documents were passed over."`
	HasMore bool       `json:"has_more" description:"Whether more follow."`
}

// StoreDocument stores a document, or finds the living one with the same content.
type StoreDocument struct {
	ID            string          `json:"id" maxLength:"255" description:"Identifier to use; made up when absent."`
	Content       string          `json:"content" required:"true" maxLength:"104857600" description:"The whole text."`
	Metadata      json.RawMessage `json:"metadata" description:"An object; anything else counts as an empty one."`
	CorrelationID string          `json:"correlation_id" maxLength:"255" description:"Correlation to record; that of the request when absent."`
	Author        string          `json:"author" maxLength:"255" description:"Who makes the change."`
}

// PutDocument creates a document under a chosen id, or makes a new version of it.
type PutDocument struct {
	ID       string         `json:"id" path:"id" maxLength:"255" description:"Identifier of the document."`
	Content  string         `json:"content" required:"true" maxLength:"104857600" description:"The whole text."`
	Metadata map[string]any `json:"metadata" description:"The whole metadata; what is there stays when absent."`
	Note     string         `json:"note" maxLength:"1000" description:"Why the change was made."`
	Author   string         `json:"author" maxLength:"255" description:"Who makes the change."`
	Expected *int           `json:"expected_version" minimum:"0" description:"Version that the change is based on; 0 for a document that must not exist yet. Another one is a conflict."`
}

// StoreEnvelope stores the document inside a DocumentEnvelope of a source.
type StoreEnvelope struct {
	VersionTag    string           `json:"version_tag" required:"true" enum:"v1" description:"Format of the envelope."`
	ID            string           `json:"id" maxLength:"255" description:"Identifier of the envelope; may be empty."`
	Version       string           `json:"version" maxLength:"255" description:"Version at the source, such as a commit."`
	CorrelationID string           `json:"correlation_id" maxLength:"255" description:"Correlation of the ingestion."`
	SourceRefs    []map[string]any `json:"source_refs" description:"Where the document came from."`
	ContentHash   string           `json:"content_hash" maxLength:"64" description:"SHA-256 of the content; a mismatch is refused."`
	Timestamp     *time.Time       `json:"timestamp" description:"When the envelope was made."`
	Document      EnvelopeDocument `json:"document" required:"true" description:"The document itself."`
}

// EnvelopeDocument is the document inside an envelope.
type EnvelopeDocument struct {
	ID           string         `json:"id" maxLength:"255" description:"Identifier to store under; made up when absent."`
	SourceType   string         `json:"source_type" maxLength:"100" description:"Kind of source, such as git or files."`
	SourceID     string         `json:"source_id" maxLength:"1000" description:"Identifier at the source."`
	Title        string         `json:"title" maxLength:"1000" description:"Title at the source."`
	Content      string         `json:"content" required:"true" maxLength:"104857600" description:"The whole text."`
	Path         string         `json:"path" maxLength:"4096" description:"Path at the source."`
	URL          string         `json:"url" maxLength:"4096" description:"Address at the source."`
	Project      string         `json:"project" maxLength:"255" description:"Project at the source."`
	LastModified *time.Time     `json:"last_modified" description:"Last change at the source."`
	Metadata     map[string]any `json:"metadata" description:"What else the source knows."`
}

// GetDocument reads a document now, or as of an instant.
type GetDocument struct {
	ID   string     `json:"id" path:"id" maxLength:"255" description:"Identifier of the document."`
	AsOf *time.Time `json:"as_of" query:"as_of" description:"Instant to read as of; now when absent."`
}

// DownloadDocument reads the raw content of a document with its media type.
type DownloadDocument struct {
	ID string `json:"id" path:"id" maxLength:"255" description:"Identifier of the document."`
}

// Download is the content of a document ready to be saved as a file.
type Download struct {
	Filename    string `json:"filename" description:"From metadata.filename, or else made from the id."`
	ContentType string `json:"content_type" description:"From metadata.content_type, or else text/plain."`
	Content     []byte `json:"content" description:"The bytes; decoded where metadata.content_encoding is base64."`
}

// ListDocuments lists living documents, the latest change first.
type ListDocuments struct {
	Type           string `json:"type" query:"type" maxLength:"255" description:"Only with this metadata.type."`
	SourceType     string `json:"source_type" query:"source_type" maxLength:"255" description:"Only with this metadata.source_type."`
	Language       string `json:"language" query:"language" maxLength:"100" description:"Only with this metadata.language."`
	Owner          string `json:"owner" query:"owner" maxLength:"255" description:"Only with this metadata.owner."`
	CorrelationID  string `json:"correlation_id" query:"correlation_id" maxLength:"255" description:"Only created under this correlation."`
	PromptID       string `json:"prompt_id" query:"prompt_id" maxLength:"255" description:"Only with this metadata.original_prompt_id."`
	IncludeContent bool   `json:"include_content" query:"include_content" description:"Put the content of each document into the list."`
	Limit          int    `json:"limit" query:"limit" default:"50" minimum:"1" maximum:"1000" description:"Greatest length of the page."`
	Offset         int    `json:"offset" query:"offset" minimum:"0" description:"How many documents to pass over."`
}

// PatchMetadata lays updates over the metadata of a document.
type PatchMetadata struct {
	ID      string         `json:"id" path:"id" maxLength:"255" description:"Identifier of the document."`
	Updates map[string]any `json:"updates" required:"true" description:"Keys to set; a null removes the key."`
	Author  string         `json:"author" maxLength:"255" description:"Who makes the change."`
}

// PatchedMetadata is the metadata after a patch.
type PatchedMetadata struct {
	ID            string         `json:"id" description:"Identifier of the document."`
	Metadata      map[string]any `json:"metadata" description:"The whole metadata."`
	UpdatedFields []string       `json:"updated_fields" description:"Keys that the patch named, sorted."`
	Version       int            `json:"version" description:"Number of the version that holds it."`
}

// DeleteDocument ends the life of a document. Its history stays readable as of
// earlier instants, unless Purge erases it too.
type DeleteDocument struct {
	ID    string `json:"id" path:"id" maxLength:"255" description:"Identifier of the document."`
	Purge bool   `json:"purge" query:"purge" description:"Erase the history too; this cannot be undone."`
}

// Deleted names what was deleted.
type Deleted struct {
	ID     string `json:"id" description:"Identifier of what was deleted."`
	Purged bool   `json:"purged" description:"Whether the history was erased too."`
}

// ListSpans lists the addressable pieces of a version of a document.
type ListSpans struct {
	ID      string `json:"id" path:"id" maxLength:"255" description:"Identifier of the document."`
	Version int    `json:"version" query:"version" minimum:"0" description:"Number of the version; the current one when 0."`
}

// Span is an addressable piece of a version: a byte range of its content.
type Span struct {
	Start int    `json:"start" description:"First byte of the piece, from 0."`
	End   int    `json:"end" description:"Byte after the last."`
	Hash  string `json:"hash" description:"SHA-256 of the bytes, hexadecimal."`
	Text  string `json:"text" description:"The bytes themselves."`
}

// SpanList is the pieces of one version, in order.
type SpanList struct {
	DocumentID string `json:"document_id" description:"Identifier of the document."`
	Version    int    `json:"version" description:"Number of the version."`
	Items      []Span `json:"items" description:"The pieces, by their start."`
	Total      int    `json:"total" description:"How many there are."`
}
