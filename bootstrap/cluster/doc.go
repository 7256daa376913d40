// Package cluster is a composition of docsteward for several machines: stores on a
// PostgreSQL server, one schema per service, and workflows on a Temporal server, where
// any process takes up what another let go of.
package cluster
