package health

import (
	"math"
	"time"
)

// Parameters of a baseline.
const (
	// baselineWeight is that of the latest value: about the last 100 values count.
	baselineWeight = 0.02
	// baselineWarmup is how many values are needed before any is unusual.
	baselineWarmup = 30
	// baselineFloor is the least deviation, of the mean and in all, so that a service
	// that always answers within the same millisecond is not alarmed by another.
	baselineFloor        = 0.1
	baselineFloorSeconds = 0.005
	// baselineReach bounds by how many deviations one value moves the baseline, so that
	// what is unusual does not become usual by lasting some minutes.
	baselineReach = 3
)

// Baseline learns how long answers usually take. The zero value knows nothing.
//
// Mean and variance are exponentially weighted (T. Finch, Incremental calculation of
// weighted mean and variance, 2009, section 9): with d = x - mean and the weight a,
// mean' = mean + a d and variance' = (1 - a) (variance + a d²).
type Baseline struct {
	Count          int
	Mean, Variance float64
}

// Deviation returns by how many deviations d is above the mean, and 0 for what is
// below or while too little is known.
func (b Baseline) Deviation(d time.Duration) float64 {
	if b.Count < baselineWarmup {
		return 0
	}
	return max(0, (d.Seconds()-b.Mean)/b.spread())
}

func (b Baseline) spread() float64 {
	return max(math.Sqrt(b.Variance), baselineFloor*b.Mean, baselineFloorSeconds)
}

// With returns the baseline that has seen d too.
func (b Baseline) With(d time.Duration) Baseline {
	x := d.Seconds()
	b.Count++
	if b.Count == 1 {
		b.Mean = x
		return b
	}
	if b.Count > baselineWarmup {
		reach := baselineReach * b.spread()
		x = min(max(x, b.Mean-reach), b.Mean+reach)
	}
	weight := max(baselineWeight, 1/float64(b.Count)) // of few values each counts alike
	diff := x - b.Mean
	b.Mean += weight * diff
	b.Variance = (1 - weight) * (b.Variance + weight*diff*diff)
	return b
}
