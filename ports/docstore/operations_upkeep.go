package docstore

import (
	"slices"

	"github.com/docsteward/docsteward/ports/jobs"
	"github.com/docsteward/docsteward/ports/usecase"
)

func upkeepOperations(uc *UseCases) []usecase.Operation {
	return slices.Concat(jobs.Operations(&uc.ListJobs, &uc.RunJob, Read, Administer), []usecase.Operation{
		usecase.Post("/api/v1/admin/backup", "Copy the database to a file on the server while it is used.", &uc.MakeBackup, usecase.Created, usecase.Needs(Administer)),
		usecase.Get("/api/v1/admin/backups", "List the copies of the database, the latest first.", &uc.ListBackups, usecase.Needs(Administer)),
		usecase.Get("/api/v1/storage/stats", "Tell how much room the store takes up.", &uc.GetStorageStats, usecase.Needs(Read)),
		usecase.Get("/api/v1/quality/history", "List how the quality of all documents was, the latest first.", &uc.ListQualityHistory, usecase.Needs(Read)),
		usecase.Post("/api/v1/events", "Record an event from outside and tell webhooks of it.", &uc.RecordEvent, usecase.Created, usecase.Needs(Write)),
		usecase.Get("/api/v1/notifications/stats", "Count the events and deliveries of the last days.", &uc.GetNotificationStats, usecase.Needs(Read)),
	})
}
