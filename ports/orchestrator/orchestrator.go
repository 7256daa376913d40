// Package orchestrator names the service that the contexts of the control plane
// share: one port, one health.
package orchestrator

// ID is the id of the orchestrator.
const ID = "orchestrator"
