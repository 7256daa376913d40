package serviceregistry

import "github.com/docsteward/docsteward/ports/usecase"

// UseCases is the menu of the directory of services.
type UseCases struct {
	RegisterService   usecase.Port[RegisterService, Entry]
	UnregisterService usecase.Port[UnregisterService, Unregistered]
	ListServices      usecase.Port[ListServices, EntryList]
	GetService        usecase.Port[GetService, Entry]
	Heartbeat         usecase.Port[Heartbeat, Entry]
	SetStatus         usecase.Port[SetStatus, Entry]
	PingService       usecase.Port[PingService, Ping]

	ListCapabilities  usecase.Port[ListCapabilities, CapabilityList]
	ListCategories    usecase.Port[ListCategories, CategoryList]
	GetRegistryHealth usecase.Port[GetRegistryHealth, RegistryHealth]
	LintServices      usecase.Port[LintServices, LintResult]
	PollOpenAPI       usecase.Port[PollOpenAPI, PollResult]
	SyncPeers         usecase.Port[SyncPeers, SyncResult]
	WatchServices     usecase.Stream[WatchServices, Change]
}
