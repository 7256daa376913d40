package workflows

import "time"

// Workflow is a kept definition.
type Workflow struct {
	WorkflowID       string      `json:"workflow_id" description:"Identifier of the workflow."`
	Name             string      `json:"name" description:"Its name."`
	Description      string      `json:"description" description:"What it is for."`
	WorkflowType     string      `json:"workflow_type" description:"Group that it belongs to."`
	Status           string      `json:"status" description:"draft, active, inactive, deprecated or archived."`
	Parameters       []Parameter `json:"parameters" description:"Its inputs."`
	Actions          []Action    `json:"actions" description:"Its graph."`
	Tags             []string    `json:"tags" description:"Words to find it by."`
	CreatedBy        string      `json:"created_by" description:"Who made it."`
	CreatedAt        time.Time   `json:"created_at" description:"When it was made."`
	UpdatedAt        time.Time   `json:"updated_at" description:"When it was last changed."`
	RequiredServices []string    `json:"required_services" description:"Services that its actions call."`
	TimeoutSeconds   float64     `json:"timeout_seconds" description:"How long a run may take; 0 is without limit."`
	Version          int         `json:"version" description:"Counts the changes of what a run does."`
	StructuralHash   string      `json:"structural_hash" description:"Identifies what a run does."`
	Revision         int         `json:"revision" description:"Counts all changes; send it back to change exactly what was read."`
}

// CreateWorkflow keeps a new definition, as a draft.
type CreateWorkflow struct {
	Name             string      `json:"name" required:"true" minLength:"1" maxLength:"255" description:"Its name, unique among those of the creator that are not archived."`
	Description      string      `json:"description" maxLength:"1000" description:"What it is for."`
	WorkflowType     string      `json:"workflow_type" default:"generic" maxLength:"100" description:"Group that it belongs to."`
	Parameters       []Parameter `json:"parameters" description:"Its inputs."`
	Actions          []Action    `json:"actions" description:"Its graph; a draft may have none."`
	Tags             []string    `json:"tags" maxItems:"50" description:"Words to find it by."`
	RequiredServices []string    `json:"required_services" description:"Services that it is known to need, beside those that its actions name."`
	TimeoutSeconds   float64     `json:"timeout_seconds" minimum:"0" description:"How long a run may take; 0 is without limit."`
	CreatedBy        string      `json:"created_by" maxLength:"255" description:"Who makes it; the caller when absent."`
	Activate         bool        `json:"activate" description:"Make it active at once."`
}

// GetWorkflow reads a workflow.
type GetWorkflow struct {
	ID string `json:"workflow_id" path:"workflow_id" maxLength:"255" description:"Its id, or the name of a shipped one."`
}

// UpdateWorkflow changes what is given.
type UpdateWorkflow struct {
	ID             string       `json:"workflow_id" path:"workflow_id" maxLength:"255" description:"Its id."`
	Name           *string      `json:"name" minLength:"1" maxLength:"255" description:"New name."`
	Description    *string      `json:"description" maxLength:"1000" description:"New description."`
	Parameters     *[]Parameter `json:"parameters" description:"New parameters, all of them."`
	Actions        *[]Action    `json:"actions" description:"New actions, all of them."`
	Tags           *[]string    `json:"tags" description:"New tags, all of them."`
	Status         *string      `json:"status" enum:"draft,active,inactive,deprecated,archived" description:"New status."`
	TimeoutSeconds *float64     `json:"timeout_seconds" minimum:"0" description:"New bound of a run."`
	Revision       *int         `json:"revision" description:"Revision that was read; the change is refused when there is a later one."`
}

// DeleteWorkflow removes a workflow; its runs stay.
type DeleteWorkflow struct {
	ID string `json:"workflow_id" path:"workflow_id" maxLength:"255" description:"Its id."`
}

// Deleted says what was removed.
type Deleted struct {
	WorkflowID string `json:"workflow_id" description:"Id of what was removed."`
	Deleted    bool   `json:"deleted" description:"True."`
}

// ListWorkflows lists workflows, the last made first.
type ListWorkflows struct {
	NameContains string `json:"name_contains" query:"name_contains" maxLength:"255" description:"Part of the name, in any case."`
	WorkflowType string `json:"workflow_type" query:"workflow_type" maxLength:"100" description:"Only those of the group."`
	Tag          string `json:"tag" query:"tag" maxLength:"100" description:"Only those with the tag."`
	Status       string `json:"status" query:"status" enum:"draft,active,inactive,deprecated,archived" description:"Only those in this status."`
	CreatedBy    string `json:"created_by" query:"created_by" maxLength:"255" description:"Only those of the creator."`
	Limit        int    `json:"limit" query:"limit" default:"50" minimum:"1" maximum:"1000" description:"Greatest length of the page."`
	Offset       int    `json:"offset" query:"offset" minimum:"0" description:"How many to pass over."`
}

// SearchWorkflows finds workflows by their words.
type SearchWorkflows struct {
	Query string `json:"q" query:"q" required:"true" minLength:"1" maxLength:"255" description:"Words that name, description or tags hold, in any case."`
	Limit int    `json:"limit" query:"limit" default:"50" minimum:"1" maximum:"1000" description:"Greatest length of the page."`
}

// WorkflowList is a page of workflows.
type WorkflowList struct {
	Items   []Workflow `json:"items" description:"The page, the last made first."`
	Total   int        `json:"total" description:"How many match in all."`
	Limit   int        `json:"limit" description:"Greatest length of the page."`
	Offset  int        `json:"offset" description:"How many were passed over."`
	HasMore bool       `json:"has_more" description:"Whether more follow."`
}

// ValidateWorkflow checks a definition and keeps nothing.
type ValidateWorkflow struct {
	Name           string      `json:"name" description:"Its name."`
	Parameters     []Parameter `json:"parameters" description:"Its inputs."`
	Actions        []Action    `json:"actions" description:"Its graph."`
	TimeoutSeconds float64     `json:"timeout_seconds" description:"How long a run may take."`
}

// Validation is what a check of a definition says.
type Validation struct {
	Valid            bool         `json:"valid" description:"Whether it could be kept."`
	Faults           []FieldFault `json:"faults" description:"Everything that is wrong, in the order of the definition."`
	ExecutionPlan    [][]string   `json:"execution_plan" description:"Ids of the actions, in the waves in which they can begin."`
	RequiredServices []string     `json:"required_services" description:"Services that its actions call."`
	StructuralHash   string       `json:"structural_hash" description:"Identifies what a run does."`
}

// FieldFault is one thing that is wrong.
type FieldFault struct {
	Field   string `json:"field" description:"Path of the field."`
	Rule    string `json:"rule" description:"Rule that is broken."`
	Message string `json:"message" description:"What is wanted."`
}

// ListVersions lists the versions of a workflow.
type ListVersions struct {
	ID string `json:"workflow_id" path:"workflow_id" maxLength:"255" description:"Its id."`
}

// VersionList is every version, the first first.
type VersionList struct {
	Items []Version `json:"items" description:"The versions, the first first."`
	Total int       `json:"total" description:"How many there are."`
}

// Version is one state of what a run of the workflow does.
type Version struct {
	Version        int         `json:"version" description:"Its number, from 1."`
	StructuralHash string      `json:"structural_hash" description:"Identifies what a run does."`
	CreatedAt      time.Time   `json:"created_at" description:"When it was made."`
	Parameters     []Parameter `json:"parameters" description:"Its inputs."`
	Actions        []Action    `json:"actions" description:"Its graph."`
}
