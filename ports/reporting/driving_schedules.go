package reporting

import "time"

// CreateSchedule has a report made again and again. It runs with the permissions that
// who creates it holds at the time of each run.
type CreateSchedule struct {
	Name          string         `json:"name" required:"true" minLength:"1" maxLength:"255" description:"What it is called."`
	ReportType    string         `json:"report_type" required:"true" minLength:"1" maxLength:"100" description:"Kind of the report."`
	TemplateID    string         `json:"template_id" maxLength:"100" description:"Template; absent is that of the kind."`
	Parameters    map[string]any `json:"parameters" description:"As the schema of the template demands."`
	Format        string         `json:"format" default:"pdf" maxLength:"20" description:"How the reports are written."`
	IncludeCharts *bool          `json:"include_charts" description:"Whether charts are drawn; true when absent."`
	Days          int            `json:"days" default:"7" minimum:"1" maximum:"3650" description:"How many days before each run the report tells of."`
	Cron          string         `json:"cron" required:"true" minLength:"1" maxLength:"255" description:"When: minute, hour, day of the month, month and day of the week, or a word such as @daily."`
	Timezone      string         `json:"timezone" default:"UTC" maxLength:"100" description:"The place whose clock it goes by, as Europe/Vienna."`
	CatchUp       string         `json:"catch_up" default:"once" enum:"once,skip" description:"Whether one report is made for runs that were missed, or none."`
	Enabled       *bool          `json:"enabled" description:"Whether it runs; true when absent."`
	Delivery      *Delivering    `json:"delivery" description:"Where the reports go; absent is nowhere."`
}

// Delivering says where reports go.
type Delivering struct {
	Channel string `json:"channel" required:"true" enum:"webhook,notice,folder" description:"webhook posts the file, notice a JSON object with text and title, folder writes the file."`
	Address string `json:"address" required:"true" minLength:"1" maxLength:"2000" description:"The URL, or the name of a folder below the reports of the service."`
}

// Schedule has a report made again and again.
type Schedule struct {
	ScheduleID    string         `json:"schedule_id" description:"Identifier of the schedule."`
	Name          string         `json:"name" description:"What it is called."`
	ReportType    string         `json:"report_type" description:"Kind of the report."`
	TemplateID    string         `json:"template_id" description:"The template."`
	Parameters    map[string]any `json:"parameters" description:"What the reports are made with."`
	Format        string         `json:"format" description:"How they are written."`
	IncludeCharts bool           `json:"include_charts" description:"Whether charts are drawn."`
	Days          int            `json:"days" description:"How many days before each run the report tells of."`
	Cron          string         `json:"cron" description:"When."`
	Timezone      string         `json:"timezone" description:"The place whose clock it goes by."`
	CatchUp       string         `json:"catch_up" description:"once or skip."`
	Enabled       bool           `json:"enabled" description:"Whether it runs."`
	Owner         string         `json:"owner" description:"With whose permissions it runs."`
	Delivery      *Delivering    `json:"delivery,omitempty" description:"Where the reports go."`
	Running       bool           `json:"running" description:"Whether a run is under way."`
	NextRun       *time.Time     `json:"next_run" description:"When it runs next; null for never."`
	LastRun       *time.Time     `json:"last_run" description:"When a run last ended; null for never."`
	LastReportID  string         `json:"last_report_id,omitempty" description:"The report that came of it."`
	LastError     string         `json:"last_error,omitempty" description:"Why it failed; absent when it did not."`
	Runs          int            `json:"runs" description:"How many runs ended."`
	Failures      int            `json:"failures" description:"How many of them failed."`
	MissedRuns    int            `json:"missed_runs" description:"How many occurrences passed more than five minutes before anybody looked."`
	CreatedAt     time.Time      `json:"created_at" description:"When it was made."`
	UpdatedAt     time.Time      `json:"updated_at" description:"When it was last changed."`
}

// GetSchedule reads a schedule.
type GetSchedule struct {
	ID string `json:"schedule_id" path:"schedule_id" maxLength:"255" description:"Its id."`
}

// ListSchedules lists schedules by name.
type ListSchedules struct {
	Limit  int `json:"limit" query:"limit" default:"50" minimum:"1" maximum:"1000" description:"Greatest length of the page."`
	Offset int `json:"offset" query:"offset" minimum:"0" description:"How many to pass over."`
}

// ScheduleList is a page of schedules.
type ScheduleList struct {
	Items   []Schedule `json:"items" description:"The page, by name."`
	Total   int        `json:"total" description:"How many there are in all."`
	Limit   int        `json:"limit" description:"Greatest length of the page."`
	Offset  int        `json:"offset" description:"How many were passed over."`
	HasMore bool       `json:"has_more" description:"Whether more follow."`
}

// UpdateSchedule changes a schedule; what is absent stays. Who changes it owns it
// afterwards.
type UpdateSchedule struct {
	ID         string          `json:"schedule_id" path:"schedule_id" maxLength:"255" description:"Its id."`
	Name       *string         `json:"name" minLength:"1" maxLength:"255" description:"What it is called."`
	Parameters *map[string]any `json:"parameters" description:"As the schema of the template demands."`
	Format     *string         `json:"format" maxLength:"20" description:"How the reports are written."`
	Days       *int            `json:"days" minimum:"1" maximum:"3650" description:"How many days before each run the report tells of."`
	Cron       *string         `json:"cron" minLength:"1" maxLength:"255" description:"When."`
	Timezone   *string         `json:"timezone" minLength:"1" maxLength:"100" description:"The place whose clock it goes by."`
	CatchUp    *string         `json:"catch_up" enum:"once,skip" description:"once or skip."`
	Enabled    *bool           `json:"enabled" description:"Whether it runs."`
	Delivery   *Delivering     `json:"delivery" description:"Where the reports go."`
}

// DeleteSchedule erases a schedule; its reports stay.
type DeleteSchedule struct {
	ID string `json:"schedule_id" path:"schedule_id" maxLength:"255" description:"Its id."`
}

// RunSchedule makes the report of a schedule now, and leaves its next run as it is.
type RunSchedule struct {
	ID string `json:"schedule_id" path:"schedule_id" maxLength:"255" description:"Its id."`
}

// ListDeliveries lists deliveries, the last begun first.
type ListDeliveries struct {
	Status     string `json:"status" query:"status" enum:"pending,delivered,dead" description:"Only those in this status; dead ones were given up."`
	ScheduleID string `json:"schedule_id" query:"schedule_id" maxLength:"255" description:"Only those of the schedule."`
	Limit      int    `json:"limit" query:"limit" default:"50" minimum:"1" maximum:"1000" description:"Greatest length of the page."`
	Offset     int    `json:"offset" query:"offset" minimum:"0" description:"How many to pass over."`
}

// DeliveryList is a page of deliveries.
type DeliveryList struct {
	Items   []Delivery `json:"items" description:"The page, the last begun first."`
	Total   int        `json:"total" description:"How many match in all."`
	Limit   int        `json:"limit" description:"Greatest length of the page."`
	Offset  int        `json:"offset" description:"How many were passed over."`
	HasMore bool       `json:"has_more" description:"Whether more follow."`
}

// Delivery is a report on its way.
type Delivery struct {
	DeliveryID  string     `json:"delivery_id" description:"Identifier of the delivery."`
	ReportID    string     `json:"report_id" description:"The report."`
	ScheduleID  string     `json:"schedule_id,omitempty" description:"The schedule by which it was made."`
	Channel     string     `json:"channel" description:"webhook, notice or folder."`
	Address     string     `json:"address" description:"Where it goes; of a URL without what may be secret."`
	Status      string     `json:"status" description:"pending, delivered or dead."`
	Attempts    int        `json:"attempts" description:"How often it was attempted."`
	Cause       string     `json:"cause,omitempty" description:"Why the last attempt failed."`
	NextAttempt *time.Time `json:"next_attempt" description:"When it is attempted next."`
	CreatedAt   time.Time  `json:"created_at" description:"When it was begun."`
	FinishedAt  *time.Time `json:"finished_at" description:"When it arrived or was given up."`
}

// RetryDelivery sends a delivery again that was given up.
type RetryDelivery struct {
	ID string `json:"delivery_id" path:"delivery_id" maxLength:"255" description:"Its id."`
}
