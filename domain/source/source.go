// Package source is the concept of a place that documents come from, and of
// what changed there since it was last looked at.
package source

import (
	"cmp"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/docsteward/docsteward/domain"
)

// Kind says what sort of place a source is.
type Kind string

// The kinds of sources.
const (
	// Files is a folder.
	Files Kind = "files"
	// Git is a git work tree or a bare repository.
	Git Kind = "git"
)

// Item is a file at a source, as a listing shows it.
type Item struct {
	// Path is relative to the root of the source, with forward slashes.
	Path string
	// Size is in bytes.
	Size int64
	// Stamp changes whenever the content may have: a time and size, or a blob id.
	// Equal stamps mean an unchanged file.
	Stamp string
	// ModifiedAt is when the place says that the content last changed, in UTC; zero
	// where the stamp tells changes apart however quickly they follow each other.
	ModifiedAt time.Time
}

// Record is what was known of a file when it was last ingested.
type Record struct {
	Item
	// Hash is the SHA-256 of the content, hexadecimal.
	Hash string
	// Document is the id under which the content is stored; it stays when the
	// file is renamed. It is empty while nothing is stored of the file.
	Document string
	// Duplicate says that the document belongs to another file, or was stored by
	// someone else, and holds the same content.
	Duplicate bool
}

// Owns reports whether the document follows this file.
func (r Record) Owns() bool { return r.Document != "" && !r.Duplicate }

// Provenance is what the source knows about the origin of a file.
type Provenance struct {
	// Owners are those who answer for the file, in the order of the rule that
	// names them; at most MaxOwners.
	Owners []string
	// Author made the last change, at ChangedAt, in Commit.
	Author, Commit string
	// CreatedAt and ChangedAt are zero when the history is not known.
	CreatedAt, ChangedAt time.Time
}

// MaxOwners is how many owners of one file are kept.
const MaxOwners = 20

// extensions are those of the formats that can be parsed. Never written.
var extensions = []string{
	".md", ".markdown", ".mdown", ".mkd", ".rst", ".adoc", ".asciidoc", ".asc", ".html", ".htm", ".txt",
}

// IsDocument reports whether a path looks like documentation by its name: a
// known extension, an OpenAPI document, or a README, CHANGELOG and the like
// without one.
func IsDocument(name string) bool {
	base := strings.ToLower(path.Base(name))
	extension := path.Ext(base)
	if slices.Contains(extensions, extension) {
		return base != "robots.txt" && base != "requirements.txt" && base != "cmakelists.txt"
	}
	switch extension {
	case ".json", ".yaml", ".yml":
		return strings.Contains(base, "openapi") || strings.Contains(base, "swagger")
	case "":
		return slices.Contains([]string{"readme", "changelog", "contributing", "news", "install", "authors", "history"}, base)
	}
	return false
}

// Change is one difference between what was known and what is there.
type Change struct {
	// Item is the file as it is now; of a removal, as it was.
	Item Item
	// Before is what was known; the zero Record for an addition.
	Before Record
}

// Plan is what has to be done so that the store mirrors the source.
type Plan struct {
	// Added files are new, Changed ones have another stamp, Removed ones are gone.
	Added, Changed, Removed []Change
	// Unchanged is how many files have the stamp that was known.
	Unchanged int
}

// Compare tells a listing from what was known, each sorted by path. A path that
// a listing holds twice is an Invalid fault.
func Compare(known []Record, listing []Item) (Plan, error) {
	before := make(map[string]Record, len(known))
	for _, r := range known {
		before[r.Path] = r
	}
	var plan Plan
	seen := make(map[string]bool, len(listing))
	for _, item := range listing {
		if seen[item.Path] {
			return Plan{}, domain.Invalid.New("The source lists " + item.Path + " twice; give every file one path.")
		}
		seen[item.Path] = true
		record, known := before[item.Path]
		switch {
		case !known:
			plan.Added = append(plan.Added, Change{Item: item})
		case record.Stamp != item.Stamp:
			plan.Changed = append(plan.Changed, Change{Item: item, Before: record})
		default:
			plan.Unchanged++
		}
	}
	for _, r := range known {
		if !seen[r.Path] {
			plan.Removed = append(plan.Removed, Change{Item: r.Item, Before: r})
		}
	}
	byPath := func(a, b Change) int { return strings.Compare(a.Item.Path, b.Item.Path) }
	slices.SortFunc(plan.Added, byPath)
	slices.SortFunc(plan.Changed, byPath)
	slices.SortFunc(plan.Removed, byPath)
	return plan, nil
}

// Moves finds the removed files whose content reappeared under a new path, by
// content hash, each used once. hashes maps every added path to its hash. The
// nearest path wins where several files have one content. The answer maps the
// new path to what was known of the old one.
func Moves(plan Plan, hashes map[string]string) map[string]Record {
	gone := make(map[string][]Record)
	for _, c := range plan.Removed {
		gone[c.Before.Hash] = append(gone[c.Before.Hash], c.Before)
	}
	moves := make(map[string]Record)
	for _, c := range plan.Added {
		candidates := gone[hashes[c.Item.Path]]
		if len(candidates) == 0 {
			continue
		}
		best := slices.MaxFunc(candidates, func(a, b Record) int {
			return cmp.Compare(nearness(a.Path, c.Item.Path), nearness(b.Path, c.Item.Path))
		})
		moves[c.Item.Path] = best
		gone[best.Hash] = slices.DeleteFunc(candidates, func(r Record) bool { return r.Path == best.Path })
	}
	return moves
}

// nearness is how much two paths share: the same base name, then the length of
// their common beginning.
func nearness(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	if path.Base(a) == path.Base(b) {
		n += 1 << 16
	}
	return n
}

// racy is the time within which two changes of a file can bear the same
// instant: the coarsest file systems count in steps of two seconds.
const racy = 2 * time.Second

// StampAt is the stamp to remember of an item that was listed at an instant. A
// file that had just changed may change again without looking different, so the
// stamp of such a one equals none that a listing gives.
func StampAt(i Item, listed time.Time) string {
	if !i.ModifiedAt.IsZero() && i.ModifiedAt.After(listed.Add(-racy)) {
		return "~" + i.Stamp
	}
	return i.Stamp
}

// FormatOf tells the markup of a document by its extension, as the parsers name
// it; empty where the name does not tell.
func FormatOf(name string) string {
	switch path.Ext(strings.ToLower(path.Base(name))) {
	case ".md", ".markdown", ".mdown", ".mkd":
		return "markdown"
	case ".rst":
		return "rst"
	case ".adoc", ".asciidoc", ".asc":
		return "asciidoc"
	case ".html", ".htm":
		return "html"
	case ".txt":
		return "plain"
	}
	return ""
}
