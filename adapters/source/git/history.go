package git

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"

	"github.com/go-git/go-git/v5"
	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/filemode"
	"github.com/go-git/go-git/v5/plumbing/object"

	"github.com/docsteward/docsteward/adapters/source/files"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/source"
)

// maxCommits bounds how far back the history of files is followed.
const maxCommits = 20_000

// Provenance returns owners, and the last author and date of each path from the
// history of HEAD. Merges are passed over: a change is told by the commit that
// made it. Where the history is cut short (a shallow clone, more than 20,000
// commits, a damaged object) what was found until there is returned.
func (r *Repository) Provenance(ctx context.Context, paths []string) (map[string]source.Provenance, error) {
	r.objects.Lock()
	defer r.objects.Unlock()
	known := make(map[string]source.Provenance, len(paths))
	if err := r.addOwners(known, paths); err != nil {
		return nil, err
	}
	head, err := r.repository.Head()
	if err != nil {
		return known, nil
	}
	wanted := make(map[string]string, len(paths))
	for _, name := range paths {
		wanted[r.prefix+name] = name
	}
	commits, err := r.repository.Log(&git.LogOptions{From: head.Hash(), Order: git.LogOrderCommitterTime})
	if err != nil {
		return known, nil
	}
	defer commits.Close()
	for n := 0; n < maxCommits && len(wanted) > 0; n++ {
		commit, err := commits.Next()
		if err != nil {
			break
		}
		if ctx.Err() != nil {
			return nil, domain.FaultOf(ctx.Err())
		}
		if commit.NumParents() > 1 {
			continue
		}
		changed := func(name string, added bool) { note(known, wanted, commit, name, added) }
		if err := r.changes(commit, changed); err != nil {
			break
		}
	}
	return known, nil
}

// note records the first sight of a path, walking backwards: its last change.
func note(known map[string]source.Provenance, wanted map[string]string, commit *object.Commit, name string, added bool) {
	path, ok := wanted[name]
	if !ok {
		return
	}
	p := known[path]
	p.Author, p.Commit, p.ChangedAt = commit.Author.Email, commit.Hash.String(), commit.Author.When.UTC()
	if added {
		p.CreatedAt = p.ChangedAt
	}
	known[path] = p
	delete(wanted, name)
}

func (r *Repository) addOwners(known map[string]source.Provenance, paths []string) error {
	read := r.readHead
	if tree, err := r.repository.Worktree(); err == nil {
		root, err := os.OpenRoot(tree.Filesystem.Root())
		if err != nil {
			return domain.Storage.Wrap(err, "The work tree cannot be opened.")
		}
		defer root.Close()
		read = root.ReadFile
	}
	rules, err := files.Owners(read)
	if err != nil || rules == nil {
		return err
	}
	for _, name := range paths {
		owners, err := files.OwnersOf(rules, r.prefix+name)
		if err != nil {
			return err
		}
		if len(owners) > 0 {
			known[name] = source.Provenance{Owners: owners}
		}
	}
	return nil
}

// readHead reads a file of HEAD, as it lies in a bare repository.
func (r *Repository) readHead(name string) ([]byte, error) {
	tree, err := r.headTree()
	if errors.Is(err, domain.NotFound) {
		return nil, fs.ErrNotExist
	}
	if err != nil {
		return nil, err
	}
	file, err := tree.File(name)
	if err != nil {
		return nil, fs.ErrNotExist
	}
	content, err := file.Contents()
	return []byte(content), err
}

// changes calls fn for every file that a commit added or changed. It descends
// only into folders whose tree differs from that of the parent.
func (r *Repository) changes(commit *object.Commit, fn func(name string, added bool)) error {
	before := plumbing.ZeroHash
	parent, err := commit.Parents().Next()
	switch {
	case err == nil:
		before = parent.TreeHash
	case !errors.Is(err, io.EOF):
		return err
	}
	return r.compare(before, commit.TreeHash, "", fn)
}

func (r *Repository) compare(before, after plumbing.Hash, prefix string, fn func(string, bool)) error {
	if before == after {
		return nil
	}
	old := map[string]object.TreeEntry{}
	if before != plumbing.ZeroHash {
		tree, err := r.repository.TreeObject(before)
		if err != nil {
			return err
		}
		for _, e := range tree.Entries {
			old[e.Name] = e
		}
	}
	tree, err := r.repository.TreeObject(after)
	if err != nil {
		return err
	}
	for _, e := range tree.Entries {
		was, existed := old[e.Name]
		if existed && was.Hash == e.Hash {
			continue
		}
		if e.Mode.IsFile() {
			fn(prefix+e.Name, !existed)
			continue
		}
		if e.Mode != filemode.Dir {
			continue // A submodule has a history of its own.
		}
		if was.Mode != filemode.Dir {
			was.Hash = plumbing.ZeroHash
		}
		if err := r.compare(was.Hash, e.Hash, prefix+e.Name+"/", fn); err != nil {
			return err
		}
	}
	return nil
}
