package sourceagent

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/source"
	"github.com/docsteward/docsteward/ports/docstore"
	port "github.com/docsteward/docsteward/ports/source"
	"github.com/docsteward/docsteward/ports/sourceagent"
	"github.com/docsteward/docsteward/ports/usecase"
)

// reconcileSource trusts no stamp and no record of an ingestion: it reads the files,
// and asks the store for the documents. Records only tell which document a path has.
func (s *service) reconcileSource(ctx context.Context, c sourceagent.ReconcileSource) (sourceagent.Reconciliation, error) {
	place, err := s.placeOf(ctx, c.ID)
	if err != nil {
		return sourceagent.Reconciliation{}, err
	}
	open, err := s.Opener.Open(ctx, place.Location)
	if err != nil {
		return sourceagent.Reconciliation{}, err
	}
	defer open.Close()
	if open.Identity() != place.Identity {
		return sourceagent.Reconciliation{}, domain.Conflict.New("What lies at " + place.Location + " is another source by now; ingest it by its whole path.")
	}
	b := &balance{service: s, place: place, files: map[string]string{}, documents: map[string]string{}, stored: map[string]string{},
		view: sourceagent.Reconciliation{Source: c.ID, Differences: []sourceagent.Difference{}, CheckedAt: s.now()}}
	if err := b.readSource(ctx, open); err != nil {
		return sourceagent.Reconciliation{}, err
	}
	if err := b.readStore(usecase.AsService(ctx, sourceagent.ID)); err != nil {
		return sourceagent.Reconciliation{}, err
	}
	return b.settle(c.Limit), nil
}

// balance holds a source against the store.
type balance struct {
	*service
	place source.Place
	// files are the hashes of the files with content, by path; documents are the ids of
	// what the store should have for a path, stored the hashes of what it has.
	files, documents, stored map[string]string
	view                     sourceagent.Reconciliation
}

func (b *balance) differ(d sourceagent.Difference) {
	b.view.Differences = append(b.view.Differences, d)
}

// readSource reads every file.
func (b *balance) readSource(ctx context.Context, open port.Source) error {
	var items []source.Item
	for item, err := range open.List(ctx) {
		switch {
		case ctx.Err() != nil:
			return domain.FaultOf(ctx.Err())
		case err != nil && (item.Path == "" || item.Path == "."): // the place as a whole
			return err
		case err != nil:
			b.differ(sourceagent.Difference{Path: item.Path, Problem: "unreadable"})
		default:
			items = append(items, item)
		}
	}
	for i, read := range readAhead(ctx, open, items) {
		name := items[i].Path
		switch {
		case ctx.Err() != nil:
			return domain.FaultOf(ctx.Err())
		case read.err != nil:
			b.differ(sourceagent.Difference{Path: name, Problem: "unreadable"})
		case len(bytes.TrimSpace(read.data)) == 0:
			b.view.Blank++
		default:
			b.files[name] = source.HashOf(read.data)
		}
	}
	return nil
}

// listed is how many documents are listed at once.
const listed = 500

// readStore asks the store for what it has of the place: what says that it is of it,
// and what the records of the place point to.
func (b *balance) readStore(ctx context.Context) error {
	records, err := b.Records.Load(ctx, b.place.ID)
	if err != nil {
		return err
	}
	hashes, paths, err := b.claimed(ctx)
	if err != nil {
		return err
	}
	for _, r := range records {
		if r.Document == "" {
			continue
		}
		delete(paths, r.Document)
		hash, known := hashes[r.Document]
		if !known {
			if hash, err = b.hashOf(ctx, r.Document); err != nil {
				return err
			}
		}
		b.documents[r.Path] = r.Document
		if hash != "" {
			b.stored[r.Path] = hash
		}
	}
	return b.strays(ctx, paths)
}

// claimed returns the hashes and the paths of the documents that say they are of the
// place, by their ids.
func (b *balance) claimed(ctx context.Context) (hashes, paths map[string]string, err error) {
	hashes, paths = map[string]string{}, map[string]string{}
	for offset := 0; ; offset += listed {
		page, err := b.ListDocuments.Execute(ctx, docstore.ListDocuments{SourceType: string(b.place.Kind), Limit: listed, Offset: offset}).Unwrap()
		if err != nil {
			return nil, nil, err
		}
		for _, d := range page.Items {
			if d.Metadata["source_id"] == b.place.ID.String() {
				hashes[d.ID] = d.ContentHash
				paths[d.ID], _ = d.Metadata["path"].(string)
			}
		}
		if !page.HasMore || len(page.Items) == 0 {
			return hashes, paths, nil
		}
	}
}

// strays notes documents that say they are of the place, and that it does not know.
// Each is looked at again: it may have gone since it was listed.
func (b *balance) strays(ctx context.Context, paths map[string]string) error {
	for id, name := range paths {
		hash, err := b.hashOf(ctx, id)
		if err != nil {
			return err
		}
		if hash == "" {
			continue
		}
		if name == "" || b.documents[name] != "" {
			name = id
		}
		b.documents[name], b.stored[name] = id, hash
	}
	return nil
}

// hashOf is the hash of the content of a document, empty where there is none.
func (b *balance) hashOf(ctx context.Context, id string) (string, error) {
	d, err := b.GetDocument.Execute(ctx, docstore.GetDocument{ID: id}).Unwrap()
	if errors.Is(err, domain.NotFound) {
		return "", nil
	}
	return d.ContentHash, err
}

// settle compares both sides.
func (b *balance) settle(limit int) sourceagent.Reconciliation {
	for name, hash := range b.files {
		switch stored := b.stored[name]; stored {
		case hash:
		case "":
			b.differ(sourceagent.Difference{Path: name, Problem: "missing", Document: b.documents[name], SourceHash: hash})
		default:
			b.differ(sourceagent.Difference{Path: name, Problem: "different", Document: b.documents[name], SourceHash: hash, StoreHash: stored})
		}
	}
	unreadable := make(map[string]bool)
	for _, d := range b.view.Differences {
		unreadable[d.Path] = d.Problem == "unreadable"
	}
	for name, stored := range b.stored {
		if _, there := b.files[name]; !there && !unreadable[name] {
			b.differ(sourceagent.Difference{Path: name, Problem: "extra", Document: b.documents[name], StoreHash: stored})
		}
	}
	v := b.view
	slices.SortFunc(v.Differences, func(x, y sourceagent.Difference) int {
		return cmp.Or(strings.Compare(x.Path, y.Path), strings.Compare(x.Problem, y.Problem))
	})
	v.Files, v.Documents, v.Differing = len(b.files), len(b.stored), len(v.Differences)
	v.SourceDigest, v.StoreDigest = digestOf(b.files), digestOf(b.stored)
	v.Reconciled = v.Differing == 0 && v.SourceDigest == v.StoreDigest
	v.Differences = v.Differences[:min(len(v.Differences), limit)]
	return v
}

// digestOf is the digest of paths with their hashes.
func digestOf(hashes map[string]string) string {
	records := make([]source.Record, 0, len(hashes))
	for name, hash := range hashes {
		records = append(records, source.Record{Item: source.Item{Path: name}, Hash: hash, Document: name})
	}
	return source.Digest(records)
}
