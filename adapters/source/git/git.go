// Package git is the source that is a git work tree or a bare repository.
package git

import (
	"context"
	"errors"
	"io"
	"iter"
	"os"
	"path"
	"path/filepath"
	"sort"
	"strings"
	"sync"

	"github.com/go-git/go-git/v5"
	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/format/gitignore"
	"github.com/go-git/go-git/v5/plumbing/object"

	"github.com/docsteward/docsteward/adapters/source/files"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/source"
	port "github.com/docsteward/docsteward/ports/source"
)

// Repository is an open repository. Of a work tree it lists the files as they
// lie there, committed or not, but for those that git ignores; of a bare
// repository, those of HEAD.
type Repository struct {
	repository *git.Repository
	// folder is the work tree, or the part of it that was opened; nil for a bare repository.
	folder *files.Folder
	// prefix is the path of folder within the repository, with a final slash, or "".
	prefix string
	path   string
	max    int64
	// objects lets one goroutine at a time read from the object store.
	objects sync.Mutex
}

var (
	_ port.Source = (*Repository)(nil)
	_ port.Prober = (*Repository)(nil)
)

// Open opens the repository that location is, or lies in. It fails with
// NotFound when location is in no repository.
func Open(location string, options files.Options) (*Repository, error) {
	r, tree, err := find(location)
	if err != nil {
		return nil, err
	}
	if options.MaxBytes == 0 {
		options.MaxBytes = files.DefaultMaxBytes
	}
	r.max = options.MaxBytes
	if tree == nil {
		return r, nil
	}
	return r, r.openFolder(location, tree, options)
}

// find returns the repository around location with its work tree, which is nil for
// a bare one. It reads none of its files.
func find(location string) (*Repository, *git.Worktree, error) {
	absolute, err := filepath.Abs(location)
	if err != nil {
		return nil, nil, domain.Invalid.Wrap(err, "The path "+location+" cannot be understood.")
	}
	folder := absolute
	if info, err := os.Stat(absolute); err == nil && !info.IsDir() {
		folder = filepath.Dir(absolute)
	}
	repository, err := git.PlainOpenWithOptions(folder, &git.PlainOpenOptions{EnableDotGitCommonDir: true})
	if errors.Is(err, git.ErrRepositoryNotExists) {
		// Looking upwards finds work trees only, so a bare repository is tried first.
		repository, err = git.PlainOpenWithOptions(folder, &git.PlainOpenOptions{DetectDotGit: true, EnableDotGitCommonDir: true})
	}
	if errors.Is(err, git.ErrRepositoryNotExists) {
		return nil, nil, domain.NotFound.Wrap(err, location+" is in no git repository.")
	}
	if err != nil {
		return nil, nil, domain.Storage.Wrap(err, "The repository at "+location+" cannot be opened.")
	}
	r := &Repository{repository: repository, path: absolute}
	tree, err := repository.Worktree()
	if errors.Is(err, git.ErrIsBareRepository) {
		return r, nil, nil
	}
	if err != nil {
		return nil, nil, domain.Storage.Wrap(err, "The work tree at "+location+" cannot be opened.")
	}
	return r, tree, nil
}

func (r *Repository) openFolder(location string, tree *git.Worktree, options files.Options) error {
	patterns, err := gitignore.ReadPatterns(tree.Filesystem, nil)
	if err != nil {
		return domain.Storage.Wrap(err, "A .gitignore of "+location+" cannot be read.")
	}
	matcher := gitignore.NewMatcher(append(patterns, tree.Excludes...))
	top := tree.Filesystem.Root()
	options.Ignored = func(name string, isDir bool) bool {
		return matcher.Match(strings.Split(r.prefix+name, "/"), isDir)
	}
	if r.folder, err = files.Open(location, options); err != nil {
		return err
	}
	within, err := filepath.Rel(realPath(top), realPath(r.folder.Root()))
	if err == nil && within != "." && !strings.HasPrefix(within, "..") {
		r.prefix = filepath.ToSlash(within) + "/"
	}
	return nil
}

func realPath(name string) string {
	if real, err := filepath.EvalSymlinks(name); err == nil {
		return real
	}
	return name
}

// Identity is the path of the work tree, or of the bare repository.
func (r *Repository) Identity() string {
	if r.folder != nil {
		return r.folder.Identity()
	}
	return filepath.ToSlash(r.path)
}

// Kind is source.Git.
func (r *Repository) Kind() source.Kind { return source.Git }

// Close lets go of the work tree.
func (r *Repository) Close() error {
	if r.folder != nil {
		return r.folder.Close()
	}
	return nil
}

// List lists the work tree, or the tree of HEAD.
func (r *Repository) List(ctx context.Context) iter.Seq2[source.Item, error] {
	if r.folder != nil {
		return r.folder.List(ctx)
	}
	return r.listHead(ctx, source.IsDocument)
}

// Files lists every file of the work tree, or of the tree of HEAD.
func (r *Repository) Files(ctx context.Context) iter.Seq2[source.Item, error] {
	if r.folder != nil {
		return r.folder.Files(ctx)
	}
	return r.listHead(ctx, func(string) bool { return true })
}

func (r *Repository) listHead(ctx context.Context, wanted func(name string) bool) iter.Seq2[source.Item, error] {
	return func(yield func(source.Item, error) bool) {
		tree, err := r.headTree()
		if err != nil {
			yield(source.Item{}, err)
			return
		}
		r.listTree(ctx, tree, wanted, yield)
	}
}

func (r *Repository) listTree(ctx context.Context, tree *object.Tree, wanted func(name string) bool, yield func(source.Item, error) bool) {
	items := make(map[string]source.Item)
	var names []string
	walker := object.NewTreeWalker(tree, true, nil)
	defer walker.Close()
	for {
		r.objects.Lock()
		name, entry, err := walker.Next()
		r.objects.Unlock()
		if errors.Is(err, io.EOF) {
			break
		}
		if ctx.Err() != nil {
			yield(source.Item{}, domain.FaultOf(ctx.Err()))
			return
		}
		if err != nil {
			yield(source.Item{}, damaged(name, err))
			return
		}
		if entry.Mode.IsFile() && wanted(name) {
			r.objects.Lock()
			size, err := tree.Size(name)
			r.objects.Unlock()
			if err != nil && !yield(source.Item{Path: name}, damaged(name, err)) {
				return
			}
			if err == nil {
				items[name] = source.Item{Path: name, Size: size, Stamp: entry.Hash.String()}
				names = append(names, name)
			}
		}
	}
	sort.Strings(names)
	for _, name := range names {
		if !yield(items[name], nil) {
			return
		}
	}
}

// Read reads from the work tree, or the blob of HEAD.
func (r *Repository) Read(ctx context.Context, item source.Item) ([]byte, error) {
	if r.folder != nil {
		return r.folder.Read(ctx, item)
	}
	if item.Size > r.max {
		return nil, domain.TooLarge.New(item.Path + " is too large to be read; split the document, or exclude it.")
	}
	r.objects.Lock()
	defer r.objects.Unlock()
	blob, err := r.repository.BlobObject(plumbing.NewHash(item.Stamp))
	if errors.Is(err, plumbing.ErrObjectNotFound) {
		return nil, domain.NotFound.Wrap(err, item.Path+" is no longer in the repository.")
	}
	if err != nil {
		return nil, damaged(item.Path, err)
	}
	reader, err := blob.Reader()
	if err != nil {
		return nil, damaged(item.Path, err)
	}
	defer reader.Close()
	content, err := io.ReadAll(reader)
	if err != nil {
		return nil, damaged(item.Path, err)
	}
	return content, nil
}

func (r *Repository) headTree() (*object.Tree, error) {
	head, err := r.repository.Head()
	if err != nil {
		return nil, domain.NotFound.Wrap(err, "The repository has no commit yet.")
	}
	commit, err := r.repository.CommitObject(head.Hash())
	if err != nil {
		return nil, damaged("HEAD", err)
	}
	tree, err := commit.Tree()
	if err != nil {
		return nil, damaged("HEAD", err)
	}
	return tree, nil
}

func damaged(name string, err error) error {
	return domain.Storage.Wrap(err, "The git object of "+path.Clean(name)+" is damaged; run git fsck, and fetch it again.")
}

// Has reports whether a file or folder of that path exists in the work tree, or
// in the tree of HEAD.
func (r *Repository) Has(name string) bool {
	if r.folder != nil {
		return r.folder.Has(name)
	}
	tree, err := r.headTree()
	if err != nil {
		return false
	}
	_, err = tree.FindEntry(name)
	return err == nil
}

// Root is the folder that paths are relative to.
func (r *Repository) Root() string {
	if r.folder != nil {
		return r.folder.Root()
	}
	return filepath.ToSlash(r.path)
}
