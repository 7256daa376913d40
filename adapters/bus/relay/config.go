package relay

import "time"

// Config bounds the work of a relay. Zero fields take the defaults.
type Config struct {
	// Batch is how many events one claim takes; 64 by default.
	Batch int
	// Workers is how many aggregates are served at the same time; 4 by default.
	Workers int
	// Poll is how long the relay sleeps when nobody wakes it; 1 s by default.
	Poll time.Duration
	// Lease is how long a claim lasts. Handling one event must take less; after a
	// kill the events under way come again when it has passed. 30 s by default.
	Lease time.Duration
	// Base and Cap bound the delay before a retry: it starts at Base, doubles with
	// every failure, and stays at Cap; 1 s and 300 s by default.
	Base, Cap time.Duration
	// Retries is how often a failed event is tried again before it is buried; 10
	// by default, negative for never.
	Retries int
	// Grace is how long Run goes on delivering what is due after its context
	// ended; 5 s by default.
	Grace time.Duration
}

func (c Config) withDefaults() Config {
	fill := func(d *time.Duration, value time.Duration) {
		if *d <= 0 {
			*d = value
		}
	}
	fill(&c.Poll, time.Second)
	fill(&c.Lease, 30*time.Second)
	fill(&c.Base, time.Second)
	fill(&c.Cap, 300*time.Second)
	fill(&c.Grace, 5*time.Second)
	if c.Batch <= 0 {
		c.Batch = 64
	}
	if c.Workers <= 0 {
		c.Workers = 4
	}
	if c.Retries == 0 {
		c.Retries = 10
	}
	return c
}

// delay returns how long to wait after the given number of failures, from 1:
// between half and all of min(Cap, Base * 2^(failures-1)), chosen by random,
// which lies in [0, 1), so that what failed together does not come back together.
func (c Config) delay(failures int, random float64) time.Duration {
	full := c.Cap
	if shift := max(failures, 1) - 1; shift < 32 {
		full = min(c.Cap, c.Base<<shift)
	}
	return full/2 + time.Duration(random*float64(full/2))
}
