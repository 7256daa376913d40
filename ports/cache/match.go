package cache

import (
	"slices"
	"strings"
)

// Match reports whether key matches pattern, in which * stands for any run of
// bytes, also none, and ? for one byte. Everything else stands for itself.
func Match(pattern, key string) bool {
	star, mark := -1, 0
	p, k := 0, 0
	for k < len(key) {
		switch {
		case p < len(pattern) && pattern[p] == '*':
			star, mark = p, k
			p++
		case p < len(pattern) && (pattern[p] == '?' || pattern[p] == key[k]):
			p++
			k++
		case star >= 0:
			mark++
			p, k = star+1, mark
		default:
			return false
		}
	}
	return strings.Trim(pattern[p:], "*") == ""
}

// TagSet returns the tags sorted, each once, in a slice of their own.
func TagSet(tags []string) []string {
	if len(tags) == 0 {
		return nil
	}
	set := slices.Clone(tags)
	slices.Sort(set)
	return slices.Compact(set)
}
