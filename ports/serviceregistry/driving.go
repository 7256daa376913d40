package serviceregistry

import "time"

// Entry is a service of the directory.
type Entry struct {
	ServiceName  string         `json:"service_name" description:"Its id."`
	Name         string         `json:"name" description:"Its name, for people."`
	Description  string         `json:"description" description:"What it is for."`
	Category     string         `json:"category" description:"Group that it belongs to."`
	ServiceURL   string         `json:"service_url" description:"Where it answers; empty for one that never registered."`
	OpenAPIURL   string         `json:"openapi_url" description:"Where it tells its interface."`
	Capabilities []string       `json:"capabilities" description:"What it can do."`
	Endpoints    []string       `json:"endpoints" description:"Methods and paths that it answers."`
	DependsOn    []string       `json:"depends_on" description:"Services that it calls."`
	Owner        string         `json:"owner" description:"Who looks after it."`
	Status       string         `json:"status" description:"healthy, unhealthy, unknown or maintenance."`
	Error        string         `json:"error,omitempty" description:"Why it is unhealthy."`
	Metadata     map[string]any `json:"metadata" description:"What else it says of itself."`
	SpecHash     string         `json:"spec_hash,omitempty" description:"Identifies the interface that was last read."`
	Origin       string         `json:"origin,omitempty" description:"Registry that it registered with; this one when absent."`
	RegisteredAt *time.Time     `json:"registered_at,omitempty" description:"When it first registered."`
	LastSeen     *time.Time     `json:"last_seen,omitempty" description:"Its last sign of life."`
	Revision     int            `json:"revision" description:"Counts its changes; 0 for one that never registered."`
}

// RegisterService enters a service, or takes over what it says anew.
type RegisterService struct {
	ServiceName  string         `json:"service_name" required:"true" minLength:"1" maxLength:"255" description:"Its id."`
	ServiceURL   string         `json:"service_url" required:"true" minLength:"1" maxLength:"2000" description:"Where it answers: an http or https address."`
	Name         string         `json:"name" maxLength:"255" description:"Its name, for people; the id when absent."`
	Description  string         `json:"description" maxLength:"1000" description:"What it is for."`
	Category     string         `json:"category" default:"external" maxLength:"100" description:"Group that it belongs to."`
	Capabilities []string       `json:"capabilities" maxItems:"100" description:"What it can do, in words such as document_storage."`
	Endpoints    []string       `json:"endpoints" maxItems:"2000" description:"What it answers, such as GET /health - how it is."`
	DependsOn    []string       `json:"depends_on" maxItems:"100" description:"Services that it calls."`
	Owner        string         `json:"owner" maxLength:"255" description:"Who looks after it."`
	OpenAPIURL   string         `json:"openapi_url" maxLength:"2000" description:"Where it tells its interface; /openapi.json below its address when absent."`
	Metadata     map[string]any `json:"metadata" description:"What else is to be known; replace: true takes the id over from another address."`
	Origin       string         `json:"origin" maxLength:"2000" description:"Registry that sends the entry of one of its own; it is not sent back."`
	LastSeen     *time.Time     `json:"last_seen" description:"With origin: when that registry last saw it. What is known here of later stays."`
}

// UnregisterService removes a service.
type UnregisterService struct {
	ServiceName string `json:"service_name" required:"true" minLength:"1" maxLength:"255" description:"Its id."`
}

// Unregistered says what was removed.
type Unregistered struct {
	Message     string `json:"message" description:"What was done."`
	ServiceName string `json:"service_name" description:"Id of what was removed."`
}

// GetService reads an entry.
type GetService struct {
	Name string `json:"service_name" path:"service_name" maxLength:"255" description:"Its id."`
}

// ListServices lists the directory by id.
type ListServices struct {
	Category   string `json:"category" query:"category" maxLength:"100" description:"Only those of the group."`
	Capability string `json:"capability" query:"capability" maxLength:"255" description:"Only those that can do this."`
	Status     string `json:"status" query:"status" enum:"healthy,unhealthy,unknown,maintenance" description:"Only those in this status."`
	Limit      int    `json:"limit" query:"limit" default:"50" minimum:"1" maximum:"1000" description:"Greatest length of the page."`
	Offset     int    `json:"offset" query:"offset" minimum:"0" description:"How many to pass over."`
}

// EntryList is a page of the directory.
type EntryList struct {
	Items   []Entry `json:"items" description:"The page, by id."`
	Total   int     `json:"total" description:"How many match in all."`
	Limit   int     `json:"limit" description:"Greatest length of the page."`
	Offset  int     `json:"offset" description:"How many were passed over."`
	HasMore bool    `json:"has_more" description:"Whether more follow."`
}

// Heartbeat notes a sign of life of a service.
type Heartbeat struct {
	Name string `json:"service_name" path:"service_name" maxLength:"255" description:"Its id."`
}

// SetStatus sets the status of a service.
type SetStatus struct {
	Name   string `json:"service_name" path:"service_name" maxLength:"255" description:"Its id."`
	Status string `json:"status" required:"true" enum:"healthy,unhealthy,unknown,maintenance" description:"New status; maintenance stays until another is set."`
	Reason string `json:"reason" maxLength:"1000" description:"Why."`
}

// PingService asks a service now how it is.
type PingService struct {
	Name string `json:"service_name" path:"service_name" maxLength:"255" description:"Its id."`
}

// Ping is what a service answered.
type Ping struct {
	ServiceName    string    `json:"service_name" description:"Id of the service."`
	Status         string    `json:"status" description:"reachable or unreachable."`
	ResponseTimeMS float64   `json:"response_time_ms" description:"How long the answer took."`
	Error          string    `json:"error,omitempty" description:"Why it is unreachable."`
	LastChecked    time.Time `json:"last_checked" description:"When it was asked."`
}

// ListCapabilities lists what the services can do.
type ListCapabilities struct{}

// CapabilityList is what the services can do.
type CapabilityList struct {
	Capabilities         []string            `json:"capabilities" description:"In order."`
	TotalServices        int                 `json:"total_services" description:"How many services there are."`
	ServicesByCapability map[string][]string `json:"services_by_capability" description:"Who can do it."`
}

// ListCategories lists the groups of services.
type ListCategories struct{}

// CategoryList is the groups of services.
type CategoryList struct {
	Categories []string `json:"categories" description:"In order."`
}

// GetRegistryHealth asks how the directory is.
type GetRegistryHealth struct{}

// RegistryHealth is how the directory is.
type RegistryHealth struct {
	Status        string         `json:"status" description:"healthy; degraded when a service is unhealthy."`
	TotalServices int            `json:"total_services" description:"How many services there are."`
	ByStatus      map[string]int `json:"by_status" description:"How many are in each status."`
	Timestamp     time.Time      `json:"timestamp" description:"When it was counted."`
	UptimeSeconds float64        `json:"uptime" description:"How long the directory has been open."`
}

// LintServices asks what is wrong with the directory as a whole.
type LintServices struct{}

// LintResult is what is wrong with the directory.
type LintResult struct {
	Items []LintProblem `json:"items" description:"What is wrong, by service."`
	Total int           `json:"total" description:"How many there are."`
}

// LintProblem is one thing that is wrong.
type LintProblem struct {
	ServiceName string `json:"service_name" description:"Service that it is wrong with."`
	Rule        string `json:"rule" description:"dangling-dependency, dead-dependency, orphan, no-owner or shared-address."`
	Message     string `json:"message" description:"What is wrong."`
}

// PollOpenAPI reads the interfaces of services anew.
type PollOpenAPI struct {
	ServiceURLs  []string `json:"service_urls" maxItems:"50" description:"Addresses of registered services; all when empty."`
	ForceRefresh bool     `json:"force_refresh" description:"Take the endpoints over although the interface is the same."`
}

// PollResult is what the interfaces were found to be.
type PollResult struct {
	ServicesPolled int             `json:"services_polled" description:"How many were asked."`
	SpecsUpdated   int             `json:"specs_updated" description:"How many had another interface than before."`
	Items          []PolledService `json:"items" description:"Each of them."`
	Errors         []string        `json:"errors" description:"Why some told nothing."`
}

// PolledService is a service whose interface was read.
type PolledService struct {
	ServiceName string   `json:"service_name" description:"Id of the service."`
	SpecHash    string   `json:"spec_hash" description:"Identifies its interface."`
	Changed     bool     `json:"changed" description:"Whether it is another than before."`
	Added       []string `json:"added" description:"Endpoints that came."`
	Removed     []string `json:"removed" description:"Endpoints that went."`
}

// SyncPeers sends the entries of this registry to the others.
type SyncPeers struct{}

// SyncResult is how sending went.
type SyncResult struct {
	Sent  int        `json:"sent" description:"Entries that arrived."`
	Peers int        `json:"peers" description:"Registries that are configured."`
	Items []PeerSync `json:"items" description:"Each of them."`
}

// PeerSync is how sending to one registry went.
type PeerSync struct {
	URL   string `json:"url" description:"Its address."`
	Sent  int    `json:"sent" description:"Entries that arrived."`
	Error string `json:"error,omitempty" description:"Why not all did."`
}

// WatchServices follows the directory live: what it holds first, then each change.
type WatchServices struct{}

// Change is an entry that came, changed or went.
type Change struct {
	Sequence string `json:"sequence" event:"id" description:"Counts the changes of this stream."`
	Kind     string `json:"kind" description:"registered, changed or unregistered."`
	Service  Entry  `json:"service" description:"The entry; the last one of what went."`
}
