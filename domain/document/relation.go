package document

import (
	"math"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/docsteward/docsteward/domain"
)

// RelationID identifies a relation.
type RelationID = domain.ID[Relation]

// ParseRelationID returns the relation id that text spells; Invalid when it spells none.
func ParseRelationID(text string) (RelationID, error) { return domain.ParseID[Relation](text) }

// Names of the events of relations.
const (
	EventLinked   = "relationship.linked"
	EventUnlinked = "relationship.unlinked"
)

// Types of relations that are known everywhere; any other name may serve too.
const (
	// References is a mention of a document by its id.
	References = "references"
	// LinksTo is a link to the path of a document.
	LinksTo = "links_to"
	// ExternalReference leads to an address outside the store.
	ExternalReference = "external_reference"
	// DerivedFrom, Correlated, AnalyzedBy, Extends and Implements are stated by people and services.
	DerivedFrom = "derived_from"
	Correlated  = "correlated"
	AnalyzedBy  = "analyzed_by"
	Extends     = "extends"
	Implements  = "implements"
)

// Bounds of a relation, in bytes.
const (
	MaxRelationType = 100
	MaxExternal     = 4096
)

// Relation is a directed link from a document to another, or to an address
// outside. There is at most one of each type between the same two ends.
type Relation struct {
	// ID identifies the relation.
	ID RelationID
	// Source is where it starts.
	Source ID
	// Target is the document that it leads to; zero when External tells the end.
	Target ID
	// External is the address that it leads to; empty when Target tells the end.
	External string
	// Type is one of the known types, or free text.
	Type string
	// Strength is from 0 to 1.
	Strength float64
	// Metadata is never nil.
	Metadata Metadata
	// Extracted tells a relation that was read out of the source's content.
	Extracted bool
	// CreatedAt is in UTC, in whole microseconds.
	CreatedAt time.Time
}

// NewRelation returns r checked, normalised and made at now. It fails with
// Invalid and names every field that is missing, a link of a document to itself,
// two ends or none, and a strength outside 0 to 1.
func NewRelation(r Relation, now time.Time) (Relation, error) {
	r.Type = strings.TrimSpace(r.Type)
	r.Metadata = object(r.Metadata)
	r.CreatedAt = instant(now)
	fault := domain.Invalid.New("The relationship is not acceptable.")
	if r.ID.IsZero() {
		fault = fault.WithField("id", "required", "must not be blank")
	}
	if r.Source.IsZero() {
		fault = fault.WithField("source_document_id", "required", "must not be blank")
	}
	switch {
	case r.Target.IsZero() == (r.External == ""):
		fault = fault.WithField("target_document_id", "required", "must name the one document that the link leads to")
	case r.Target == r.Source && !r.Target.IsZero():
		fault = fault.WithField("target_document_id", "self", "must be another document than the source")
	}
	if len(r.External) > MaxExternal || r.External != storable(r.External) {
		fault = fault.WithField("external", "maxLength", "must be text of at most 4096 bytes")
	}
	if r.Type == "" || len(r.Type) > MaxRelationType || r.Type != storable(r.Type) || !utf8.ValidString(r.Type) {
		fault = fault.WithField("relationship_type", "required", "must be text of 1 to 100 bytes")
	}
	if math.IsNaN(r.Strength) || r.Strength < 0 || r.Strength > 1 {
		fault = fault.WithField("strength", "range", "must be from 0 to 1")
	}
	if holdsNUL(map[string]any(r.Metadata)) {
		fault = fault.WithField("metadata", "text", "must not hold NUL characters")
	}
	if len(fault.Fields) > 0 {
		return Relation{}, fault
	}
	return r, nil
}

// Triple is what makes a relation unique.
type Triple struct {
	// Source, Target and External are the ends.
	Source, Target ID
	External       string
	// Type is that of the relation.
	Type string
}

// Triple returns what makes the relation unique.
func (r Relation) Triple() Triple { return Triple{r.Source, r.Target, r.External, r.Type} }

// Reconcile compares the relations of a source that are stored with those that
// its content holds now. Fresh are found and not stored; stale are stored, were
// extracted, and are not found any more.
func Reconcile(stored, found []Relation) (fresh, stale []Relation) {
	now := make(map[Triple]bool, len(found))
	for _, r := range found {
		now[r.Triple()] = true
	}
	known := make(map[Triple]bool, len(stored))
	for _, r := range stored {
		known[r.Triple()] = true
		if r.Extracted && !now[r.Triple()] {
			stale = append(stale, r)
		}
	}
	for _, r := range found {
		if !known[r.Triple()] {
			known[r.Triple()] = true
			fresh = append(fresh, r)
		}
	}
	return fresh, stale
}

// Direction says which relations of a document are meant.
type Direction string

// The directions.
const (
	Both     Direction = "both"
	Outgoing Direction = "outgoing"
	Incoming Direction = "incoming"
)

// RelationFilter narrows the relations of a document.
type RelationFilter struct {
	// Direction is Both when empty.
	Direction Direction
	// Type narrows nothing when empty.
	Type string
}

// Node is a document as a graph shows it.
type Node struct {
	// ID identifies the document.
	ID ID
	// Title and Type are its title and metadata.type.
	Title, Type string
}
