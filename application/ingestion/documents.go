package ingestion

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"time"

	"github.com/docsteward/docsteward/domain/ingest"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/ingestion"
	"github.com/docsteward/docsteward/ports/orchestrator"
	"github.com/docsteward/docsteward/ports/usecase"
)

func (s *service) getDocument(ctx context.Context, c ingestion.GetDocument) (ingestion.Document, error) {
	d, err := s.GetDocument.Execute(usecase.AsService(ctx, orchestrator.ID), docstore.GetDocument{ID: c.ID}).Unwrap()
	if err != nil {
		return ingestion.Document{}, err
	}
	return documentView(d, s.now()), nil
}

// documentView tells what is known of a document besides its content.
func documentView(d docstore.Document, now time.Time) ingestion.Document {
	content := []byte(d.Content)
	address, kind := addressOf(d)
	sum := sha256.Sum256(content)
	checksum := hex.EncodeToString(sum[:])
	contentType := ingest.ContentType(address, content)
	categories := ingest.Categorise(address, contentType, len(content))
	created, modified := ingest.Times(d.Metadata)
	changed := modified
	if changed.IsZero() {
		changed = d.UpdatedAt
	}
	view := ingestion.Document{
		DocumentID: d.ID, SourceURL: address, SourceType: string(kind), Title: titleOf(d, address, contentType), ContentType: contentType,
		FileSize: len(content), FileSizeMB: float64(len(content)) / (1 << 20), Checksum: checksum, ChecksumVerified: checksum == d.ContentHash,
		CreatedAt: usecase.TimeOrNil(created), LastModified: usecase.TimeOrNil(modified), Author: ingest.Author(d.Metadata),
		Tags: ingest.Tags(kind, contentType, len(content), ownTags(d.Metadata)), PrimaryCategory: categories.Primary,
		Categories: append([]string{}, categories.All...), CategoryConfidence: categories.Confidence, CustomMetadata: maps.Clone(d.Metadata),
		IngestionTimestamp: d.UpdatedAt, AgeDays: now.Sub(changed).Hours() / 24,
	}
	view.HasTags, view.HasCustomMetadata = len(view.Tags) > 0, len(view.CustomMetadata) > 0
	return view
}

// addressOf is where a document came from, and the type of that source.
func addressOf(d docstore.Document) (string, ingest.SourceType) {
	address := d.ID
	for _, key := range []string{"path", "url"} {
		if text, _ := d.Metadata[key].(string); text != "" {
			address = text
		}
	}
	for _, t := range ingest.SourceTypes() {
		if given, _ := d.Metadata["source_type"].(string); given == string(t) {
			return address, t
		}
	}
	return address, ingest.Filesystem
}

func titleOf(d docstore.Document, address, contentType string) string {
	if title, _ := d.Metadata["title"].(string); title != "" {
		return title
	}
	return ingest.Title(address, contentType, []byte(d.Content))
}

func ownTags(metadata map[string]any) []string {
	list, _ := metadata["tags"].([]any)
	var tags []string
	for _, one := range list {
		if text, ok := one.(string); ok {
			tags = append(tags, text)
		}
	}
	return tags
}
