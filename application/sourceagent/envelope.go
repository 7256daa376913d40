package sourceagent

import (
	"bytes"
	"context"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/source"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/usecase"
)

// envelope wraps a file for the document store.
func (m *mirror) envelope(ctx context.Context, id string, item source.Item, hash string, data []byte) (docstore.StoreEnvelope, error) {
	origin, err := m.origin(ctx, item.Path)
	if err != nil {
		return docstore.StoreEnvelope{}, err
	}
	format, title := m.describe(ctx, item.Path, data)
	if ctx.Err() != nil {
		return docstore.StoreEnvelope{}, domain.FaultOf(ctx.Err())
	}
	modified := origin.ChangedAt
	if modified.IsZero() {
		modified = item.ModifiedAt
	}
	e := docstore.StoreEnvelope{
		VersionTag: "v1", Version: origin.Commit, ContentHash: hash, CorrelationID: usecase.MetaOf(ctx).Correlation,
		Document: docstore.EnvelopeDocument{
			ID: id, SourceType: string(m.place.Kind), SourceID: m.place.ID.String(), Title: title, Content: string(data),
			Path: item.Path, Project: m.place.Name, Metadata: metadataOf(origin, format),
		},
	}
	if !modified.IsZero() {
		e.Document.LastModified = &modified
	}
	return e, nil
}

func metadataOf(origin source.Provenance, format string) map[string]any {
	metadata := map[string]any{"type": format}
	set := func(key, value string) {
		if value != "" {
			metadata[key] = value
		}
	}
	set("author", origin.Author)
	set("commit", origin.Commit)
	if !origin.CreatedAt.IsZero() {
		set("created", origin.CreatedAt.UTC().Format(time.RFC3339))
	}
	if len(origin.Owners) > 0 {
		metadata["owner"] = origin.Owners[0]
		owners := make([]any, len(origin.Owners))
		for i, owner := range origin.Owners {
			owners[i] = owner
		}
		metadata["owners"] = owners
	}
	return metadata
}

// maxTitle is the greatest length of a title in an envelope, in characters.
const maxTitle = 1000

// describe tells the format of a file, and its title where that stands in front
// matter, or behind front matter in a heading. Otherwise the store finds the
// title: the first line. Only files whose name does not tell their format, or
// which begin as front matter does, are parsed.
func (m *mirror) describe(ctx context.Context, name string, data []byte) (format, title string) {
	format = source.FormatOf(name)
	if format != "" && !opensFrontMatter(data) {
		return format, ""
	}
	tree, err := m.Markup.Parse(ctx, name, data)
	if err != nil {
		return format, "" // the store refuses what is no text
	}
	if tree.FrontMatterEnd > 0 {
		if title = tree.FrontMatter.Text("title"); title == "" {
			if headings := tree.Headings(); len(headings) > 0 {
				title = headings[0].PlainText(data)
			}
		}
	}
	if letters := []rune(title); len(letters) > maxTitle {
		title = string(letters[:maxTitle])
	}
	return tree.Format, title
}

func opensFrontMatter(data []byte) bool {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	return bytes.HasPrefix(data, []byte("---")) || bytes.HasPrefix(data, []byte("+++")) || bytes.HasPrefix(data, []byte("{"))
}

// origin returns what the source knows about the origin of a file. It is asked
// once in a round, for all the files of it. A source that cannot tell is a
// warning.
func (m *mirror) origin(ctx context.Context, path string) (source.Provenance, error) {
	if m.origins == nil {
		paths := make([]string, len(m.round))
		for i, t := range m.round {
			paths[i] = t.item.Path
		}
		origins, err := m.open.Provenance(ctx, paths)
		if ctx.Err() != nil {
			return source.Provenance{}, domain.FaultOf(ctx.Err())
		}
		if err != nil {
			m.run.Warn(".", err)
		}
		if m.origins = origins; origins == nil {
			m.origins = map[string]source.Provenance{}
		}
	}
	return m.origins[path], nil
}
