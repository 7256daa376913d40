package codeanalyzer

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"

	"github.com/docsteward/docsteward/domain/code"
	"github.com/docsteward/docsteward/ports/codeanalyzer"
	"github.com/docsteward/docsteward/ports/usecase"
)

// nothing is the content of the analysis of a source without endpoints.
const nothing = "(no endpoints)"

// analysis is a source, what was found there, and what the answer repeats.
type analysis struct {
	kind, title string
	// hash identifies the source with its repository and path.
	hash          string
	link          codeanalyzer.SourceLink
	files         *int
	routes        []code.Route
	correlation   string
	styleExamples []map[string]any
}

// envelope puts an analysis into the form that the document store takes.
func (s *service) envelope(ctx context.Context, a analysis) codeanalyzer.Envelope {
	routes := code.Unique(a.routes)
	content := cmp.Or(strings.Join(code.Paths(routes), "\n"), nothing)
	now := s.Clock.Now().UTC()
	document := codeanalyzer.Document{
		ID: "code:" + a.kind + ":" + a.hash[:8], SourceType: "code", Title: a.title,
		Content: content, ContentHash: hashOf(content), LastModified: now,
		CorrelationID: cmp.Or(a.correlation, usecase.MetaOf(ctx).Correlation),
		Metadata: codeanalyzer.Metadata{
			SourceLink: a.link, FilesAnalyzed: a.files, StyleExamplesUsed: a.styleExamples, Endpoints: endpoints(routes),
		},
	}
	return codeanalyzer.Envelope{
		VersionTag: "v1", ID: document.ID, Version: a.hash[:12], CorrelationID: document.CorrelationID,
		SourceRefs: []codeanalyzer.SourceLink{a.link}, ContentHash: document.ContentHash, Timestamp: now, Document: document,
	}
}

func endpoints(routes []code.Route) []codeanalyzer.Endpoint {
	views := make([]codeanalyzer.Endpoint, len(routes))
	for i, r := range code.Sorted(routes) {
		views[i] = codeanalyzer.Endpoint{Method: r.Method, Path: r.Path, File: r.File, Line: r.Line, Evidence: string(r.Evidence)}
	}
	return views
}

// hashOf returns the SHA-256 of a text, hexadecimal.
func hashOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// identity returns the SHA-256 of parts, hexadecimal. Each is preceded by its
// length, so that no two lists are alike.
func identity(parts ...string) string {
	sum := sha256.New()
	for _, part := range parts {
		sum.Write([]byte(strconv.Itoa(len(part)) + ":"))
		sum.Write([]byte(part))
	}
	return hex.EncodeToString(sum.Sum(nil))
}
