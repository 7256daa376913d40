package ingest

import "slices"

// SourceType says what sort of source a job reads.
type SourceType string

// The types of sources.
const (
	GitHub     SourceType = "github"
	GitLab     SourceType = "gitlab"
	Jira       SourceType = "jira"
	Confluence SourceType = "confluence"
	Filesystem SourceType = "filesystem"
	Web        SourceType = "web"
	Database   SourceType = "database"
	API        SourceType = "api"
	Email      SourceType = "email"
	Slack      SourceType = "slack"
)

// SourceTypes lists the types.
func SourceTypes() []SourceType {
	return []SourceType{GitHub, GitLab, Jira, Confluence, Filesystem, Web, Database, API, Email, Slack}
}

// RequiresAuthentication reports whether a source of the type answers nobody that it
// does not know, as a rule.
func (t SourceType) RequiresAuthentication() bool {
	return slices.Contains([]SourceType{GitHub, GitLab, Jira, Confluence, Database, API, Slack}, t)
}

// Incremental reports whether a source of the type can tell what changed.
func (t SourceType) Incremental() bool {
	return slices.Contains([]SourceType{GitHub, GitLab, Jira, Confluence, Database, Slack}, t)
}

// VersionControlled reports whether a source of the type keeps its history.
func (t SourceType) VersionControlled() bool { return t == GitHub || t == GitLab }

// Content lists what sources of the type hold, as a rule.
func (t SourceType) Content() []string {
	return map[SourceType][]string{
		GitHub:     {"code", "documentation", "issues", "pull_requests"},
		GitLab:     {"code", "documentation", "issues", "merge_requests"},
		Jira:       {"issues", "epics", "tasks", "bugs"},
		Confluence: {"documentation", "wiki", "knowledge_base"},
		Filesystem: {"documents", "reports", "data_files"},
		Web:        {"web_pages", "articles", "documentation"},
		Database:   {"tables", "queries", "reports"},
		API:        {"json", "xml", "data_feeds"},
		Email:      {"messages", "attachments", "threads"},
		Slack:      {"messages", "files", "threads"},
	}[t]
}
