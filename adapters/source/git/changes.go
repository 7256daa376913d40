package git

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/object"

	"github.com/docsteward/docsteward/domain"
	port "github.com/docsteward/docsteward/ports/source"
)

// Changes compares the work tree, or HEAD where there is none, with a revision.
func (r *Repository) Changes(ctx context.Context, revision string) ([]port.Change, error) {
	before, err := r.filesAt(ctx, revision)
	if err != nil {
		return nil, err
	}
	var changes []port.Change
	for item, err := range r.Files(ctx) {
		if ctx.Err() != nil {
			return nil, domain.FaultOf(ctx.Err())
		}
		if err != nil {
			continue // it cannot be compared, and the check tells of it
		}
		was, existed := before[item.Path]
		delete(before, item.Path)
		content, err := r.Read(ctx, item)
		if err != nil || existed && was == plumbing.ComputeHash(plumbing.BlobObject, content) {
			continue
		}
		change := port.Change{Path: item.Path}
		if existed {
			if change.Before, err = r.blobOf(item.Path, was); err != nil {
				return nil, err
			}
		}
		changes = append(changes, change)
	}
	for name, was := range before {
		if r.Has(name) {
			continue // it is there and passed over, as what is ignored
		}
		old, err := r.blobOf(name, was)
		if err != nil {
			return nil, err
		}
		changes = append(changes, port.Change{Path: name, Before: old})
	}
	slices.SortFunc(changes, func(a, b port.Change) int { return strings.Compare(a.Path, b.Path) })
	return changes, nil
}

// filesAt returns the blobs of a revision by path below the root.
func (r *Repository) filesAt(ctx context.Context, revision string) (map[string]plumbing.Hash, error) {
	r.objects.Lock()
	defer r.objects.Unlock()
	hash, err := r.repository.ResolveRevision(plumbing.Revision(revision))
	if err != nil {
		return nil, domain.Invalid.Wrap(err, "There is no revision "+revision+" in the repository; in a shallow clone, fetch more of it.")
	}
	commit, err := r.repository.CommitObject(*hash)
	if err != nil {
		return nil, damaged(revision, err)
	}
	tree, err := commit.Tree()
	if err != nil {
		return nil, damaged(revision, err)
	}
	files := make(map[string]plumbing.Hash)
	walker := object.NewTreeWalker(tree, true, nil)
	defer walker.Close()
	for {
		if ctx.Err() != nil {
			return nil, domain.FaultOf(ctx.Err())
		}
		name, entry, err := walker.Next()
		if errors.Is(err, io.EOF) {
			return files, nil
		}
		if err != nil {
			return nil, damaged(name, err)
		}
		if below, within := strings.CutPrefix(name, r.prefix); within && entry.Mode.IsFile() {
			files[below] = entry.Hash
		}
	}
}

// blobOf reads an old content; nil for one that is too large to be looked into.
func (r *Repository) blobOf(name string, hash plumbing.Hash) ([]byte, error) {
	r.objects.Lock()
	defer r.objects.Unlock()
	content, err := readBlob(r.repository, hash)
	if err != nil {
		return nil, damaged(name, err)
	}
	return content, nil
}
