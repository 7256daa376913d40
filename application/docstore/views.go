package docstore

import (
	"encoding/json"
	"maps"
	"strconv"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/ports/docstore"
)

func documentView(d document.State) docstore.Document {
	return docstore.Document{
		ID: d.ID.String(), Title: d.Title, Content: d.Content, ContentHash: d.Hash,
		Metadata: metadataView(d.Metadata, d.Size), CorrelationID: d.Correlation, Version: d.Version,
		CreatedAt: d.CreatedAt, UpdatedAt: d.UpdatedAt,
	}
}

// metadataView adds the length of the content, which is derived and never stored.
func metadataView(m document.Metadata, size int) map[string]any {
	view := make(map[string]any, len(m)+1)
	maps.Copy(view, m)
	view["content_length"] = size
	return view
}

func versionView(v document.Version) docstore.Version {
	view := docstore.Version{
		ID: v.Document.String() + ":v" + strconv.Itoa(v.Number), DocumentID: v.Document.String(), VersionNumber: v.Number,
		Title: v.Title, Content: v.Content, ContentHash: v.Hash, ContentLength: v.Size, Metadata: v.Metadata,
		ChangeSummary: v.Note, ChangedBy: v.Author, CreatedAt: v.ValidFrom, Deletion: v.Deletion,
	}
	if !v.ValidTo.IsZero() {
		view.ReplacedAt = &v.ValidTo
	}
	return view
}

// payload is the published body of a document's events: everything but the
// content, which a subscriber reads by id and version.
func payload(d document.State) ([]byte, error) {
	body, err := json.Marshal(struct {
		ID          string            `json:"id"`
		Title       string            `json:"title"`
		Version     int               `json:"version"`
		ContentHash string            `json:"content_hash"`
		Metadata    document.Metadata `json:"metadata"`
	}{d.ID.String(), d.Title, d.Version, d.Hash, d.Metadata})
	if err != nil {
		return nil, domain.Invalid.Wrap(err, "The metadata cannot be written as JSON.")
	}
	return body, nil
}
