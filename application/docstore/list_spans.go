package docstore

import (
	"context"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/docstore"
)

func (s *service) listSpans(ctx context.Context, c docstore.ListSpans) (docstore.SpanList, error) {
	d, err := s.living(ctx, c.ID)
	if err != nil {
		return docstore.SpanList{}, err
	}
	content, number := d.Content, d.Version
	if c.Version != 0 && c.Version != number {
		v, err := s.History.Version(ctx, d.ID, c.Version)
		if err != nil {
			return docstore.SpanList{}, err
		}
		content, number = v.Content, v.Number
	}
	spans, err := s.Spans.Of(ctx, d.ID, number)
	if err != nil {
		return docstore.SpanList{}, err
	}
	list := docstore.SpanList{DocumentID: c.ID, Version: number, Items: make([]docstore.Span, len(spans)), Total: len(spans)}
	for i, sp := range spans {
		if !sp.Holds([]byte(content)) {
			return docstore.SpanList{}, domain.Storage.New("The stored spans do not fit the content; store the document again.")
		}
		list.Items[i] = docstore.Span{Start: sp.Start, End: sp.End, Hash: sp.Hash, Text: content[sp.Start:sp.End]}
	}
	return list, nil
}
