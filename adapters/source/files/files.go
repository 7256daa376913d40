// Package files is the source that is a folder, or one file in it.
package files

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/source"
	port "github.com/docsteward/docsteward/ports/source"
)

// DefaultMaxBytes is the greatest size of a file that is read.
const DefaultMaxBytes = 16 << 20

// skipped are folders that hold no documentation of the place itself. Never written.
var skipped = []string{".git", ".hg", ".svn", "node_modules", "vendor", ".docsteward"}

// Folder is an open folder.
type Folder struct {
	root     *os.Root
	path     string
	only     string
	maxBytes int64
	ignored  func(path string, isDir bool) bool
}

var (
	_ port.Source = (*Folder)(nil)
	_ port.Prober = (*Folder)(nil)
)

// Options refine a folder.
type Options struct {
	// MaxBytes is the greatest size of a file that is read; 0 means DefaultMaxBytes.
	MaxBytes int64
	// Ignored leaves out what it reports true for; nil leaves out nothing.
	Ignored func(path string, isDir bool) bool
}

// Open opens the folder at location, or the folder around the file there, of
// which it then lists nothing else.
func Open(location string, options Options) (*Folder, error) {
	absolute, err := filepath.Abs(location)
	if err != nil {
		return nil, domain.Invalid.Wrap(err, "The path "+location+" cannot be understood.")
	}
	info, err := os.Stat(absolute)
	if err != nil {
		return nil, faultOf(location, err)
	}
	f := &Folder{path: absolute, maxBytes: options.MaxBytes, ignored: options.Ignored}
	if !info.IsDir() {
		f.path, f.only = filepath.Dir(absolute), filepath.Base(absolute)
	}
	if f.maxBytes == 0 {
		f.maxBytes = DefaultMaxBytes
	}
	if f.root, err = os.OpenRoot(f.path); err != nil {
		return nil, faultOf(location, err)
	}
	return f, nil
}

// Identity is the absolute path.
func (f *Folder) Identity() string { return path.Join(filepath.ToSlash(f.path), f.only) }

// Root is the absolute path of the folder.
func (f *Folder) Root() string { return f.path }

// Kind is source.Files.
func (f *Folder) Kind() source.Kind { return source.Files }

// Close lets go of the folder.
func (f *Folder) Close() error { return f.root.Close() }

// List walks the folder; see ports/source. Links to files inside the folder are
// listed, links to folders are not followed.
func (f *Folder) List(ctx context.Context) iter.Seq2[source.Item, error] {
	return func(yield func(source.Item, error) bool) {
		if f.only != "" {
			yield(f.item(f.only))
			return
		}
		f.walk(ctx, yield, f.document)
	}
}

// document returns the item of a walked file, the zero item for one that is no
// document, or a fault.
func (f *Folder) document(name string, entry fs.DirEntry) (source.Item, error) {
	switch {
	case entry.Type()&fs.ModeSymlink != 0:
		return f.link(name)
	case !entry.Type().IsRegular() || !source.IsDocument(name):
		return source.Item{}, nil
	}
	info, err := entry.Info()
	if err != nil {
		return source.Item{Path: name}, faultOf(name, err)
	}
	return itemOf(name, info), nil
}

// link lists a link to a document, passes over one to a folder beside it, and
// refuses one that goes in a circle or leads out.
func (f *Folder) link(name string) (source.Item, error) {
	target, err := filepath.EvalSymlinks(filepath.Join(f.path, name))
	if err == nil {
		self := filepath.Join(f.path, filepath.Dir(name))
		if target == self || strings.HasPrefix(self, target+string(filepath.Separator)) {
			return source.Item{Path: name}, domain.Rejected.New("The link " + name + " leads back to a folder that holds it; remove the circle.")
		}
	}
	info, err := f.root.Stat(name)
	switch {
	case err != nil && source.IsDocument(name), err != nil && errors.Is(err, syscall.ELOOP):
		return source.Item{Path: name}, faultOf(name, err)
	case err != nil || !info.Mode().IsRegular() || !source.IsDocument(name):
		return source.Item{}, nil //nolint:nilerr // a link that leads nowhere is no document
	}
	return itemOf(name, info), nil
}

func (f *Folder) item(name string) (source.Item, error) {
	info, err := f.root.Stat(name)
	if err != nil {
		return source.Item{Path: name}, faultOf(name, err)
	}
	return itemOf(name, info), nil
}

func itemOf(name string, info fs.FileInfo) source.Item {
	return source.Item{Path: name, Size: info.Size(), Stamp: fmt.Sprintf("%d-%d", info.ModTime().UnixNano(), info.Size()), ModifiedAt: info.ModTime().UTC()}
}

// Read returns the content of a file.
func (f *Folder) Read(ctx context.Context, item source.Item) ([]byte, error) {
	if ctx.Err() != nil {
		return nil, domain.FaultOf(ctx.Err())
	}
	if item.Size > f.maxBytes {
		return nil, tooLarge(item.Path, item.Size, f.maxBytes)
	}
	file, err := f.root.Open(item.Path)
	if err != nil {
		return nil, faultOf(item.Path, err)
	}
	defer file.Close()
	content := make([]byte, 0, item.Size+1)
	content, err = readAll(io.LimitReader(file, f.maxBytes+1), content)
	if err != nil {
		return nil, faultOf(item.Path, err)
	}
	if int64(len(content)) > f.maxBytes {
		return nil, tooLarge(item.Path, int64(len(content)), f.maxBytes)
	}
	return content, nil
}

func readAll(r io.Reader, into []byte) ([]byte, error) {
	for {
		if len(into) == cap(into) {
			into = slices.Grow(into, max(512, cap(into)))
		}
		n, err := r.Read(into[len(into):cap(into)])
		into = into[:len(into)+n]
		if err == io.EOF {
			return into, nil
		}
		if err != nil {
			return into, err
		}
	}
}

func tooLarge(name string, size, limit int64) error {
	return domain.TooLarge.New(fmt.Sprintf("%s has %d bytes; at most %d are read. Split the document, or exclude it.", name, size, limit))
}

func faultOf(name string, err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return domain.NotFound.Wrap(err, name+" does not exist.")
	case errors.Is(err, fs.ErrPermission):
		return domain.Forbidden.Wrap(err, name+" may not be read; grant the permission, or exclude it.")
	case errors.Is(err, syscall.ELOOP):
		return domain.Rejected.Wrap(err, "The link "+name+" leads in a circle; remove it.")
	case strings.Contains(err.Error(), "escapes"):
		return domain.Rejected.Wrap(err, "The link "+name+" leads out of the folder; it is not followed.")
	}
	return domain.Storage.Wrap(err, name+" cannot be read.")
}

// Has reports whether a file or folder of that path exists in the folder.
func (f *Folder) Has(name string) bool {
	_, err := f.root.Stat(name)
	return err == nil
}
