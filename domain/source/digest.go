package source

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"slices"
	"strings"
)

// Digest proves what a store mirrors: the SHA-256, in hexadecimal, over the
// lines "path NUL hash LF" of all records with a document, sorted by path. Two
// places that hold the same files have the same digest.
func Digest(records []Record) string {
	sorted := slices.SortedFunc(slices.Values(records), func(a, b Record) int { return strings.Compare(a.Path, b.Path) })
	h := sha256.New()
	for _, r := range sorted {
		if r.Document != "" {
			_, _ = io.WriteString(h, r.Path+"\x00"+r.Hash+"\n")
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Keep takes out of the removals of a plan what lies at or below a path that
// could not be listed: it is not known to be gone. An empty path, such as that
// of a listing that ended early, keeps everything.
func (p Plan) Keep(unlisted []string) Plan {
	if len(unlisted) == 0 {
		return p
	}
	p.Removed = slices.DeleteFunc(slices.Clone(p.Removed), func(c Change) bool {
		return slices.ContainsFunc(unlisted, func(name string) bool {
			return name == "" || name == "." || c.Item.Path == name || strings.HasPrefix(c.Item.Path, name+"/")
		})
	})
	return p
}
