package serviceregistry

import "github.com/docsteward/docsteward/ports/usecase"

// Permissions of the directory.
const (
	// Read lets a caller look at the directory.
	Read = "health:read"
	// Write lets a caller enter, change and remove services.
	Write = "registry:write"
)

// Operations lists what the directory offers; every face reads this table.
func Operations(uc *UseCases) []usecase.Operation {
	const base = "/api/v1/service-registry"
	one := base + "/services/{service_name}"
	return []usecase.Operation{
		usecase.Post(base+"/register", "Enter a service, or take over what it says anew.", &uc.RegisterService, usecase.Idempotent, usecase.Needs(Write)),
		usecase.Post(base+"/unregister", "Remove a service.", &uc.UnregisterService, usecase.Needs(Write)),
		usecase.Get(base+"/services", "List the directory by id.", &uc.ListServices, usecase.Also("/api/v1/services"), usecase.Needs(Read)),
		usecase.Get(one, "Read an entry.", &uc.GetService, usecase.Also("/api/v1/services/{service_name}"), usecase.Needs(Read)),
		usecase.Post(one+"/heartbeat", "Note a sign of life of a service.", &uc.Heartbeat, usecase.Idempotent, usecase.Needs(Write)),
		usecase.Put(one+"/status", "Set the status of a service.", &uc.SetStatus, usecase.Needs(Write)),
		usecase.Post(one+"/ping", "Ask a service now how it is.", &uc.PingService, usecase.Idempotent, usecase.Needs(Read)),
		usecase.Get(base+"/capabilities", "List what the services can do.", &uc.ListCapabilities, usecase.Needs(Read)),
		usecase.Get(base+"/categories", "List the groups of services.", &uc.ListCategories, usecase.Needs(Read)),
		usecase.Get(base+"/health", "Tell how the directory is.", &uc.GetRegistryHealth, usecase.Needs(Read)),
		usecase.Get(base+"/lint", "Tell what is wrong with the directory as a whole.", &uc.LintServices, usecase.Needs(Read)),
		usecase.Post(base+"/poll-openapi", "Read the interfaces of services anew and tell how they changed.", &uc.PollOpenAPI, usecase.Idempotent, usecase.Needs(Write)),
		usecase.Post(base+"/sync-peers", "Send the entries of this registry to the others.", &uc.SyncPeers, usecase.Idempotent, usecase.Needs(Write)),
		usecase.Watch(base+"/watch", "Follow the directory live.", &uc.WatchServices, usecase.Needs(Read)),
	}
}
