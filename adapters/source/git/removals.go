package git

import (
	"bytes"
	"context"
	"io"

	"github.com/go-git/go-git/v5"
	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/filemode"
	"github.com/go-git/go-git/v5/plumbing/object"

	"github.com/docsteward/docsteward/adapters/source/files"
	"github.com/docsteward/docsteward/domain"
	port "github.com/docsteward/docsteward/ports/source"
)

var _ port.Project = (*Repository)(nil)

// Bounds of the search for removals.
const (
	// maxSearched is how many commits are looked through.
	maxSearched = 2000
	// maxBlob is the greatest file that is looked into, in bytes.
	maxBlob = 1 << 20
)

// OpenProject opens the repository that location lies in, from its top.
func OpenProject(location string, options files.Options) (*Repository, error) {
	_, tree, err := find(location)
	if err != nil {
		return nil, err
	}
	if tree != nil {
		location = tree.Filesystem.Root()
	}
	return Open(location, options)
}

// Removals looks through the commits of HEAD, the latest first, and through the
// files that each changed against its first parent.
func (r *Repository) Removals(ctx context.Context, texts []string) (map[string]port.Removal, error) {
	found := make(map[string]port.Removal)
	if len(texts) == 0 {
		return found, nil
	}
	r.objects.Lock()
	defer r.objects.Unlock()
	head, err := r.repository.Head()
	if err != nil {
		return found, nil //nolint:nilerr // a repository without a commit has no history
	}
	commits, err := r.repository.Log(&git.LogOptions{From: head.Hash(), Order: git.LogOrderCommitterTime})
	if err != nil {
		return found, nil //nolint:nilerr // the history is cut short, as promised
	}
	defer commits.Close()
	s := &search{repository: r.repository, wanted: make(map[string][]byte, len(texts)), found: found}
	for _, text := range texts {
		s.wanted[text] = []byte(text)
	}
	for n := 0; n < maxSearched && len(s.wanted) > 0; n++ {
		if ctx.Err() != nil {
			return nil, domain.FaultOf(ctx.Err())
		}
		commit, err := commits.Next()
		if err != nil || s.look(commit) != nil {
			break // the end of the history, or of what there is of it
		}
	}
	return found, nil
}

// search is one walk through the history.
type search struct {
	repository *git.Repository
	wanted     map[string][]byte
	found      map[string]port.Removal
}

// look compares a commit with its first parent. Merges are passed over, since the
// commits that they brought in come by themselves.
func (s *search) look(commit *object.Commit) error {
	if commit.NumParents() != 1 {
		return nil
	}
	parent, err := commit.Parent(0)
	if err != nil {
		return err
	}
	return s.trees(commit, parent.TreeHash, commit.TreeHash, "")
}

// trees looks into the files that differ, and down the folders that do.
func (s *search) trees(commit *object.Commit, before, after plumbing.Hash, prefix string) error {
	old, err := s.entries(before)
	if err != nil {
		return err
	}
	now, err := s.entries(after)
	if err != nil {
		return err
	}
	for name, was := range old {
		is := now[name]
		if was.Hash == is.Hash {
			continue
		}
		if _, wanted := s.wanted[prefix+name]; wanted && is.Hash == plumbing.ZeroHash {
			s.note(commit, prefix+name, port.Removal{Path: prefix + name})
		}
		switch {
		case was.Mode.IsFile():
			err = s.file(commit, prefix+name, was.Hash, is)
		case was.Mode == filemode.Dir:
			err = s.trees(commit, was.Hash, treeOf(is), prefix+name+"/")
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// treeOf is the tree of an entry, or none where it is something else.
func treeOf(e object.TreeEntry) plumbing.Hash {
	if e.Mode == filemode.Dir {
		return e.Hash
	}
	return plumbing.ZeroHash
}

func (s *search) entries(hash plumbing.Hash) (map[string]object.TreeEntry, error) {
	if hash == plumbing.ZeroHash {
		return nil, nil
	}
	tree, err := s.repository.TreeObject(hash)
	if err != nil {
		return nil, err
	}
	entries := make(map[string]object.TreeEntry, len(tree.Entries))
	for _, e := range tree.Entries {
		entries[e.Name] = e
	}
	return entries, nil
}

// file notes the texts that stand in a file before and not behind a commit.
func (s *search) file(commit *object.Commit, name string, before plumbing.Hash, is object.TreeEntry) error {
	old, err := s.blob(before)
	if err != nil {
		return err
	}
	var now []byte
	read := false
	for text, pattern := range s.wanted {
		if !bytes.Contains(old, pattern) {
			continue
		}
		if !read && is.Mode.IsFile() {
			if now, err = s.blob(is.Hash); err != nil {
				return err
			}
		}
		read = true
		if bytes.Contains(now, pattern) {
			continue
		}
		s.note(commit, text, port.Removal{Path: name, Before: old, After: now})
	}
	return nil
}

func (s *search) note(commit *object.Commit, text string, r port.Removal) {
	r.Commit, r.Author, r.At = commit.Hash.String(), commit.Author.Email, commit.Author.When.UTC()
	s.found[text] = r
	delete(s.wanted, text)
}

func (s *search) blob(hash plumbing.Hash) ([]byte, error) { return readBlob(s.repository, hash) }

// readBlob reads a file; nil for one that is too large to be looked into.
func readBlob(repository *git.Repository, hash plumbing.Hash) ([]byte, error) {
	blob, err := repository.BlobObject(hash)
	if err != nil {
		return nil, err
	}
	if blob.Size > maxBlob {
		return nil, nil
	}
	reader, err := blob.Reader()
	if err != nil {
		return nil, err
	}
	defer reader.Close()
	return io.ReadAll(reader)
}
