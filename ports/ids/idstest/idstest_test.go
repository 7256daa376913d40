package idstest_test

import (
	"fmt"

	"github.com/docsteward/docsteward/ports/ids/idstest"
)

func ExampleSequence() {
	ids := idstest.New("doc")
	fmt.Println(ids.New(), ids.New())
	// Output: doc-1 doc-2
}
