package workflow

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/docsteward/docsteward/domain"
)

// ID identifies a workflow.
type ID = domain.ID[Workflow]

// ParseID returns the workflow id that text spells; Invalid when it spells none.
func ParseID(text string) (ID, error) { return domain.ParseID[Workflow](text) }

// Status says whether a workflow can be run.
type Status string

// The statuses of a workflow.
const (
	Draft      Status = "draft"
	Active     Status = "active"
	Inactive   Status = "inactive"
	Deprecated Status = "deprecated"
	Archived   Status = "archived"
)

// may says which status can follow which; every status may be archived.
// Never written.
var may = map[Status][]Status{
	Draft:      {Active},
	Active:     {Inactive, Deprecated},
	Inactive:   {Active, Deprecated},
	Deprecated: {Active},
}

// EventCreated is the name of the event of a new workflow.
const EventCreated = "workflow.created"

// Workflow is a definition that is kept, with its versions.
type Workflow struct {
	ID         ID
	Definition Definition
	// Type is for those who group workflows, such as generic.
	Type   string
	Status Status
	Tags   []string
	// Services are those that the author named beside those that actions call.
	Services []string
	// Version counts the changes of what a run does, from 1; Hash is that of the
	// version.
	Version int
	Hash    string
	// Revision counts all changes, from 1.
	Revision             int
	CreatedBy            string
	CreatedAt, UpdatedAt time.Time
}

// Check lists everything that is wrong with the workflow.
func (w Workflow) Check(compiler Compiler) []domain.FieldError {
	faults := w.Definition.Check(compiler)
	tell := func(field, rule, message string) {
		faults = append(faults, domain.FieldError{Field: field, Rule: rule, Message: message})
	}
	if strings.TrimSpace(w.CreatedBy) == "" {
		tell("created_by", "required", "the creator must not be blank")
	}
	if len(w.Tags) > 50 {
		tell("tags", "maxItems", "must be at most 50")
	}
	for i, tag := range w.Tags {
		if n := utf8.RuneCountInString(tag); n < 1 || n > 100 {
			tell(fmt.Sprintf("tags[%d]", i), "length", "must be 1 to 100 characters long")
		}
	}
	return faults
}

// Accept fails with Rejected and every fault that Check lists.
func (w Workflow) Accept(compiler Compiler) error {
	fault := domain.Rejected.New("The workflow validation failed; mend the fields and try again.")
	for _, f := range w.Check(compiler) {
		fault = fault.WithField(f.Field, f.Rule, f.Message)
	}
	if len(fault.Fields) > 0 {
		return fault
	}
	return nil
}

// Turn sets the status. It fails with Conflict where that one cannot follow, and
// with Rejected for an activation without actions.
func (w *Workflow) Turn(to Status) error {
	switch {
	case to == w.Status:
		return nil
	case to == Active && len(w.Definition.Actions) == 0:
		return domain.Rejected.New("A workflow without actions cannot be activated; add an action first.")
	case to != Archived && !slices.Contains(may[w.Status], to):
		return domain.Conflict.New(fmt.Sprintf("A workflow that is %s cannot become %s.", w.Status, to))
	}
	w.Status = to
	return nil
}

// Changed notes a change: one of what a run does is a new version.
func (w *Workflow) Changed(now time.Time) {
	w.Revision++
	w.UpdatedAt = now
	if hash := w.Definition.Hash(); hash != w.Hash {
		w.Hash = hash
		w.Version++
	}
}

// Hash identifies what a run of the definition does: two definitions with the same
// parameters, actions and timeout have the same, whatever they are called.
func (d Definition) Hash() string {
	d.Name, d.Description = "", ""
	body, err := json.Marshal(d) // maps are written in the order of their names
	if err != nil {
		return "" // values that come from JSON can be written as JSON
	}
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}
