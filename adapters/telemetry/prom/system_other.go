//go:build !unix

package prom

import "time"

// processorTime is not known here.
func processorTime() time.Duration { return 0 }

// diskPercent is not known here.
func diskPercent(string) float64 { return 0 }
