package link

import (
	"path"
	"slices"
	"strings"

	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/domain/finding"
)

// Index knows the documents of a corpus, their folders and their anchors.
type Index struct {
	anchors map[string]Anchors
	folders map[string]bool
	lower   map[string]string
	bases   map[string][]string
	assets  map[string]asset
	// exists tells whether a file that is no document is there; nil knows nothing.
	exists func(name string) bool
}

// NewIndex returns an empty index. exists tells of files that are no documents,
// by their path within the corpus; it may be nil.
func NewIndex(exists func(string) bool) *Index {
	return &Index{anchors: make(map[string]Anchors), folders: make(map[string]bool), lower: make(map[string]string), bases: make(map[string][]string), assets: make(map[string]asset), exists: exists}
}

// Add adds a document.
func (i *Index) Add(name string, anchors Anchors) {
	i.anchors[name] = anchors
	i.lower[strings.ToLower(name)] = name
	i.bases[path.Base(name)] = append(i.bases[path.Base(name)], name)
	for dir := path.Dir(name); ; dir = path.Dir(dir) {
		i.folders[dir] = true
		if dir == "." || dir == "/" {
			return
		}
	}
}

// verdict is what is known of a target.
type verdict int

const (
	unknown verdict = iota
	present
	otherCase
	missing
)

// endings are tried behind a target that names no file, as site generators do.
// Never written.
var endings = []string{
	"", ".md", ".markdown", ".rst", ".adoc", ".html", ".txt", "/_index.md", "/index.md", "/README.md", "/readme.md", "/index.html", "/index.rst", "/index.adoc",
}

// resolve finds the document that a link leads to. A path is understood as code
// hosts do, from the folder of the document, and as site generators do, where
// the page a/b.md is served as a/b/. A path from the root may be that of a site
// whose root lies above the corpus.
func (i *Index) resolve(from, target string) (string, verdict) {
	if strings.HasPrefix(target, "/") {
		return i.fromRoot(strings.Trim(target, "/"))
	}
	candidates := places(from, target)
	for _, c := range candidates {
		if found, ok := i.find(c); ok {
			return found, present
		}
	}
	if strings.HasPrefix(candidates[0], "..") {
		return "", unknown // outside the corpus
	}
	for _, c := range candidates {
		if found, ok := i.lower[strings.ToLower(c)]; ok {
			return found, otherCase
		}
	}
	return "", i.absent(candidates, target)
}

// absent decides about a target that is no document of the corpus.
func (i *Index) absent(candidates []string, target string) verdict {
	if i.exists != nil {
		if slices.ContainsFunc(candidates, i.exists) || i.foreign(target) {
			return unknown
		}
		return missing
	}
	if extension := path.Ext(target); extension != "" && !slices.Contains(endings, extension) {
		return unknown // no document, and nobody to ask
	}
	return missing
}

func isIndex(base string) bool {
	return base == "_index" || strings.EqualFold(base, "index") || strings.EqualFold(base, "readme")
}

// fromRoot strips folders of the site from the front until the rest is known.
// When a rest begins in a folder of the corpus the target is missing there. What
// stands below the folder of a version that the corpus does not hold is unknown:
// another version may have a page of the same name, which says something else.
func (i *Index) fromRoot(target string) (string, verdict) {
	for rest := target; rest != ""; {
		if found, ok := i.find(rest); ok {
			return found, present
		}
		first, behind, more := strings.Cut(rest, "/")
		if i.folders[first] && more && i.exists != nil && !i.exists(rest) && path.Ext(rest) == "" {
			return "", missing
		}
		if finding.IsVersion(first) {
			return "", unknown
		}
		rest = behind
	}
	return "", unknown
}

// find returns the document at a path, tried with every ending. A folder of the
// corpus counts as found, without anchors.
func (i *Index) find(name string) (string, bool) {
	name = strings.TrimSuffix(name, "/")
	for _, ending := range endings {
		if _, ok := i.anchors[name+ending]; ok {
			return name + ending, true
		}
	}
	if stem, ok := strings.CutSuffix(name, ".html"); ok {
		for _, ending := range endings[1:] {
			if _, ok := i.anchors[stem+ending]; ok {
				return stem + ending, true
			}
		}
	}
	return name, i.folders[name]
}

// suggest returns where a missing target may have moved to: the document of the
// same name whose path shares most with the link's.
func (i *Index) suggest(from, target string) string {
	base := path.Base(strings.TrimSuffix(target, "/"))
	var candidates []string
	for _, ending := range endings[:7] {
		candidates = append(candidates, i.bases[base+ending]...)
	}
	if len(candidates) == 0 {
		return ""
	}
	wanted := path.Join(path.Dir(from), target)
	best := slices.MaxFunc(candidates, func(a, b string) int { return shared(a, wanted) - shared(b, wanted) })
	return "Did it move to " + relative(path.Dir(from), best) + "?"
}

func shared(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// relative spells a path as seen from a folder.
func relative(folder, target string) string {
	up := ""
	for folder != "." && !strings.HasPrefix(target, folder+"/") {
		folder, up = path.Dir(folder), up+"../"
	}
	if folder == "." {
		return up + target
	}
	return up + strings.TrimPrefix(target, folder+"/")
}

// Anchors are the names that links into a document can use.
type Anchors map[string]struct{}

// AnchorsOf returns the anchors of a parsed document.
func AnchorsOf(tree *document.Tree, content []byte) Anchors {
	names := make(Anchors)
	for _, a := range tree.Anchors(content) {
		names[a.Name] = struct{}{}
	}
	return names
}

// has reports whether a fragment leads somewhere. Renderers differ in what they
// make of punctuation, so that only letters and digits are compared.
func (a Anchors) has(fragment string) bool {
	if _, ok := a[fragment]; ok {
		return true
	}
	plain := letters(fragment)
	for name := range a {
		if letters(name) == plain {
			return true
		}
	}
	return false
}

func letters(text string) string { return strings.Join(document.Words(text), "") }

// nearest suggests the anchor with the fewest edits, at most a third of its length.
func (a Anchors) nearest(fragment string) string {
	best, least := "", len(fragment)/3+1
	for name := range a {
		if d := distance(fragment, name); d < least || d == least && name < best {
			best, least = name, d
		}
	}
	if best == "" {
		return ""
	}
	return "Did you mean #" + best + "?"
}

// distance is the Levenshtein distance of two texts, in bytes.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
