package document

import (
	"math"
	"time"

	"github.com/docsteward/docsteward/domain"
)

// EventAnalyzed tells that an analysis of a document was stored.
const EventAnalyzed = "analysis.completed"

// AnalysisID identifies an analysis.
type AnalysisID = domain.ID[Analysis]

// ParseAnalysisID returns the analysis id that text spells; Invalid when it spells none.
func ParseAnalysisID(text string) (AnalysisID, error) { return domain.ParseID[Analysis](text) }

// Analysis is what an analyzer made of a document.
type Analysis struct {
	// ID identifies the analysis.
	ID AnalysisID
	// Document is what was analysed, and Version the version that it stood at.
	Document ID
	Version  int
	// Analyzer and Model say who made it; may be empty.
	Analyzer, Model string
	// PromptHash is the SHA-256 of the prompt, hexadecimal; empty without one.
	PromptHash string
	// Result is what was found, a JSON object that is not empty.
	Result Metadata
	// Score is how good the document is by it; nil where it does not say.
	Score *float64
	// Metadata is never nil.
	Metadata Metadata
	// CreatedAt is in UTC, in whole microseconds.
	CreatedAt time.Time
}

// NewAnalysis returns a checked, normalised and made at now. It fails with
// Invalid when an id or the result is missing, or the score is no number.
func NewAnalysis(a Analysis, prompt string, now time.Time) (Analysis, error) {
	fault := domain.Invalid.New("The analysis is not acceptable.")
	if a.ID.IsZero() {
		fault = fault.WithField("id", "required", "must not be blank")
	}
	if a.Document.IsZero() {
		fault = fault.WithField("document_id", "required", "must name the document, or content must be given")
	}
	if len(a.Result) == 0 || holdsNUL(map[string]any(a.Result)) {
		fault = fault.WithField("result", "required", "must be an object with at least one key, without NUL characters")
	}
	if holdsNUL(map[string]any(a.Metadata)) {
		fault = fault.WithField("metadata", "text", "must not hold NUL characters")
	}
	if a.Score != nil && (math.IsNaN(*a.Score) || math.IsInf(*a.Score, 0)) {
		fault = fault.WithField("score", "type", "must be a number")
	}
	if len(fault.Fields) > 0 {
		return Analysis{}, fault
	}
	if prompt != "" {
		a.PromptHash = HashOf(prompt)
	}
	a.Analyzer, a.Model = storable(a.Analyzer), storable(a.Model)
	a.Result, a.Metadata, a.CreatedAt = object(a.Result), object(a.Metadata), instant(now)
	return a, nil
}

// AnalysisFilter narrows a list of analyses; empty fields narrow nothing.
type AnalysisFilter struct {
	// Document is what was analysed.
	Document ID
	// Analyzer is who made it.
	Analyzer string
}

// object returns a deep copy of any object, with all its keys; never nil.
func object(m Metadata) Metadata { return normalValue(map[string]any(m)).(map[string]any) }
