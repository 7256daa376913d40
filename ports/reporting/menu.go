package reporting

import "github.com/docsteward/docsteward/ports/usecase"

// UseCases is the menu of reporting.
type UseCases struct {
	Generate       usecase.Port[Generate, Report]
	GetReport      usecase.Port[GetReport, Report]
	ListReports    usecase.Port[ListReports, ReportList]
	DeleteReport   usecase.Port[DeleteReport, Deleted]
	DownloadReport usecase.Port[DownloadReport, Download]

	ListTypes     usecase.Port[ListTypes, TypeList]
	ListTemplates usecase.Port[ListTemplates, TemplateList]
	GetTemplate   usecase.Port[GetTemplate, Template]
	GetStats      usecase.Port[GetStats, Stats]

	CreateSchedule usecase.Port[CreateSchedule, Schedule]
	ListSchedules  usecase.Port[ListSchedules, ScheduleList]
	GetSchedule    usecase.Port[GetSchedule, Schedule]
	UpdateSchedule usecase.Port[UpdateSchedule, Schedule]
	DeleteSchedule usecase.Port[DeleteSchedule, Deleted]
	RunSchedule    usecase.Port[RunSchedule, Schedule]

	ListDeliveries usecase.Port[ListDeliveries, DeliveryList]
	RetryDelivery  usecase.Port[RetryDelivery, Delivery]
}
