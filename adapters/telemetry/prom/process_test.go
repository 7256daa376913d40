package prom_test

import (
	"math"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
	dto "github.com/prometheus/client_model/go"

	"github.com/docsteward/docsteward/adapters/telemetry/prom"
)

// gathered returns each metric's first value and labels by name.
func gathered(t *testing.T, registry *prometheus.Registry) map[string][]*dto.Metric {
	t.Helper()
	families, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	all := make(map[string][]*dto.Metric)
	for _, f := range families {
		all[f.GetName()] = f.GetMetric()
	}
	return all
}

func TestTheProcessTellsWhatItUses(t *testing.T) {
	registry := prometheus.NewRegistry()
	prom.RegisterProcess(registry, "doc_store", t.TempDir())
	gathered(t, registry) // the first reading begins to count processor time
	spin := 0.0
	for i := range 20_000_000 {
		spin += math.Sqrt(float64(i))
	}
	all := gathered(t, registry)
	for name, bounds := range map[string][2]float64{
		"memory_usage_bytes": {1 << 20, 1 << 40}, "memory_usage_percent": {0, 100}, "cpu_usage_percent": {0.01, 110}, "disk_usage_percent": {0, 100},
	} {
		if len(all[name]) != 1 {
			t.Errorf("%s is told %d times", name, len(all[name]))
			continue
		}
		if got := all[name][0].GetGauge().GetValue(); got < bounds[0] || got > bounds[1] {
			t.Errorf("%s is %v, after %v", name, got, spin)
		}
		if label := all[name][0].GetLabel(); len(label) != 1 || label[0].GetValue() != "doc_store" {
			t.Errorf("%s has the labels %v", name, label)
		}
	}
	if len(all["disk_io_bytes_total"]) != 2 {
		t.Errorf("disk_io_bytes_total is %v", all["disk_io_bytes_total"])
	}
}

func TestAQueueIsCountedWhenItIsRead(t *testing.T) {
	registry, length := prometheus.NewRegistry(), 3
	prom.RegisterQueue(registry, "doc_store", "outbox", func() int { return length })
	if got := gathered(t, registry)["queue_length"][0].GetGauge().GetValue(); got != 3 {
		t.Errorf("got %v", got)
	}
	length = -1
	if got := gathered(t, registry)["queue_length"][0].GetGauge().GetValue(); !math.IsNaN(got) {
		t.Errorf("an unknown length is %v", got)
	}
}
