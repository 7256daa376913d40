package files

import (
	"context"
	"errors"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/source"
	port "github.com/docsteward/docsteward/ports/source"
)

var _ port.Project = (*Folder)(nil)

// buildFiles mark the root of a project. Never written.
var buildFiles = []string{"go.mod", "package.json", "pyproject.toml", "setup.py", "pom.xml", "build.gradle", "build.gradle.kts", "Cargo.toml", "Makefile", "CMakeLists.txt"}

// OpenProject opens the nearest folder around location, or location itself, that
// has a build file; location where there is none.
func OpenProject(location string, options Options) (*Folder, error) {
	start, err := filepath.Abs(location)
	if err != nil {
		return nil, domain.Invalid.Wrap(err, "The path "+location+" cannot be understood.")
	}
	info, err := os.Stat(start)
	if err != nil {
		return nil, faultOf(location, err)
	}
	if !info.IsDir() {
		start = filepath.Dir(start)
	}
	for folder := start; ; folder = filepath.Dir(folder) {
		if slices.ContainsFunc(buildFiles, func(name string) bool { return exists(filepath.Join(folder, name)) }) {
			return Open(folder, options)
		}
		if folder == filepath.Dir(folder) {
			return Open(start, options)
		}
	}
}

func exists(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Mode().IsRegular()
}

// Files walks every regular file of the folder; see ports/source.
func (f *Folder) Files(ctx context.Context) iter.Seq2[source.Item, error] {
	return func(yield func(source.Item, error) bool) {
		f.walk(ctx, yield, func(name string, entry fs.DirEntry) (source.Item, error) {
			if !entry.Type().IsRegular() {
				return source.Item{}, nil
			}
			info, err := entry.Info()
			if err != nil {
				return source.Item{Path: name}, faultOf(name, err)
			}
			return itemOf(name, info), nil
		})
	}
}

// Removals knows no history.
func (f *Folder) Removals(ctx context.Context, _ []string) (map[string]port.Removal, error) {
	if ctx.Err() != nil {
		return nil, domain.FaultOf(ctx.Err())
	}
	return nil, nil
}

// Changes knows no history.
func (f *Folder) Changes(context.Context, string) ([]port.Change, error) {
	return nil, domain.Rejected.New(f.path + " is in no git repository, so that nothing tells what changed; check all of it.")
}

// walk yields what visit makes of every file: its item, nothing for the zero
// item, or a fault. Folders that hold nothing of the project's own are passed over.
func (f *Folder) walk(ctx context.Context, yield func(source.Item, error) bool, visit func(string, fs.DirEntry) (source.Item, error)) {
	_ = fs.WalkDir(f.root.FS(), ".", func(name string, entry fs.DirEntry, err error) error {
		if ctx.Err() != nil {
			yield(source.Item{}, domain.FaultOf(ctx.Err()))
			return fs.SkipAll
		}
		item, err := f.enter(name, entry, err, visit)
		switch {
		case errors.Is(err, fs.SkipDir):
			return err
		case err == nil && item.Path == "":
			return nil
		case !yield(item, err):
			return fs.SkipAll
		case err != nil && entry != nil && entry.IsDir():
			return fs.SkipDir
		}
		return nil
	})
}

// enter passes over what is skipped or ignored.
func (f *Folder) enter(name string, entry fs.DirEntry, err error, visit func(string, fs.DirEntry) (source.Item, error)) (source.Item, error) {
	switch {
	case err != nil:
		return source.Item{Path: name}, faultOf(name, err)
	case name == ".":
		return source.Item{}, nil
	case f.ignored != nil && f.ignored(name, entry.IsDir()), entry.IsDir() && slices.Contains(skipped, entry.Name()):
		if entry.IsDir() {
			return source.Item{}, fs.SkipDir
		}
		return source.Item{}, nil
	case entry.IsDir():
		return source.Item{}, nil
	}
	return visit(name, entry)
}
