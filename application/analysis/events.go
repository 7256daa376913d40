package analysis

import (
	"cmp"
	"encoding/json"

	"github.com/docsteward/docsteward/domain"
	domaincheck "github.com/docsteward/docsteward/domain/check"
)

// events tells of every claim that drifted or healed.
func (r *recorder) events(done domaincheck.Check, changes []domaincheck.Change) ([]domain.Event, error) {
	events := make([]domain.Event, len(changes))
	for i, c := range changes {
		body, err := json.Marshal(map[string]string{
			"project": done.Project, "check": done.ID.String(), "claim": c.Claim.String(), "document": c.Document, "kind": c.Kind.String(), "name": c.Name,
			"from": stateBefore(c.New, c.From), "to": c.To.String(), "reason": c.Reason, "commit": cmp.Or(c.Commit, done.Commit),
		})
		if err != nil {
			return nil, domain.Internal.Wrap(err, "The event of a claim cannot be written as JSON.")
		}
		events[i] = domain.Event{ID: r.IDs.New(), Name: c.Event, Aggregate: "claim", AggregateID: c.Claim.String(), At: done.FinishedAt,
			Correlation: done.Correlation, Payload: body}
	}
	return events, nil
}
