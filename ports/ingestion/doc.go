// Package ingestion is the published language of ingestion: jobs that bring a source
// into the document store and prove that nothing of it was skipped. It is a context of
// the orchestrator.
package ingestion
