package config

import (
	"path/filepath"
	"time"

	"github.com/docsteward/docsteward/domain"
)

// ingestionComplaints checks how sources are ingested.
func (c *Config) ingestionComplaints() []domain.FieldError {
	var out []domain.FieldError
	add := func(name, rule, message string) {
		out = append(out, domain.FieldError{Field: name, Rule: rule, Message: message})
	}
	if c.IngestionWorkers < 1 || c.IngestionWorkers > 64 {
		add("INGESTION_WORKERS", "bounds", "must be from 1 to 64")
	}
	if c.IngestionQueue < 1 || c.IngestionQueue > 10_000 {
		add("INGESTION_QUEUE_LIMIT", "bounds", "must be from 1 to 10000")
	}
	if c.IngestionStall < 10*time.Second || c.IngestionStall > 24*time.Hour {
		add("INGESTION_STALL_TIMEOUT", "bounds", "must be from 10s to 24h")
	}
	for _, root := range c.IngestionRoots {
		if !filepath.IsAbs(root) {
			add("INGESTION_ROOTS", "path", "must list absolute paths of folders, with commas between them")
		}
	}
	return out
}
