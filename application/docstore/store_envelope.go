package docstore

import (
	"cmp"
	"context"
	"maps"
	"strings"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/ports/docstore"
)

// storeEnvelope stores under the id at the source, so that ingesting again
// makes a new version of the same document and never a second document.
func (s *service) storeEnvelope(ctx context.Context, c docstore.StoreEnvelope) (docstore.Document, error) {
	if c.ContentHash != "" && !strings.EqualFold(c.ContentHash, document.HashOf(c.Document.Content)) {
		return docstore.Document{}, domain.Invalid.New("The envelope's content_hash is not that of its content; fetch the document again.").
			WithField("content_hash", "hash", "must be the SHA-256 of document.content")
	}
	metadata := envelopeMetadata(c)
	if c.Document.ID == "" {
		return s.store(ctx, "", document.Draft{Content: c.Document.Content, Metadata: metadata, Correlation: c.CorrelationID})
	}
	return s.put(ctx, docstore.PutDocument{
		ID: c.Document.ID, Content: c.Document.Content, Metadata: metadata,
		Note: "Ingested from " + cmp.Or(c.Document.SourceType, "an envelope"),
	}, c.CorrelationID)
}

func envelopeMetadata(c docstore.StoreEnvelope) document.Metadata {
	metadata := maps.Clone(document.Metadata(c.Document.Metadata))
	if metadata == nil {
		metadata = document.Metadata{}
	}
	set := func(key, value string) {
		if value != "" {
			metadata[key] = value
		}
	}
	set("source_type", c.Document.SourceType)
	set("source_id", c.Document.SourceID)
	set("title", c.Document.Title)
	set("path", c.Document.Path)
	set("url", c.Document.URL)
	set("project", c.Document.Project)
	set("source_version", c.Version)
	if c.Document.LastModified != nil {
		set("last_modified", c.Document.LastModified.UTC().Format(time.RFC3339))
	}
	if len(c.SourceRefs) > 0 {
		refs := make([]any, len(c.SourceRefs))
		for i, ref := range c.SourceRefs {
			refs[i] = ref
		}
		metadata["source_refs"] = refs
	}
	return metadata
}
