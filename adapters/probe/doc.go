// Package probe asks services and other endpoints how they are, and reads their
// metrics, over HTTP, TCP and TLS.
package probe

import "github.com/docsteward/docsteward/ports/healthmonitoring"

var (
	_ healthmonitoring.Prober  = (*Prober)(nil)
	_ healthmonitoring.Scraper = (*Prober)(nil)
)
