package bulk_test

import (
	"fmt"
	"testing"

	"github.com/docsteward/docsteward/domain/bulk"
)

func ExampleOperation_Percentage() {
	fmt.Println(bulk.Operation{Total: 8, Successful: 1, Failed: 1}.Percentage())
	// Output: 25
}

func TestOutcome(t *testing.T) {
	for _, test := range []struct {
		successful, failed int
		want               bulk.Status
	}{{2, 0, bulk.Completed}, {1, 1, bulk.Completed}, {0, 2, bulk.Failed}} {
		o := bulk.Operation{Total: 2, Successful: test.successful, Failed: test.failed}
		if got := o.Outcome(); got != test.want || !got.Finished() || o.Processed() != 2 {
			t.Errorf("%+v ends as %s", o, got)
		}
	}
	if bulk.Processing.Finished() || bulk.Pending.Finished() {
		t.Error("an open state counts as finished")
	}
}
