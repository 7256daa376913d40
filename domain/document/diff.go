package document

import (
	"maps"
	"reflect"
	"slices"
	"strings"
)

// LineDiff is a line that one of two texts has and the other lacks.
type LineDiff struct {
	// Added is true for a line of the second text, false for one of the first.
	Added bool
	// Number is that of the line in its own text, from 1.
	Number int
	// Text is the line without its end.
	Text string
}

// maxEdits bounds the search for the shortest edit; texts further apart are
// told as one block taken out and one put in.
const maxEdits = 2000

// DiffLines returns a shortest edit from a to b, line by line, in order: Myers'
// greedy algorithm (An O(ND) Difference Algorithm, 1986) after equal beginnings
// and ends are set aside. Texts more than 2,000 edits apart are told as all
// lines between replaced.
func DiffLines(a, b string) []LineDiff {
	left, right := splitLines(a), splitLines(b)
	head := 0
	for head < len(left) && head < len(right) && left[head] == right[head] {
		head++
	}
	tail := 0
	for tail < len(left)-head && tail < len(right)-head && left[len(left)-1-tail] == right[len(right)-1-tail] {
		tail++
	}
	return myers(left[head:len(left)-tail], right[head:len(right)-tail], head)
}

func splitLines(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(strings.TrimSuffix(text, "\n"), "\n")
}

// myers walks the diagonals of the edit graph, keeping the furthest reach of
// each round, and then walks back.
func myers(a, b []string, head int) []LineDiff {
	limit := min(len(a)+len(b), maxEdits)
	reach := make([]int, 2*limit+3)
	var rounds [][]int
	for edits := 0; edits <= limit; edits++ {
		for k := -edits; k <= edits; k += 2 {
			x := step(reach, limit+1, k, edits)
			y := x - k
			for x < len(a) && y < len(b) && a[x] == b[y] {
				x, y = x+1, y+1
			}
			reach[limit+1+k] = x
			if x >= len(a) && y >= len(b) {
				rounds = append(rounds, slices.Clone(reach[limit+1-edits:limit+2+edits]))
				return walkBack(a, b, rounds, head)
			}
		}
		rounds = append(rounds, slices.Clone(reach[limit+1-edits:limit+2+edits]))
	}
	return replaceAll(a, b, head)
}

// step returns where diagonal k begins in a round: one down from k+1 or one
// right from k-1, whichever reaches further.
func step(reach []int, zero, k, edits int) int {
	if edits == 0 {
		return 0
	}
	if k == -edits || (k != edits && reach[zero+k-1] < reach[zero+k+1]) {
		return reach[zero+k+1]
	}
	return reach[zero+k-1] + 1
}

func walkBack(a, b []string, rounds [][]int, head int) []LineDiff {
	var edits []LineDiff
	x, y := len(a), len(b)
	for d := len(rounds) - 1; d > 0; d-- {
		k := x - y
		before := rounds[d-1] // holds diagonals -(d-1)..d-1 at index k+d-1
		at := func(k int) int {
			if i := k + d - 1; i >= 0 && i < len(before) {
				return before[i]
			}
			return -1
		}
		if k == -d || (k != d && at(k-1) < at(k+1)) {
			x = at(k + 1)
			y = x - (k + 1)
			edits = append(edits, LineDiff{Added: true, Number: head + y + 1, Text: b[y]})
		} else {
			x = at(k - 1)
			y = x - (k - 1)
			edits = append(edits, LineDiff{Number: head + x + 1, Text: a[x]})
		}
	}
	slices.Reverse(edits)
	return edits
}

func replaceAll(a, b []string, head int) []LineDiff {
	edits := make([]LineDiff, 0, len(a)+len(b))
	for i, line := range a {
		edits = append(edits, LineDiff{Number: head + i + 1, Text: line})
	}
	for i, line := range b {
		edits = append(edits, LineDiff{Added: true, Number: head + i + 1, Text: line})
	}
	return edits
}

// MetadataDiff is a metadata key whose values differ; the value of a missing
// key is nil.
type MetadataDiff struct {
	Key  string
	A, B any
}

// DiffMetadata returns the keys whose values differ, sorted.
func DiffMetadata(a, b Metadata) []MetadataDiff {
	keys := maps.Clone(a)
	if keys == nil {
		keys = Metadata{}
	}
	maps.Copy(keys, b)
	var diffs []MetadataDiff
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		if !reflect.DeepEqual(a[key], b[key]) {
			diffs = append(diffs, MetadataDiff{Key: key, A: a[key], B: b[key]})
		}
	}
	return diffs
}
