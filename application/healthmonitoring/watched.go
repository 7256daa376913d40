package healthmonitoring

import (
	"time"

	"github.com/docsteward/docsteward/domain/health"
)

// Bounds of what is remembered of a service.
const (
	// keptChecks is how many checks are remembered.
	keptChecks = 64
	// flaps is how many changes among them are flapping.
	flaps = 3
	// keptReadings is how many readings of metrics are remembered: about a minute.
	keptReadings = 5
)

// watched is what is remembered of a service.
type watched struct {
	service Service
	last    health.Result
	// success is when it was last healthy.
	success  time.Time
	history  []health.Result
	told     []string
	baseline health.Baseline
	// deviation is that of the last answer from what was usual before.
	deviation float64
	// readings are the last metrics, the oldest first; problem says why there is no newer.
	readings []health.Metrics
	problem  string
}

// note keeps a result and returns what the status was before; Unknown at first.
func (w *watched) note(r health.Result, isService func(string) bool) health.Status {
	before := w.last.Status
	w.last = r
	if r.Status == health.Healthy {
		w.success = r.At
	}
	if len(w.history) == keptChecks {
		w.history = w.history[1:]
	}
	w.history = append(w.history, r)
	if len(r.Dependencies) > 0 { // who is down says nothing, and needs the same
		w.told = w.told[:0:0]
		for name := range r.Dependencies {
			if isService(name) {
				w.told = append(w.told, name)
			}
		}
	}
	return before
}

// measure takes a reading of the metrics, or why there is none.
func (w *watched) measure(reading health.Metrics, err error) {
	if err != nil {
		w.problem = err.Error()
		return
	}
	w.problem = ""
	if len(w.readings) == keptReadings {
		w.readings = w.readings[1:]
	}
	w.readings = append(w.readings, reading)
}

// flapping reports whether the service changed often.
func (w *watched) flapping() bool {
	changes := 0
	for i := 1; i < len(w.history); i++ {
		if w.history[i].Status != w.history[i-1].Status {
			changes++
		}
	}
	return changes >= flaps
}

// reading is the last metrics and those of about a minute before.
func (w *watched) reading() (now, before health.Metrics, known bool) {
	if len(w.readings) == 0 {
		return now, before, false
	}
	return w.readings[len(w.readings)-1], w.readings[0], true
}
