package healthmonitoring

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/health"
	"github.com/docsteward/docsteward/ports/usecase"
)

const (
	// atOnce is how many services are asked at the same time.
	atOnce = 16
	// scrapeEvery is the time between two readings of metrics.
	scrapeEvery = 15 * time.Second
)

// Check asks every service once and draws the conclusions. Who calls while that is
// under way waits for its end. A round that began is ended, whoever gives up.
func (m *Monitor) Check(ctx context.Context) error {
	return m.flight.do(ctx, func() { m.round(context.WithoutCancel(ctx)) })
}

// fresh asks the services when nobody did so lately.
func (m *Monitor) fresh(ctx context.Context) error {
	m.mu.Lock()
	stale := m.checked.IsZero() || m.now().Sub(m.checked) > 2*m.Interval
	m.mu.Unlock()
	if stale {
		return m.Check(ctx)
	}
	return nil
}

func (m *Monitor) round(ctx context.Context) {
	m.load(ctx)
	results := each(m.order, func(id string) health.Result { return m.ask(ctx, m.watched[id].service) })
	now := m.now()
	m.mu.Lock()
	due := m.scraped.IsZero() || now.Sub(m.scraped) >= scrapeEvery
	m.mu.Unlock()
	var readings map[string]reading
	if due {
		readings = each(m.order, func(id string) reading { return m.scrape(ctx, m.watched[id].service) })
	}
	m.conclude(ctx, now, results, readings)
	m.flush(ctx)
}

// each calls fn for every id, some at once, and returns all results.
func each[R any](order []string, fn func(id string) R) map[string]R {
	var mu sync.Mutex
	var all sync.WaitGroup
	free := make(chan struct{}, atOnce)
	results := make(map[string]R, len(order))
	for _, id := range order {
		free <- struct{}{}
		all.Go(func() {
			defer func() { <-free }()
			r := fn(id)
			mu.Lock()
			results[id] = r
			mu.Unlock()
		})
	}
	all.Wait()
	return results
}

// ask asks one service.
func (m *Monitor) ask(ctx context.Context, s Service) health.Result {
	ctx, cancel := context.WithTimeout(ctx, m.Timeout)
	defer cancel()
	if s.Health == "" {
		return m.askOwn(ctx)
	}
	answer := m.Prober.Probe(ctx, s.Health)
	return health.Judge(answer, m.now())
}

// askOwn asks what this service stands on.
func (m *Monitor) askOwn(ctx context.Context) health.Result {
	began := m.now()
	faults := m.Own(ctx)
	r := health.Result{Status: health.Healthy, Message: "The service works.", Version: m.Info().Version, Dependencies: make(map[string]health.Status)}
	for _, name := range slices.Sorted(maps.Keys(faults)) {
		r.Dependencies[name] = health.Healthy
		if err := faults[name]; err != nil {
			r.Dependencies[name] = health.Unhealthy
			r.Status, r.Error = health.Unhealthy, name+": "+domain.FaultOf(err).Message
			r.Message = "The service does not work: " + r.Error
		}
	}
	r.At = m.now()
	r.Took = r.At.Sub(began)
	return r
}

// reading is metrics, or why there are none; neither where a service has none.
type reading struct {
	metrics health.Metrics
	err     error
}

var errNoMetrics = errors.New("the service shows no metrics")

func (m *Monitor) scrape(ctx context.Context, s Service) reading {
	var r reading
	switch {
	case s.Health == "":
		r.metrics, r.err = m.OwnMetrics()
	case s.Metrics == "":
		r.err = errNoMetrics
	default:
		ctx, cancel := context.WithTimeout(ctx, m.Timeout)
		defer cancel()
		r.metrics, r.err = m.Scraper.Scrape(ctx, s.Metrics)
	}
	return r
}

// conclude keeps what was found and turns it into alerts.
func (m *Monitor) conclude(ctx context.Context, now time.Time, results map[string]health.Result, readings map[string]reading) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.checked, m.correlation = now, usecase.MetaOf(ctx).Correlation
	if readings != nil {
		m.scraped = now
	}
	var observed []health.Observation
	for _, id := range m.order {
		w, r := m.watched[id], results[id]
		if before := w.note(r, m.isService); before != r.Status && before != health.Unknown {
			m.changed(ctx, now, id, before, r)
		}
		observed = append(observed, w.observe(now)...)
		if reading, read := readings[id]; read {
			w.measure(reading.metrics, reading.err)
			if last, before, known := w.reading(); known && reading.err == nil {
				for signal, value := range last.Signals(before) {
					if !w.service.Shared || !health.OfProcess(signal) {
						observed = append(observed, health.Observation{Service: id, Signal: signal, Value: value})
					}
				}
			}
		}
	}
	observed = append(observed, health.Availability(m.order, m.graph(), m.failing(), m.errors())...)
	if m.loaded {
		m.enqueue(ctx, now, m.book.Observe(now, observed, m.newAlertID))
	}
}

// observe tells what a check says besides whether the service is there. The baseline
// learns of answers only.
func (w *watched) observe(now time.Time) []health.Observation {
	var observed []health.Observation
	r, id := w.last, w.service.ID
	if r.Status.Operational() && w.service.Health != "" {
		w.deviation = w.baseline.Deviation(r.Took)
		observed = append(observed, health.Observation{Service: id, Signal: health.LatencyDeviation, Value: w.deviation})
		w.baseline = w.baseline.With(r.Took)
	}
	if !r.Expires.IsZero() {
		observed = append(observed, health.Observation{Service: id, Signal: health.CertificateDays, Value: -r.Expires.Sub(now).Hours() / 24})
	}
	return observed
}

func (m *Monitor) isService(name string) bool { return m.watched[name] != nil }

// failing are the services that are unhealthy.
func (m *Monitor) failing() map[string]bool {
	failing := make(map[string]bool)
	for id, w := range m.watched {
		if w.last.Status == health.Unhealthy {
			failing[id] = true
		}
	}
	return failing
}

func (m *Monitor) errors() map[string]string {
	errors := make(map[string]string)
	for id, w := range m.watched {
		errors[id] = w.last.Error
	}
	return errors
}

// changed logs a change of status and queues its event.
func (m *Monitor) changed(ctx context.Context, now time.Time, id string, before health.Status, r health.Result) {
	if r.Status.Operational() {
		m.Logger.InfoContext(ctx, "service changed", "target", id, "from", before, "to", r.Status)
	} else {
		m.Logger.ErrorContext(ctx, "service changed", "target", id, "from", before, "to", r.Status, "error", r.Error)
	}
	m.queueEvent(m.event(ctx, now, EventStatusChanged, "service", id, 0, map[string]any{
		"service": id, "from": before, "to": r.Status, "error": r.Error,
	}))
}

// event is what happened, as subscribers read it.
func (m *Monitor) event(ctx context.Context, now time.Time, name, aggregate, id string, version int, payload map[string]any) domain.Event {
	body, err := json.Marshal(payload)
	if err != nil { // texts and numbers can always be written
		m.Logger.ErrorContext(ctx, "an event cannot be written", "event", name, "error", err)
	}
	return domain.Event{
		ID: m.IDs.New(), Name: name, Aggregate: aggregate, AggregateID: id, Version: version, At: now,
		Correlation: usecase.MetaOf(ctx).Correlation, Payload: body,
	}
}
