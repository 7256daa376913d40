package queryprocessing

import (
	"context"
	"errors"
	"sync"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/domain/query"
	"github.com/docsteward/docsteward/ports/docstore"
)

// libraryBytes is how much content the library keeps.
const libraryBytes = 32 << 20

// library keeps documents that were cut into passages, by id and hash of the
// content, the last used ones.
type library struct {
	mu      sync.Mutex
	sources map[string]*kept
	size    int
	uses    int
}

type kept struct {
	source *query.Source
	used   int
}

func newLibrary() *library { return &library{sources: make(map[string]*kept)} }

func (l *library) find(key string) *query.Source {
	l.mu.Lock()
	defer l.mu.Unlock()
	found := l.sources[key]
	if found == nil {
		return nil
	}
	l.uses++
	found.used = l.uses
	return found.source
}

func (l *library) put(key string, source *query.Source) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(source.Content) > libraryBytes/4 || l.sources[key] != nil {
		return
	}
	l.uses++
	l.sources[key] = &kept{source, l.uses}
	l.size += len(source.Content)
	for l.size > libraryBytes {
		l.forget()
	}
}

// forget drops the source that was not used for longest.
func (l *library) forget() {
	oldest, used := "", l.uses+1
	for key, k := range l.sources {
		if k.used < used {
			oldest, used = key, k.used
		}
	}
	l.size -= len(l.sources[oldest].source.Content)
	delete(l.sources, oldest)
}

// read returns the best documents with their passages. One that went since it was
// found is left out.
func (s *service) read(ctx context.Context, hits []fused) ([]*query.Source, error) {
	var sources []*query.Source
	for _, hit := range hits[:min(len(hits), readDocuments)] {
		source, err := s.source(ctx, hit.SearchHit)
		if errors.Is(err, domain.NotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		sources = append(sources, source)
	}
	return sources, nil
}

func (s *service) source(ctx context.Context, hit docstore.SearchHit) (*query.Source, error) {
	key := hit.ID + "\x00" + hit.ContentHash
	if found := s.library.find(key); found != nil && found.Version == hit.Version && found.Title == hit.Title {
		return found, nil
	}
	d, err := s.GetDocument.Execute(ctx, docstore.GetDocument{ID: hit.ID}).Unwrap()
	if err != nil {
		return nil, err
	}
	content := []byte(d.Content)
	source := &query.Source{Document: d.ID, Title: d.Title, Version: d.Version, Content: d.Content}
	tree, err := s.Markup.Parse(ctx, nameOf(d), content)
	switch {
	case ctx.Err() != nil:
		return nil, domain.FaultOf(ctx.Err())
	case err == nil:
		source.Passages = query.Passages(content, tree)
	default: // what no parser takes is one paragraph
		root := &document.Block{End: len(content), Children: []*document.Block{{
			Kind: document.KindParagraph, End: len(content), Children: []*document.Block{{Kind: document.KindText, End: len(content)}},
		}}}
		source.Passages = query.Passages(content, &document.Tree{Root: root})
	}
	s.library.put(d.ID+"\x00"+d.ContentHash, source)
	return source, nil
}

// nameOf is the name by which the parser recognises the format.
func nameOf(d docstore.Document) string {
	for _, key := range [...]string{"path", "filename"} {
		if name, ok := d.Metadata[key].(string); ok && name != "" {
			return name
		}
	}
	return "document.md"
}
