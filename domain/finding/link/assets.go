package link

import (
	"path"
	"slices"
	"strings"
)

// fewest is of how many linked files of a kind none must exist before the kind
// counts as kept outside the corpus, as sites keep their images.
const fewest = 10

// images are endings of one kind of file. Never written.
var images = []string{".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp"}

// kindOf is the ending of a file that is no document, one for all images; empty
// for documents and for names without an ending.
func kindOf(target string) string {
	extension := strings.ToLower(path.Ext(target))
	switch {
	case slices.Contains(images, extension):
		return images[0]
	case slices.Contains(endings, extension):
		return ""
	}
	return extension
}

// asset counts the links to files of a kind, and those of them that lead to a
// file that exists.
type asset struct{ linked, present int }

// Learn counts the links of a document to files that are no documents, so that
// kinds of files which the corpus does not hold are not reported as missing.
func (i *Index) Learn(from string, links []Link) {
	if i.exists == nil {
		return
	}
	for _, l := range links {
		kind := kindOf(l.Target)
		if kind == "" || strings.HasPrefix(l.Target, "/") {
			continue
		}
		a := i.assets[kind]
		a.linked++
		if slices.ContainsFunc(places(from, l.Target), i.exists) {
			a.present++
		}
		i.assets[kind] = a
	}
}

// foreign reports whether files of the target's kind are kept elsewhere.
func (i *Index) foreign(target string) bool {
	a := i.assets[kindOf(target)]
	return a.linked >= fewest && a.present == 0
}

// places are the paths that a relative target may mean: from the folder of the
// document, as code hosts understand it, or, as site generators do, from the
// address of the page, where a/b.md is served as a/b/.
func places(from, target string) []string {
	folder := path.Dir(from)
	found := []string{path.Join(folder, target)}
	if base := strings.TrimSuffix(path.Base(from), path.Ext(from)); !isIndex(base) {
		found = append(found, path.Join(folder, base, target))
	}
	return found
}
