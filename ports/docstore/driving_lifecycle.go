package docstore

import "time"

// PolicyConditions are what a document must meet, all of them.
type PolicyConditions struct {
	ContentTypes []string `json:"content_types" maxItems:"100" description:"Any one of them is metadata.content_type or metadata.type."`
	MaxAgeDays   *int     `json:"max_age_days" minimum:"0" maximum:"36525" description:"Age since creation, in days, from which the policy holds."`
	RequiredTags []string `json:"required_tags" maxItems:"100" description:"All of them are in metadata.tags."`
}

// PolicyActions are what a policy does.
type PolicyActions struct {
	Action        string `json:"action" enum:"archive,delete,retain" description:"What happens to the document; absent to set its retention only."`
	RetentionDays int    `json:"retention_days" minimum:"0" maximum:"36525" description:"How long the document is kept, in days."`
}

// Policy is a policy as callers see it.
type Policy struct {
	ID          string           `json:"id" description:"Identifier of the policy."`
	Name        string           `json:"name" description:"Name for people."`
	Description string           `json:"description" description:"What it is for."`
	Conditions  PolicyConditions `json:"conditions" description:"What a document must meet."`
	Actions     PolicyActions    `json:"actions" description:"What happens then."`
	Priority    int              `json:"priority" description:"The greatest weighs most."`
	Enabled     bool             `json:"enabled" description:"Whether it is applied."`
	CreatedAt   time.Time        `json:"created_at" description:"When it was made."`
	UpdatedAt   time.Time        `json:"updated_at" description:"When it was last changed."`
}

// PolicyList is a page of policies.
type PolicyList struct {
	Items   []Policy `json:"items" description:"The page, the one that weighs most first."`
	Total   int      `json:"total" description:"How many policies there are."`
	Limit   int      `json:"limit" description:"Greatest length of the page."`
	Offset  int      `json:"offset" description:"How many policies were passed over."`
	HasMore bool     `json:"has_more" description:"Whether more follow."`
}

// CreatePolicy makes a policy.
type CreatePolicy struct {
	Name        string           `json:"name" required:"true" maxLength:"255" description:"Name for people."`
	Description string           `json:"description" maxLength:"1000" description:"What it is for."`
	Conditions  PolicyConditions `json:"conditions" required:"true" description:"What a document must meet; at least one."`
	Actions     PolicyActions    `json:"actions" required:"true" description:"What happens then; at least one."`
	Priority    int              `json:"priority" description:"The greatest weighs most."`
	Enabled     *bool            `json:"enabled" description:"Whether it is applied; true when absent."`
}

// UpdatePolicy changes a policy; what is absent stays.
type UpdatePolicy struct {
	ID          string            `json:"id" path:"id" maxLength:"255" description:"Identifier of the policy."`
	Name        *string           `json:"name" maxLength:"255" description:"Name for people."`
	Description *string           `json:"description" maxLength:"1000" description:"What it is for."`
	Conditions  *PolicyConditions `json:"conditions" description:"What a document must meet, all of it."`
	Actions     *PolicyActions    `json:"actions" description:"What happens then, all of it."`
	Priority    *int              `json:"priority" description:"The greatest weighs most."`
	Enabled     *bool             `json:"enabled" description:"Whether it is applied."`
}

// GetPolicy reads a policy.
type GetPolicy struct {
	ID string `json:"id" path:"id" maxLength:"255" description:"Identifier of the policy."`
}

// ListPolicies lists policies, the one that weighs most first.
type ListPolicies struct {
	Limit  int `json:"limit" query:"limit" default:"50" minimum:"1" maximum:"1000" description:"Greatest length of the page."`
	Offset int `json:"offset" query:"offset" minimum:"0" description:"How many policies to pass over."`
}

// DeletePolicy erases a policy; what it did stays done.
type DeletePolicy struct {
	ID string `json:"id" path:"id" maxLength:"255" description:"Identifier of the policy."`
}

// TransitionDocument moves a document to another phase of its life.
type TransitionDocument struct {
	ID       string `json:"id" path:"id" maxLength:"255" description:"Identifier of the document."`
	NewPhase string `json:"new_phase" required:"true" enum:"active,published,archival_pending,archived,retention,deletion_pending,deleted" description:"Phase to move to; deleted deletes the document."`
	Reason   string `json:"reason" maxLength:"1000" description:"Why."`
}

// Transition tells of a change of phase.
type Transition struct {
	DocumentID string    `json:"document_id" description:"Identifier of the document."`
	OldPhase   string    `json:"old_phase" description:"Phase before."`
	NewPhase   string    `json:"new_phase" description:"Phase afterwards."`
	Reason     string    `json:"reason" description:"Why."`
	ChangedBy  string    `json:"changed_by,omitempty" description:"Who: a user, policy or schedule."`
	ChangedAt  time.Time `json:"changed_at" description:"When."`
}

// GetLifecycle tells where a document stands in its life, and how it came there.
type GetLifecycle struct {
	ID string `json:"id" path:"id" maxLength:"255" description:"Identifier of the document."`
}

// Lifecycle is where a document stands in its life.
type Lifecycle struct {
	DocumentID          string       `json:"document_id" description:"Identifier of the document."`
	CurrentPhase        string       `json:"current_phase" description:"Phase; active where nothing was decided."`
	RetentionPeriodDays int          `json:"retention_period_days" description:"How long it is kept before archival; 0 where no policy says."`
	ArchivalDate        *time.Time   `json:"archival_date,omitempty" description:"When it is to be archived."`
	DeletionDate        *time.Time   `json:"deletion_date,omitempty" description:"When it is to be deleted."`
	LastReviewed        *time.Time   `json:"last_reviewed,omitempty" description:"When a policy or a person last looked at it."`
	ComplianceStatus    string       `json:"compliance_status" description:"compliant, overdue, or unmanaged where no policy was applied."`
	AppliedPolicies     []string     `json:"applied_policies" description:"Identifiers of the policies applied last."`
	History             []Transition `json:"history" description:"Up to 100 changes of phase, the latest first."`
}

// ApplyPolicies applies the policies that hold for a document.
type ApplyPolicies struct {
	ID string `json:"id" path:"id" maxLength:"255" description:"Identifier of the document."`
}

// AppliedPolicies are the policies that hold for a document.
type AppliedPolicies struct {
	DocumentID      string   `json:"document_id" description:"Identifier of the document."`
	AppliedPolicies []string `json:"applied_policies" description:"Identifiers of the policies, the one that weighs most first."`
	PolicyCount     int      `json:"policy_count" description:"How many there are."`
	CurrentPhase    string   `json:"current_phase" description:"Phase afterwards."`
}

// ProcessLifecycles applies policies to all documents and makes every change
// that is due.
type ProcessLifecycles struct{}

// ProcessedLifecycles tells what was changed.
type ProcessedLifecycles struct {
	Examined int      `json:"examined" description:"How many documents were looked at."`
	Changed  int      `json:"changed" description:"How many of them changed their phase or their policies."`
	Archived int      `json:"archived" description:"How many were archived."`
	Deleted  int      `json:"deleted" description:"How many were deleted."`
	Errors   []string `json:"errors" description:"What could not be done; it is tried again next time."`
}

// GetLifecycleStatistics counts living documents by where they stand.
type GetLifecycleStatistics struct{}

// LifecycleStatistics counts living documents by where they stand.
type LifecycleStatistics struct {
	PhaseDistribution     map[string]int `json:"phase_distribution" description:"Documents per phase."`
	DocumentsWithPolicies int            `json:"documents_with_policies" description:"Documents that a policy was applied to."`
	ComplianceStats       map[string]int `json:"compliance_stats" description:"Documents per compliance status."`
}
