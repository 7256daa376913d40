package workflows

import "time"

// ListTemplates lists the templates.
type ListTemplates struct {
	Category string `json:"category" query:"category" maxLength:"100" description:"Only those of the category."`
	Tag      string `json:"tag" query:"tag" maxLength:"100" description:"Only those with the tag."`
}

// TemplateList is every template by name.
type TemplateList struct {
	Templates      map[string]Template `json:"templates" description:"The templates, by name."`
	TotalTemplates int                 `json:"total_templates" description:"How many there are."`
}

// Template is a shipped definition that a workflow can be made of.
type Template struct {
	TemplateName string      `json:"template_name" description:"Its name."`
	Name         string      `json:"name" description:"Name of a workflow that is made of it."`
	Description  string      `json:"description" description:"What it is for."`
	Version      string      `json:"version" description:"Its version."`
	Category     string      `json:"category" description:"Group that it belongs to."`
	Tags         []string    `json:"tags" description:"Words to find it by."`
	Parameters   []Parameter `json:"parameters" description:"Its inputs."`
	Actions      []Action    `json:"actions" description:"Its graph."`
}

// GetTemplate reads a template.
type GetTemplate struct {
	Name string `json:"name" path:"name" maxLength:"255" description:"Its name."`
}

// CreateFromTemplate keeps a workflow that is made of a template.
type CreateFromTemplate struct {
	TemplateName   string         `json:"template_name" required:"true" maxLength:"255" description:"Name of the template."`
	Customizations Customizations `json:"customizations" description:"What is to differ."`
	CreatedBy      string         `json:"created_by" maxLength:"255" description:"Who makes it; the caller when absent."`
}

// Customizations differ from a template: texts replace, parameters replace or
// extend by name.
type Customizations struct {
	Name        string      `json:"name" maxLength:"255" description:"Another name."`
	Description string      `json:"description" maxLength:"1000" description:"Another description."`
	Parameters  []Parameter `json:"parameters" description:"Other or further parameters."`
	Tags        []string    `json:"tags" description:"Further tags."`
}

// GetStatistics counts workflows and runs.
type GetStatistics struct{}

// Statistics counts workflows and runs.
type Statistics struct {
	Summary     StatisticsSummary `json:"summary" description:"The counts."`
	GeneratedAt time.Time         `json:"generated_at" description:"When it was counted."`
}

// StatisticsSummary are the counts.
type StatisticsSummary struct {
	Workflows           map[string]int `json:"workflows" description:"Workflows by status; total is all."`
	Executions          map[string]int `json:"executions" description:"Runs by status; total is all."`
	SuccessRate         float64        `json:"success_rate" description:"Share of the completed among the completed and failed, from 0 to 1; 0 when none ended."`
	MostActiveWorkflows []ActiveCount  `json:"most_active_workflows" description:"The ten with most runs."`
}

// ActiveCount is a workflow with the number of its runs.
type ActiveCount struct {
	WorkflowID string `json:"workflow_id" description:"Its id."`
	Name       string `json:"name" description:"Its name."`
	Executions int    `json:"executions" description:"How many runs it had."`
}

// ListActivity lists what happened last.
type ListActivity struct {
	Since *time.Time `json:"since" query:"since" description:"Only what happened after."`
	Limit int        `json:"limit" query:"limit" default:"20" minimum:"1" maximum:"1000" description:"Greatest length of the list."`
}

// ActivityList is what happened, the last first.
type ActivityList struct {
	Activity    []Activity `json:"activity" description:"What happened, the last first."`
	Total       int        `json:"total" description:"How many are listed."`
	GeneratedAt time.Time  `json:"generated_at" description:"When it was listed."`
}

// Activity is one thing that happened.
type Activity struct {
	ID        string            `json:"id" description:"Id of the workflow or run."`
	Type      string            `json:"type" description:"workflow_created, or workflow_ and the status that a run came to."`
	Timestamp time.Time         `json:"timestamp" description:"When it happened."`
	UserID    string            `json:"user_id" description:"Who made it happen."`
	Details   map[string]string `json:"details" description:"More about it."`
}
