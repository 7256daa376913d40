package health

import (
	"math"
	"slices"
	"time"
)

// Metrics are the counters and gauges of a service at one instant. A gauge that is
// not known is NaN.
type Metrics struct {
	At time.Time
	// Requests counts requests by route and class of status.
	Routes map[string]Route
	// MemoryPercent, DiskPercent and CPUPercent are from 0 to 100.
	MemoryPercent, DiskPercent, CPUPercent float64
	// Queues are lengths by the names of queues.
	Queues map[string]float64
	// DatabaseConnections are those in use.
	DatabaseConnections float64
	// CacheHits and CacheMisses count reads of caches.
	CacheHits, CacheMisses float64
}

// Route counts the requests of one route, such as "GET /api/v1/documents/:id".
type Route struct {
	Requests, ClientErrors, ServerErrors float64
	Times                                Histogram
}

// Histogram counts durations: Counts[i] are those of at most Bounds[i] seconds. The
// last bound is +Inf.
type Histogram struct {
	Bounds []float64
	Counts []float64
}

// Plus returns the sum of two histograms with the same bounds. One that is empty, or
// of other bounds, is left out.
func (h Histogram) Plus(o Histogram) Histogram {
	if len(h.Bounds) == 0 {
		return o
	}
	if !slices.Equal(h.Bounds, o.Bounds) {
		return h
	}
	sum := Histogram{h.Bounds, slices.Clone(h.Counts)}
	for i, n := range o.Counts {
		sum.Counts[i] += n
	}
	return sum
}

// minus returns what was counted since before; all of it where the counter began
// anew.
func (h Histogram) minus(before Histogram) Histogram {
	if !slices.Equal(h.Bounds, before.Bounds) || len(h.Counts) == 0 || h.Counts[len(h.Counts)-1] < before.Counts[len(before.Counts)-1] {
		return h
	}
	since := Histogram{h.Bounds, slices.Clone(h.Counts)}
	for i, n := range before.Counts {
		since.Counts[i] -= n
	}
	return since
}

// Quantile estimates the time, in seconds, that the share q of the requests did not
// exceed, by linear interpolation within the bucket that holds it, as Prometheus'
// histogram_quantile does. Without requests it is NaN; beyond the last finite bound
// it is that bound.
func (h Histogram) Quantile(q float64) float64 {
	if len(h.Counts) == 0 || h.Counts[len(h.Counts)-1] == 0 {
		return math.NaN()
	}
	rank := q * h.Counts[len(h.Counts)-1]
	i, _ := slices.BinarySearch(h.Counts, rank)
	if i >= len(h.Counts)-1 {
		return h.Bounds[max(0, len(h.Bounds)-2)]
	}
	low, below := 0.0, 0.0
	if i > 0 {
		low, below = h.Bounds[i-1], h.Counts[i-1]
	}
	if h.Counts[i] == below {
		return h.Bounds[i]
	}
	return low + (h.Bounds[i]-low)*(rank-below)/(h.Counts[i]-below)
}

// Total adds the routes up.
func (m Metrics) Total() Route {
	var sum Route
	for _, r := range m.Routes {
		sum.Requests += r.Requests
		sum.ClientErrors += r.ClientErrors
		sum.ServerErrors += r.ServerErrors
		sum.Times = sum.Times.Plus(r.Times)
	}
	return sum
}

// Since returns what was counted since an earlier reading. Where a counter began
// anew, all that it shows is counted.
func (m Metrics) Since(before Metrics) Route {
	now, then := m.Total(), before.Total()
	count := func(n, b float64) float64 {
		if n < b {
			return n
		}
		return n - b
	}
	return Route{
		Requests: count(now.Requests, then.Requests), ClientErrors: count(now.ClientErrors, then.ClientErrors),
		ServerErrors: count(now.ServerErrors, then.ServerErrors), Times: now.Times.minus(then.Times),
	}
}

// LongestQueue is the length of the longest queue; NaN where none is known.
func (m Metrics) LongestQueue() float64 {
	longest := math.NaN()
	for _, n := range m.Queues {
		if !math.IsNaN(n) && (math.IsNaN(longest) || n > longest) {
			longest = n
		}
	}
	return longest
}

// Signals returns what the metrics tell, against those of a while before. What is
// not known, or was not used, is left out.
func (m Metrics) Signals(before Metrics) map[Signal]float64 {
	found := map[Signal]float64{
		QueueLength: m.LongestQueue(), MemoryPercent: m.MemoryPercent, DiskPercent: m.DiskPercent, CPUPercent: m.CPUPercent,
		DatabaseConnections: m.DatabaseConnections,
	}
	// Without a request nothing was wrong.
	found[ErrorRatio], found[ServerErrorRatio], found[LatencyP95] = 0, 0, 0
	if since := m.Since(before); since.Requests > 0 {
		found[ErrorRatio] = (since.ClientErrors + since.ServerErrors) / since.Requests
		found[ServerErrorRatio] = since.ServerErrors / since.Requests
		found[LatencyP95] = since.Times.Quantile(0.95)
	}
	for signal, value := range found {
		if math.IsNaN(value) || math.IsInf(value, 0) {
			delete(found, signal)
		}
	}
	return found
}
