package docstore

import (
	"context"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/ports/docstore"
)

func (s *service) compareVersions(ctx context.Context, c docstore.CompareVersions) (docstore.Comparison, error) {
	if c.A == c.B {
		return docstore.Comparison{}, domain.Invalid.New("A version does not differ from itself; name two versions.").
			WithField("b", "different", "must not equal a")
	}
	a, err := s.version(ctx, c.ID, c.A)
	if err != nil {
		return docstore.Comparison{}, err
	}
	b, err := s.version(ctx, c.ID, c.B)
	if err != nil {
		return docstore.Comparison{}, err
	}
	lines := document.DiffLines(a.Content, b.Content)
	comparison := docstore.Comparison{
		DocumentID: c.ID, A: versionView(a), B: versionView(b), Lines: make([]docstore.LineDiff, len(lines)),
		MetadataDiff: []docstore.MetadataDiff{},
		ContentDiff:  docstore.ContentDiff{LengthA: a.Size, LengthB: b.Size, ContentChanged: a.Hash != b.Hash},
	}
	comparison.A.Content, comparison.B.Content = "", ""
	for i, line := range lines {
		op := "removed"
		if line.Added {
			op = "added"
			comparison.ContentDiff.LinesAdded++
		} else {
			comparison.ContentDiff.LinesRemoved++
		}
		comparison.Lines[i] = docstore.LineDiff{Op: op, Line: line.Number, Text: line.Text}
	}
	for _, d := range document.DiffMetadata(a.Metadata, b.Metadata) {
		comparison.MetadataDiff = append(comparison.MetadataDiff, docstore.MetadataDiff{Key: d.Key, A: d.A, B: d.B})
	}
	return comparison, nil
}
