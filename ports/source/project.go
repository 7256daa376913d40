package source

import (
	"context"
	"iter"
	"time"

	"github.com/docsteward/docsteward/domain/source"
)

// Project is the software that documents speak of: every file of a repository, or
// of the folder that holds it.
type Project interface {
	// Root is the absolute path of the project; two places with equal roots lie in
	// one project.
	Root() string
	// Files yields every regular file, document or not, as List does its documents.
	// What the project ignores, builds on or keeps for its tools is left out.
	Files(ctx context.Context) iter.Seq2[source.Item, error]
	// Read returns the content of a file, as Source does.
	Read(ctx context.Context, item source.Item) ([]byte, error)
	// Removals looks in the history for the latest commit that took each text out of
	// a file, or that removed the file whose path the text is. A text that is not
	// found, and every text of a project without history, is absent from the answer.
	// Looking ends after a bounded number of commits, or where the history is cut
	// short. It fails with Timeout when ctx ended.
	Removals(ctx context.Context, texts []string) (map[string]Removal, error)
	// Changes returns the files that differ from what they were at a revision, such
	// as a commit, a branch or HEAD~1, by path; what is not committed counts, too. It
	// fails with Invalid for a revision that does not exist, Rejected for a project
	// without history, Storage for a damaged one, and Timeout when ctx ended.
	Changes(ctx context.Context, revision string) ([]Change, error)
	// Close lets go of the project.
	Close() error
}

// Change is a file that differs from what it was.
type Change struct {
	// Path has slashes and begins below the root of the project.
	Path string
	// Before is what it held; nil where it did not exist, or is too large to matter.
	Before []byte
}

// Removal is a change that took a text out of a file.
type Removal struct {
	// Commit, Author and At are of the change, At in UTC.
	Commit, Author string
	At             time.Time
	// Path is that of the file, and Before and After its content; After is empty
	// when the file itself was removed.
	Path          string
	Before, After []byte
}

// ProjectOpener opens the project that a place lies in.
type ProjectOpener interface {
	// OpenProject returns the repository that location lies in, or else the nearest
	// folder around it with a build file, or else location itself. It fails as
	// Opener does.
	OpenProject(ctx context.Context, location string) (Project, error)
}
