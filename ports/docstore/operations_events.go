package docstore

import "github.com/docsteward/docsteward/ports/usecase"

func eventOperations(uc *UseCases) []usecase.Operation {
	return []usecase.Operation{
		usecase.Get("/api/v1/events", "List what happened in the store, the latest first.", &uc.ListEvents, usecase.Needs(Read), usecase.Also("/notifications/events")),
		usecase.Post("/api/v1/webhooks", "Ask for events to be delivered to an address.", &uc.RegisterWebhook, usecase.Needs(Administer)),
		usecase.Get("/api/v1/webhooks", "List webhooks, the latest registered first.", &uc.ListWebhooks, usecase.Needs(Read)),
		usecase.Get("/api/v1/webhooks/deliveries", "List deliveries to webhooks, the latest first.", &uc.ListDeliveries, usecase.Needs(Read)),
		usecase.Post("/api/v1/webhooks/deliveries/{delivery_id}/resend", "Make a finished delivery due again.", &uc.ResendDelivery, usecase.Needs(Administer)),
		usecase.Delete("/api/v1/webhooks/deliveries/{delivery_id}", "Erase a finished delivery.", &uc.DiscardDelivery, usecase.Needs(Administer)),
		usecase.Get("/api/v1/webhooks/{id}", "Read a webhook.", &uc.GetWebhook, usecase.Needs(Read)),
		usecase.Put("/api/v1/webhooks/{id}", "Change a webhook; what is absent stays.", &uc.UpdateWebhook, usecase.Needs(Administer)),
		usecase.Delete("/api/v1/webhooks/{id}", "Erase a webhook with its deliveries.", &uc.DeleteWebhook, usecase.Needs(Administer)),
		usecase.Post("/api/v1/webhooks/{id}/test", "Send a test event at once and tell how it fared.", &uc.TestWebhook, usecase.Needs(Administer)),
	}
}
