// Package kept keeps the facts of folders between runs, so that code which did not
// change is not read for facts again. What it keeps is a copy of what can be made
// anew: a file that cannot be read or written costs time and nothing else.
package kept

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/gob"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/code"
	"github.com/docsteward/docsteward/ports/facts"
)

// fileName is the file in the folder of what is kept.
const fileName = "facts.gob"

// Facts is an extractor that remembers. It is safe for concurrent use.
type Facts struct {
	facts.PackageExtractor
	directory string
	version   string

	mu    sync.Mutex
	known map[string][]code.Fact
	used  map[string][]code.Fact
	fresh bool
}

var _ facts.PackageExtractor = (*Facts)(nil)

// content is the form of the file.
type content struct {
	Version string
	Folders map[string][]code.Fact
}

// Open returns an extractor that remembers in a directory what inner extracts.
// version is that of the extractors: what another version kept is forgotten, as is a
// file that cannot be understood.
func Open(directory, version string, inner facts.PackageExtractor) *Facts {
	f := &Facts{PackageExtractor: inner, directory: directory, version: version, used: make(map[string][]code.Fact)}
	data, err := os.ReadFile(filepath.Join(directory, fileName))
	if err != nil {
		return f
	}
	var c content
	if err := gob.NewDecoder(bytes.NewReader(data)).Decode(&c); err == nil && c.Version == version {
		f.known = c.Folders
	}
	return f
}

// ExtractPackage returns the facts of the files, from memory where all of them are
// as they were.
func (f *Facts) ExtractPackage(ctx context.Context, files []facts.File) ([]code.Fact, error) {
	if ctx.Err() != nil {
		return nil, domain.FaultOf(ctx.Err())
	}
	key := keyOf(files)
	f.mu.Lock()
	found, known := f.known[key]
	if known {
		f.used[key] = found
	}
	f.mu.Unlock()
	if known {
		return found, nil
	}
	found, err := f.PackageExtractor.ExtractPackage(ctx, files)
	if err != nil {
		return nil, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.used[key], f.fresh = found, true
	return found, nil
}

// keyOf is a hash of names and contents.
func keyOf(files []facts.File) string {
	h := sha256.New()
	for _, file := range files {
		sum := sha256.Sum256(file.Content)
		_, _ = h.Write([]byte(file.Path + "\x00"))
		_, _ = h.Write(sum[:])
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Save keeps what was asked for since Open, and forgets the rest. It does nothing
// when nothing was new. Version control ignores the directory. It fails with Storage
// when the file cannot be written; the old one stays then.
func (f *Facts) Save() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.fresh {
		return nil
	}
	if err := f.write(); err != nil {
		return domain.Storage.Wrap(err, "The facts of the code cannot be kept in "+f.directory+"; the next run reads them anew.")
	}
	f.fresh = false
	return nil
}

func (f *Facts) write() error {
	if err := os.MkdirAll(f.directory, 0o755); err != nil {
		return err
	}
	ignore := filepath.Join(f.directory, ".gitignore")
	if _, err := os.Stat(ignore); errors.Is(err, fs.ErrNotExist) {
		if err := os.WriteFile(ignore, []byte("*\n"), 0o644); err != nil {
			return err
		}
	}
	file, err := os.CreateTemp(f.directory, fileName+".*")
	if err != nil {
		return err
	}
	out := bufio.NewWriter(file)
	err = errors.Join(gob.NewEncoder(out).Encode(content{f.version, f.used}), out.Flush(), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), filepath.Join(f.directory, fileName))
	}
	if err != nil {
		return errors.Join(err, os.Remove(file.Name()))
	}
	return nil
}
