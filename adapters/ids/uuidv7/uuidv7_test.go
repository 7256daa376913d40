package uuidv7_test

import (
	"slices"
	"testing"

	"github.com/docsteward/docsteward/adapters/ids/uuidv7"
)

func TestIDsAreNewAndSorted(t *testing.T) {
	made := make([]string, 10_000)
	for i := range made {
		made[i] = uuidv7.Generator{}.New()
	}
	if !slices.IsSorted(made) {
		t.Error("identifiers do not sort by the order of their making")
	}
	if distinct := slices.Compact(slices.Clone(made)); len(distinct) != len(made) {
		t.Errorf("%d of %d identifiers are distinct", len(distinct), len(made))
	}
}
