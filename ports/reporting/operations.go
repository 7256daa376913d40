package reporting

import "github.com/docsteward/docsteward/ports/usecase"

// Permissions of reporting.
const (
	// Read lets a caller read the reports that are kept.
	Read = "reports:read"
	// Write lets a caller make reports and have them made. What a report tells, its
	// maker must be allowed to read from its sources.
	Write = "reports:write"
)

// Base is the path below which reporting is served.
const Base = "/api/v1/reporting"

// Operations lists what reporting offers; every face reads this table.
func Operations(uc *UseCases) []usecase.Operation {
	const report, schedule = Base + "/reports/{report_id}", Base + "/schedules/{schedule_id}"
	return []usecase.Operation{
		usecase.Post(Base+"/generate", "Make a report.", &uc.Generate, usecase.Needs(Write)),
		usecase.Get(Base+"/reports", "List reports, the last made first.", &uc.ListReports, usecase.Needs(Read)),
		usecase.Get(report, "Read a report.", &uc.GetReport, usecase.Needs(Read)),
		usecase.Delete(report, "Erase a report.", &uc.DeleteReport, usecase.Needs(Write)),
		usecase.Get(report+"/content", "Read the bytes of a report with their media type, as JSON; /download answers the bytes themselves.", &uc.DownloadReport, usecase.Needs(Read)),
		usecase.Get(Base+"/types", "List the kinds of reports.", &uc.ListTypes, usecase.Needs(Read)),
		usecase.Get(Base+"/templates", "List the templates.", &uc.ListTemplates, usecase.Needs(Read)),
		usecase.Get(Base+"/templates/{template_id}", "Read a template.", &uc.GetTemplate, usecase.Needs(Read)),
		usecase.Get(Base+"/stats", "Sum up the reports.", &uc.GetStats, usecase.Needs(Read)),
		usecase.Post(Base+"/schedules", "Have a report made again and again.", &uc.CreateSchedule, usecase.Created, usecase.Needs(Write)),
		usecase.Get(Base+"/schedules", "List schedules with their last and next runs.", &uc.ListSchedules, usecase.Needs(Read)),
		usecase.Get(schedule, "Read a schedule.", &uc.GetSchedule, usecase.Needs(Read)),
		usecase.Patch(schedule, "Change a schedule.", &uc.UpdateSchedule, usecase.Idempotent, usecase.Needs(Write)),
		usecase.Delete(schedule, "Erase a schedule; its reports stay.", &uc.DeleteSchedule, usecase.Needs(Write)),
		usecase.Post(schedule+"/run", "Make the report of a schedule now.", &uc.RunSchedule, usecase.Needs(Write)),
		usecase.Get(Base+"/deliveries", "List deliveries; dead ones were given up.", &uc.ListDeliveries, usecase.Needs(Read)),
		usecase.Post(Base+"/deliveries/{delivery_id}/retry", "Send a delivery again that was given up.", &uc.RetryDelivery, usecase.Needs(Write)),
	}
}
