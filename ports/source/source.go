// Package source is the port of a place that documents come from.
package source

//go:generate go tool mockgen -source=source.go -destination=../mocks/sourcemock/source.go -package=sourcemock

import (
	"context"
	"iter"

	"github.com/docsteward/docsteward/domain/source"
)

// Source is an open folder, repository or other place.
type Source interface {
	// Identity names the place so that looking again finds what was known of it:
	// the same for the same place, another for another.
	Identity() string
	// Kind says what sort of place it is.
	Kind() source.Kind
	// List yields the documents of the place (see source.IsDocument), each once,
	// sorted by path. What cannot be listed is yielded as an error that names its
	// path, and the listing goes on: Forbidden where permission is denied,
	// Rejected for a link that leads in a circle or out of the place, Storage for
	// a damaged store. An error with an empty path, or the path ".", is about the
	// place as a whole and ends the listing, as does a cancelled context, with Timeout.
	List(ctx context.Context) iter.Seq2[source.Item, error]
	// Read returns the whole content of a listed item. It fails with NotFound when
	// the item is gone, TooLarge when it is over the limit of the source, and as
	// List does. Several goroutines may read at once.
	Read(ctx context.Context, item source.Item) ([]byte, error)
	// Provenance returns what is known about the origin of the paths, one entry
	// for each that has any. A place without history knows only owners.
	Provenance(ctx context.Context, paths []string) (map[string]source.Provenance, error)
	// Close lets go of the place. Calling it again does nothing.
	Close() error
}

// Opener opens places by what a user types.
type Opener interface {
	// Open returns the source at location. It fails with NotFound when nothing is
	// there, Invalid when location names no kind of place, and Forbidden when
	// permission is denied.
	Open(ctx context.Context, location string) (Source, error)
}

// Editor is a Source whose files can be mended in place.
type Editor interface {
	// Replace puts content in the place of a listed item and returns the item as it
	// is then: whoever reads meanwhile sees the old file or the new one, and its
	// permissions stay. It fails with Conflict when the file is no longer the one that
	// was listed, Rejected for a link or a place without files, NotFound when it is
	// gone, Forbidden where permission is denied, and Storage when it cannot be
	// written; the file is as it was then. A cancelled context is a Timeout before
	// anything is written.
	Replace(ctx context.Context, item source.Item, content []byte) (source.Item, error)
}

// Prober is a Source that can tell whether a file is there, document or not.
type Prober interface {
	// Has reports whether a file or folder of that path exists in the place.
	Has(path string) bool
}
