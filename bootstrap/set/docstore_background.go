package set

import (
	"context"
	"math/rand/v2"

	"github.com/google/wire"

	"github.com/docsteward/docsteward/adapters/notify/webhook"
	"github.com/docsteward/docsteward/adapters/sql/docstoresql"
	appdocstore "github.com/docsteward/docsteward/application/docstore"
	"github.com/docsteward/docsteward/bootstrap/kit"
	"github.com/docsteward/docsteward/ports/bus"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/webcall"
)

// DocStoreBackground is the work of the document store that no request waits for.
var DocStoreBackground = wire.NewSet(
	NewDocStoreBackground, appdocstore.NewSignals, NewRandom,
	NewWebCaller,
	wire.Struct(new(appdocstore.Notify), "*"), wire.Struct(new(appdocstore.Bulk), "*"), wire.Struct(new(appdocstore.Lifecycle), "*"),
)

// DocStoreBackgroundSQL keeps what the background works on in an SQL database.
var DocStoreBackgroundSQL = wire.NewSet(
	docstoresql.NewEventLog, wire.Bind(new(docstore.EventLog), new(*docstoresql.EventLog)),
	docstoresql.NewWebhooks, wire.Bind(new(docstore.Webhooks), new(*docstoresql.Webhooks)),
	docstoresql.NewDeliveries, wire.Bind(new(docstore.Deliveries), new(*docstoresql.Deliveries)),
	docstoresql.NewFingerprints, wire.Bind(new(docstore.Fingerprints), new(*docstoresql.Fingerprints)),
	docstoresql.NewPolicies, wire.Bind(new(docstore.Policies), new(*docstoresql.Policies)),
	docstoresql.NewLifecycles, wire.Bind(new(docstore.Lifecycles), new(*docstoresql.Lifecycles)),
	docstoresql.NewBulk, wire.Bind(new(docstore.BulkOperations), new(*docstoresql.Bulk)), wire.Bind(new(docstore.BulkQueue), new(*docstoresql.Bulk)),
)

// NewRandom returns the source of the numbers that spread retries.
func NewRandom() func() float64 { return rand.Float64 }

// NewWebCaller returns the caller of addresses that users chose.
func NewWebCaller(s *kit.Service) (webcall.Caller, func()) {
	caller := webhook.New(s.Clock, s.Config.WebhookAllowedHosts)
	return s.External.Caller("webhook", caller), caller.Close
}

// NewDocStoreBackground returns the background with its handlers subscribed.
func NewDocStoreBackground(s *kit.Service, deps appdocstore.Deps, events bus.Bus) (*appdocstore.Background, error) {
	background := appdocstore.NewBackground(docStoreConfigured(s, deps), s.Logger)
	return background, background.Subscribe(events)
}

// backgroundWorkers are what runs beside the server of the document store.
func backgroundWorkers(b *appdocstore.Background) []func(context.Context) error {
	return []func(context.Context) error{b.Deliver, b.DoBulk}
}
