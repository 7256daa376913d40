package health

import (
	"slices"
	"time"

	"github.com/docsteward/docsteward/domain"
)

// AlertID identifies an alert.
type AlertID = domain.ID[Alert]

// AlertState is how far an alert is.
type AlertState string

// The states, in their order.
const (
	// Pending alerts are above the threshold, and not yet for long enough.
	Pending AlertState = "pending"
	// Firing alerts are.
	Firing AlertState = "firing"
	// Resolved alerts fired and are over.
	Resolved AlertState = "resolved"
)

// Alert is a rule that one service broke.
type Alert struct {
	ID       AlertID
	Rule     string
	Service  string
	Severity Severity
	Summary  string
	State    AlertState
	// Value is what the signal was last, Threshold what it must not be above.
	Value, Threshold float64
	// Because are the services that explain the alert. While there are any, nobody is
	// told.
	Because []string
	// Explains are the services whose alerts this one explains.
	Explains []string
	// StartedAt is when the rule was broken, FiredAt when that was for long enough,
	// LastAt when it was broken last, ResolvedAt when it was over; AloneSince is since
	// when nothing explains it.
	StartedAt, FiredAt, LastAt, ResolvedAt, AloneSince time.Time
	// Told is whether anybody was told that it fires.
	Told bool
	// Error says what is wrong, as the check found it.
	Error string
	// Revision counts the changes of what is kept, from 1; 0 is not kept.
	Revision int
}

// Observation is a signal of one service.
type Observation struct {
	Service string
	Signal  Signal
	Value   float64
	// Error says what is wrong, where the check knows.
	Error string
	// Because and Explains come of the root causes; see Alert.
	Because, Explains []string
}

// Notice is something that somebody must be told: that an alert fires, or that one
// of which they were told is over.
type Notice struct{ Alert Alert }

// Book follows the alerts. It is not safe for concurrent use.
type Book struct {
	rules  []Rule
	active map[key]*Alert
}

type key struct{ rule, service string }

// NewBook returns a book of the rules, with the alerts that are pending or firing.
func NewBook(rules []Rule, active []Alert) *Book {
	b := &Book{rules: rules, active: make(map[key]*Alert)}
	for _, a := range active {
		if a.State != Resolved {
			b.active[key{a.Rule, a.Service}] = &a
		}
	}
	return b
}

// Change is what an observation did to alerts.
type Change struct {
	// Alerts are those to be kept: they fire, or are over, or are explained by others
	// than before. A pending one that ends is silently forgotten.
	Alerts []Alert
	// Notices are what must be told, each thing once.
	Notices []Notice
}

// Observe takes what was measured at now. A signal that was not measured leaves its
// alerts as they are: not to know is neither good nor bad. newID is called for each
// alert that begins.
func (b *Book) Observe(now time.Time, observations []Observation, newID func() AlertID) Change {
	var c Change
	for _, rule := range b.rules {
		for _, o := range observations {
			if o.Signal == rule.Signal {
				b.observe(&c, now, rule, o, newID)
			}
		}
	}
	return c
}

func (b *Book) observe(c *Change, now time.Time, rule Rule, o Observation, newID func() AlertID) {
	k := key{rule.Name, o.Service}
	a := b.active[k]
	if o.Value > rule.Threshold {
		if a == nil {
			a = &Alert{
				ID: newID(), Rule: rule.Name, Service: o.Service, Severity: rule.Severity, Summary: rule.Summary,
				State: Pending, Threshold: rule.Threshold, StartedAt: now,
			}
			b.active[k] = a
		}
		a.LastAt, a.Value, a.Error = now, o.Value, o.Error
		b.broken(c, now, rule, o, a)
		return
	}
	if a == nil {
		return
	}
	a.Value = o.Value
	switch {
	case a.State == Pending:
		delete(b.active, k)
	case now.Sub(a.LastAt) >= rule.Hold:
		delete(b.active, k)
		a.State, a.ResolvedAt = Resolved, now
		c.keep(a, a.Told)
	}
}

// broken moves an alert on whose rule is broken now. What was explained until now is
// told only when it stays broken by itself for as long as any other: after its cause
// is mended, a service needs a moment too.
func (b *Book) broken(c *Change, now time.Time, rule Rule, o Observation, a *Alert) {
	changed := !slices.Equal(a.Because, o.Because) || !slices.Equal(a.Explains, o.Explains)
	if alone := len(o.Because) == 0; alone && a.AloneSince.IsZero() {
		a.AloneSince = now
	} else if !alone {
		a.AloneSince = time.Time{}
	}
	a.Because, a.Explains = o.Because, o.Explains
	if a.State == Pending {
		if now.Sub(a.StartedAt) < rule.For {
			return
		}
		a.State, a.FiredAt, changed = Firing, now, true
	}
	tell := !a.Told && !a.AloneSince.IsZero() && now.Sub(a.AloneSince) >= rule.For
	a.Told = a.Told || tell
	if changed || tell {
		c.keep(a, tell)
	}
}

func (c *Change) keep(a *Alert, tell bool) {
	a.Revision++
	c.Alerts = append(c.Alerts, *a)
	if tell {
		c.Notices = append(c.Notices, Notice{*a})
	}
}

// Active returns the alerts that are pending or firing, by rule and service.
func (b *Book) Active() []Alert {
	all := make([]Alert, 0, len(b.active))
	for _, a := range b.active {
		all = append(all, *a)
	}
	slices.SortFunc(all, func(x, y Alert) int { return slices.Compare([]string{x.Rule, x.Service}, []string{y.Rule, y.Service}) })
	return all
}

// Availability returns what the checks of services tell: each fails or does not, and
// the failing ones are explained by the root causes of the graph. errors says what is
// wrong with whom.
func Availability(services []string, g Graph, failing map[string]bool, errors map[string]string) []Observation {
	because, explains := make(map[string][]string), make(map[string][]string)
	for _, cause := range RootCauses(g, failing) {
		for i, root := range cause.Services {
			if i > 0 { // the first of a circle stands for it
				because[root] = append(because[root], cause.Services[0])
			} else {
				explains[root] = append(slices.Clone(cause.Services[1:]), cause.Explains...)
			}
		}
		for _, s := range cause.Explains {
			because[s] = append(because[s], cause.Services[0])
		}
	}
	observed := make([]Observation, len(services))
	for i, s := range services {
		observed[i] = Observation{Service: s, Signal: Unavailable}
		if failing[s] {
			observed[i].Value, observed[i].Error = 1, errors[s]
			observed[i].Because, observed[i].Explains = because[s], explains[s]
		}
	}
	return observed
}
