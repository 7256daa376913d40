package outbox

import "github.com/docsteward/docsteward/domain"

// Check fails with Invalid when an event lacks what every delivery needs: its
// id, name, aggregate or aggregate id. Outboxes call it before they store.
func Check(events []domain.Event) error {
	for _, e := range events {
		for _, field := range [...]struct{ name, value string }{
			{"id", e.ID}, {"name", e.Name}, {"aggregate", e.Aggregate}, {"aggregate_id", e.AggregateID},
		} {
			if field.value == "" {
				return domain.Invalid.New("An event needs an id, a name and the aggregate that it happened to.").
					WithField(field.name, "required", "must not be blank")
			}
		}
	}
	return nil
}
