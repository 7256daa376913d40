// Package duplicate finds documents that say nearly the same.
package duplicate

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/domain/finding"
)

// Rules lists the rules of this package.
func Rules() []finding.Rule {
	return []finding.Rule{
		{ID: "near-duplicate", Severity: finding.Low, Doc: "No two documents in a folder tree say nearly the same."},
	}
}

// Shape of the sketch: 128 hashes in 32 bands of 4 find a pair of similarity s
// with probability 1 - (1 - s^4)^32: over 0.999 at 0.7, and 0.15 at 0.27.
const (
	hashes = 128
	bands  = 32
	rows   = hashes / bands
	// shingle is how many words in a row make a shingle.
	shingle = 5
	// Threshold is the least Jaccard similarity of a finding.
	Threshold = 0.9
	// leastWords is the least length of a text that is compared.
	leastWords = 30
)

// Sketch is what is kept of a document: its MinHash, and its shingles as sorted
// hashes for the exact comparison.
type Sketch struct {
	minima   []uint32
	shingles []uint32
}

// Of sketches the prose and code of a page; the zero Sketch for a short one, and
// for plain text, which is data more often than prose.
func Of(p *finding.Page) Sketch {
	if !p.Wants("near-duplicate") || p.Tree.Format == document.FormatPlain {
		return Sketch{}
	}
	words := wordHashes(p.Content[p.Tree.FrontMatterEnd:])
	if len(words) < leastWords {
		return Sketch{}
	}
	set := words[:0]
	for i := range len(words) - shingle + 1 {
		h := uint64(0)
		for _, word := range words[i : i+shingle] {
			h = mix(h ^ uint64(word))
		}
		set = append(set, uint32(h))
	}
	slices.Sort(set)
	set = slices.Compact(set)
	return Sketch{minima: minHash(set), shingles: set}
}

// wordHashes returns the FNV-1a hash of every word, in lower case; what is neither
// a letter nor a digit parts words, and all bytes beyond ASCII count as letters.
func wordHashes(text []byte) []uint32 {
	const offset, prime = 2166136261, 16777619
	hashes := make([]uint32, 0, len(text)/6)
	h, open := uint32(offset), false
	for _, c := range text {
		switch {
		case c >= 'A' && c <= 'Z':
			c += 'a' - 'A'
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c >= 0x80:
		default:
			if open {
				hashes = append(hashes, h)
			}
			h, open = offset, false
			continue
		}
		h, open = (h^uint32(c))*prime, true
	}
	if open {
		hashes = append(hashes, h)
	}
	return hashes
}

// minHash takes, for each of 128 linear functions, the least value over the set.
func minHash(set []uint32) []uint32 {
	minima := make([]uint32, hashes)
	for i := range minima {
		minima[i] = math.MaxUint32
		a, b := mix(uint64(2*i+1))|1, mix(uint64(2*i+2))
		for _, x := range set {
			if h := uint32((a*uint64(x) + b) >> 32); h < minima[i] {
				minima[i] = h
			}
		}
	}
	return minima
}

// mix is the finaliser of SplitMix64 (Steele et al. 2014).
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// Similarity is the Jaccard similarity of two sketches' shingles, 0 to 1.
func (s Sketch) Similarity(other Sketch) float64 {
	both, i, j := 0, 0, 0
	for i < len(s.shingles) && j < len(other.shingles) {
		switch c := cmp.Compare(s.shingles[i], other.shingles[j]); {
		case c == 0:
			both, i, j = both+1, i+1, j+1
		case c < 0:
			i++
		default:
			j++
		}
	}
	if all := len(s.shingles) + len(other.shingles) - both; all > 0 {
		return float64(both) / float64(all)
	}
	return 0
}

// Document is one document's part in a corpus.
type Document struct {
	Report *finding.Report
	Sketch Sketch
	// Edition names the version of the documentation that the document belongs to;
	// empty for none. Documents of two editions are meant to be alike.
	Edition string
}

// Check reports, for each document that is nearly equal to an earlier one, the
// one that it is most like.
func Check(documents []Document) {
	buckets := make(map[[rows + 1]uint32][]int)
	for n, d := range documents {
		if d.Sketch.minima == nil {
			continue
		}
		best, likeness := -1, Threshold
		for _, candidate := range candidates(buckets, n, d.Sketch) {
			other := documents[candidate]
			if s := d.Sketch.Similarity(other.Sketch); s >= likeness && (d.Edition == "" || other.Edition == "" || d.Edition == other.Edition) {
				best, likeness = candidate, s
			}
		}
		if best >= 0 {
			d.Report.Add("near-duplicate", finding.Place{}, fmt.Sprintf("The document is %.0f %% the same as %s.", math.Floor(100*likeness), documents[best].Report.Path),
				"Keep one, and link to it.", nil)
		}
	}
}

// candidates returns the earlier documents that share a band, and adds n.
func candidates(buckets map[[rows + 1]uint32][]int, n int, s Sketch) []int {
	var found []int
	for band := range bands {
		key := [rows + 1]uint32{uint32(band)}
		copy(key[1:], s.minima[band*rows:(band+1)*rows])
		found = append(found, buckets[key]...)
		buckets[key] = append(buckets[key], n)
	}
	slices.Sort(found)
	return slices.Compact(found)
}
