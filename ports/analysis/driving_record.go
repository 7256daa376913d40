package analysis

import "time"

// RecordClaims holds the claims of documents against the code of their project and
// records how they stand.
type RecordClaims struct {
	Location string `json:"location" required:"true" maxLength:"4096" description:"Path of a folder, a document or a git repository, as the service sees it. Claims of documents elsewhere in the project stay as they were."`
	Project  string `json:"project" maxLength:"100" description:"Name under which the claims are recorded; the last element of the path of the project when absent."`
	Revision string `json:"revision" maxLength:"255" description:"Commit that the location stands at; recorded with the check. Give the commit itself, not a name that moves."`
}

// ClaimCheck is a recorded check.
type ClaimCheck struct {
	CheckID       string         `json:"check_id" description:"Identifier of the check."`
	Project       string         `json:"project" description:"Name of the project."`
	Number        int            `json:"number" description:"Counts the checks of the project, from 1."`
	Root          string         `json:"root" description:"Where the project is, in full."`
	Location      string         `json:"location" description:"What was checked."`
	Commit        string         `json:"commit,omitempty" description:"The commit that was checked, where the caller told."`
	Differing     int            `json:"differing,omitempty" description:"How many files of the project differed from the commit."`
	Documents     int            `json:"documents" description:"Documents that were read."`
	Facts         int            `json:"facts" description:"Facts that the code had."`
	Claims        int            `json:"claims" description:"Claims that the documents of the project make after the check."`
	ByVerdict     map[string]int `json:"by_verdict" description:"Those claims by verdict: holds, unknown, gone, renamed and changed."`
	Drifted       int            `json:"drifted" description:"Claims that became wrong, or were so at first sight."`
	Healed        int            `json:"healed" description:"Claims that were wrong and agree with the code again."`
	Opened        int            `json:"opened" description:"Claims that the check before did not see."`
	Closed        int            `json:"closed" description:"Claims that vanished from their documents."`
	Unread        int            `json:"unread" description:"Files and folders that could not be read."`
	DriftedClaims []ClaimChange  `json:"drifted_claims" description:"The claims that drifted, at most 1000 together with those that healed; left out of lists."`
	HealedClaims  []ClaimChange  `json:"healed_claims" description:"The claims that healed; left out of lists."`
	Faults        []Fault        `json:"faults" description:"The first 1000 files that could not be read, and why; left out of lists."`
	StartedAt     time.Time      `json:"started_at" description:"When it began."`
	FinishedAt    time.Time      `json:"finished_at" description:"When it ended."`
	DurationMS    int64          `json:"duration_ms" description:"How long it took."`
}

// ClaimChange is a claim that drifted or healed.
type ClaimChange struct {
	Claim      string `json:"claim" description:"Identifier of the claim."`
	Document   string `json:"document" description:"Path of the document below the root of the project."`
	Line       int    `json:"line" description:"Line of the claim, from 1."`
	Kind       string `json:"kind" description:"Kind of what is claimed, such as flag."`
	Name       string `json:"name" description:"Its name."`
	From       string `json:"from" description:"Verdict before; new for a claim that was not known."`
	To         string `json:"to" description:"Verdict now."`
	Reason     string `json:"reason" description:"Why, in plain words."`
	Suggestion string `json:"suggestion,omitempty" description:"The name or value that would be right."`
	Commit     string `json:"commit,omitempty" description:"The commit that took the name away, or else the one that was checked."`
}

// ListClaimChecks lists recorded checks, the latest first.
type ListClaimChecks struct {
	Project string     `json:"project" query:"project" maxLength:"100" description:"Only those of this project."`
	From    *time.Time `json:"from" query:"from" description:"Only those that ended at this instant or later."`
	To      *time.Time `json:"to" query:"to" description:"Only those that ended before this instant."`
	Limit   int        `json:"limit" query:"limit" default:"50" minimum:"1" maximum:"100" description:"Greatest length of the page."`
	Offset  int        `json:"offset" query:"offset" minimum:"0" description:"How many checks to pass over."`
}

// ClaimCheckList is a page of checks.
type ClaimCheckList struct {
	Items   []ClaimCheck `json:"items" description:"The page, latest first."`
	Total   int          `json:"total" description:"How many checks match in all."`
	Limit   int          `json:"limit" description:"Greatest length of the page."`
	Offset  int          `json:"offset" description:"How many were passed over."`
	HasMore bool         `json:"has_more" description:"Whether more follow."`
}

// GetClaimCheck reads a recorded check.
type GetClaimCheck struct {
	ID string `json:"id" path:"id" maxLength:"255" description:"Identifier of the check."`
}

// GetDrift tells how the claims of a project stood over time.
type GetDrift struct {
	Project   string     `json:"project" query:"project" required:"true" maxLength:"100" description:"Name of the project."`
	From      *time.Time `json:"from" query:"from" description:"Only checks that ended at this instant or later."`
	To        *time.Time `json:"to" query:"to" description:"Only checks that ended before this instant."`
	Limit     int        `json:"limit" query:"limit" default:"100" minimum:"1" maximum:"1000" description:"Greatest number of points; the latest ones are told."`
	Documents int        `json:"documents" query:"documents" default:"10" minimum:"1" maximum:"100" description:"Greatest number of documents."`
}

// Drift is how the claims of a project stood over time.
type Drift struct {
	Project   string           `json:"project" description:"Name of the project."`
	Points    []DriftPoint     `json:"points" description:"One for each check, the earliest first."`
	Total     int              `json:"total" description:"How many checks match; more than there are points when the earliest were left out."`
	Documents []DocumentClaims `json:"documents" description:"The documents that have most drifted claims now, the worst first."`
}

// DriftPoint is how the claims stood after one check.
type DriftPoint struct {
	Check     string         `json:"check" description:"Identifier of the check."`
	At        time.Time      `json:"at" description:"When it ended."`
	Commit    string         `json:"commit,omitempty" description:"The commit that was checked, where it is known."`
	Claims    int            `json:"claims" description:"Claims that the documents made."`
	ByVerdict map[string]int `json:"by_verdict" description:"Those claims by verdict."`
	Drifted   int            `json:"drifted" description:"Claims that drifted at this check."`
	Healed    int            `json:"healed" description:"Claims that healed at this check."`
}

// DocumentClaims counts the claims of a document.
type DocumentClaims struct {
	Document string `json:"document" description:"Path below the root of the project."`
	Claims   int    `json:"claims" description:"Claims that it makes."`
	Drifted  int    `json:"drifted" description:"Those that are wrong."`
}

// GetIntegrationHealth asks how the other services are.
type GetIntegrationHealth struct{}

// IntegrationHealth is how the other services are.
type IntegrationHealth struct {
	AnalysisService   string            `json:"analysis_service" description:"healthy."`
	Integrations      map[string]string `json:"integrations" description:"healthy or unhealthy, by service."`
	AvailableServices []string          `json:"available_services" description:"The services that the analysis works with, whether they answer or not."`
}
