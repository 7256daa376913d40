package document

import (
	"slices"
	"strings"
)

// MaxFacetValues is how many values a facet counts: the most frequent, of equal
// ones the first in byte order.
const MaxFacetValues = 100

// facetKeys are the names of facets. Never written.
var facetKeys = []string{"type", "language", "source_type", "owner", "tag", "folder"}

// FacetKeys names what facets count: the texts under type, language, source_type
// and owner, each text under tags, and the folder of path.
func FacetKeys() []string { return slices.Clone(facetKeys) }

// FacetValues returns what a document counts for in a facet, each value once. A
// value that is no text does not count.
func (m Metadata) FacetValues(key string) []string {
	switch key {
	case "tag":
		tags := slices.Clone(m.Texts("tags"))
		slices.Sort(tags)
		return slices.Compact(tags)
	case "folder":
		if path, _ := m["path"].(string); path != "" {
			return []string{Folder(path)}
		}
		return nil
	}
	if text, ok := m[key].(string); ok {
		return []string{text}
	}
	return nil
}

// Folder returns what comes before the last slash of a path; "." where nothing does.
func Folder(path string) string {
	folder := strings.TrimRight(path[:strings.LastIndexByte(path, '/')+1], "/")
	if folder == "" {
		return "."
	}
	return folder
}
