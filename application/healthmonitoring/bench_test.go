package healthmonitoring_test

import (
	"fmt"
	"testing"
	"time"

	apphealth "github.com/docsteward/docsteward/application/healthmonitoring"
)

// A round over ten thousand services in chains of ten, of which a tenth fails, without
// the time that answers take.
func BenchmarkRoundOfTenThousand(b *testing.B) {
	w := newWorld(b)
	w.deps.Services = nil
	for i := range 10_000 {
		id := fmt.Sprintf("s%05d", i)
		w.deps.Services = append(w.deps.Services, apphealth.Service{ID: id, Health: address(id)})
		if i%10 > 0 {
			w.deps.Needs[id] = []string{fmt.Sprintf("s%05d", i-1)}
		}
		if i%100 < 10 {
			w.down(id)
		}
	}
	w.open()
	for b.Loop() {
		w.clock.Advance(5 * time.Second)
		if err := w.monitor.Check(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}
