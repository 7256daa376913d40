// Package deadletters finds dead letters where services keep them: events in outboxes,
// and deliveries to webhooks in the document store.
package deadletters

import "github.com/docsteward/docsteward/ports/infrastructure"

var (
	_ infrastructure.Place = (*Events)(nil)
	_ infrastructure.Place = (*Deliveries)(nil)
)
