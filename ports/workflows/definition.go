package workflows

// Parameter is a typed input of a workflow.
type Parameter struct {
	Name            string         `json:"name" required:"true" maxLength:"255" description:"Its name, by which actions refer to it."`
	Type            string         `json:"type" required:"true" description:"string, integer, float, number, boolean, array, object or file."`
	Description     string         `json:"description" maxLength:"1000" description:"What it is for."`
	Required        *bool          `json:"required" description:"Whether a run needs a value; true when absent."`
	DefaultValue    any            `json:"default_value" description:"Value where none is given."`
	ValidationRules map[string]any `json:"validation_rules" description:"min_length, max_length, pattern, minimum and maximum."`
	AllowedValues   []any          `json:"allowed_values" description:"The only values that are allowed; all when empty."`
}

// Action is one node of the graph.
type Action struct {
	ActionID        string         `json:"action_id" required:"true" maxLength:"255" description:"Its id, unique in the workflow: others depend on it and refer to what it answered."`
	ActionType      string         `json:"action_type" required:"true" description:"service_call, prompt_execution, external_api_call, notification, transform_data, conditional_branch, loop, wait or sub_workflow."`
	Name            string         `json:"name" required:"true" maxLength:"255" description:"Its name, for people."`
	Description     string         `json:"description" maxLength:"1000" description:"What it does."`
	Config          map[string]any `json:"config" description:"What the type needs. Texts may refer to parameters and to answers: {{name.part}}."`
	Actions         []Action       `json:"actions" description:"The actions of a loop."`
	Condition       string         `json:"condition" maxLength:"4096" description:"Expression; where it does not hold, the action is skipped."`
	DependsOn       []string       `json:"depends_on" description:"Ids of the actions that must be through before."`
	RetryCount      int            `json:"retry_count" description:"Further tries, from 0 to 100, of what may succeed later."`
	RetryDelay      *float64       `json:"retry_delay" description:"Seconds before the first further try; each later one waits twice as long, up to 300. 1 when absent."`
	TimeoutSeconds  *float64       `json:"timeout_seconds" description:"How long one try may take; 30 when absent."`
	OnError         string         `json:"on_error" maxLength:"255" description:"Id of the action that runs only when this one fails."`
	ContinueOnError bool           `json:"continue_on_error" description:"Whether those that depend on it run although it failed."`
	Compensation    *Compensation  `json:"compensation" description:"What undoes it when the run fails or is cancelled later."`
}

// Compensation undoes an action.
type Compensation struct {
	ActionType string         `json:"action_type" required:"true" description:"service_call, external_api_call or notification."`
	Config     map[string]any `json:"config" description:"As that of an action; it may refer to what the action answered."`
}
