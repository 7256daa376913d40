// Package serviceregistry implements the directory of services: they register and
// give signs of life, and the directory asks them how they are.
package serviceregistry

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/registry"
	"github.com/docsteward/docsteward/ports/clock"
	"github.com/docsteward/docsteward/ports/ids"
	"github.com/docsteward/docsteward/ports/outbox"
	"github.com/docsteward/docsteward/ports/serviceregistry"
	"github.com/docsteward/docsteward/ports/tx"
	"github.com/docsteward/docsteward/ports/usecase"
)

// Deps are what the use cases stand on.
type Deps struct {
	Services serviceregistry.Services
	Remote   serviceregistry.Remote
	// Peers are the other registries.
	Peers  []serviceregistry.Peer
	Outbox outbox.Outbox
	Unit   tx.Unit
	Clock  clock.Clock
	IDs    ids.Generator
}

type service struct {
	Deps
	opened time.Time
}

func newService(deps Deps) *service { return &service{deps, deps.Clock.Now()} }

// Fill makes the use cases of this package the implementation of the menu.
func Fill(menu *serviceregistry.UseCases, deps Deps) {
	s := newService(deps)
	menu.RegisterService.HandleFunc(s.register)
	menu.UnregisterService.HandleFunc(s.unregister)
	menu.ListServices.HandleFunc(s.list)
	menu.GetService.HandleFunc(s.get)
	menu.Heartbeat.HandleFunc(s.heartbeat)
	menu.SetStatus.HandleFunc(s.setStatus)
	menu.PingService.HandleFunc(s.ping)
	menu.ListCapabilities.HandleFunc(s.capabilities)
	menu.ListCategories.HandleFunc(s.categories)
	menu.GetRegistryHealth.HandleFunc(s.health)
	menu.LintServices.HandleFunc(s.lint)
	menu.PollOpenAPI.HandleFunc(s.pollOpenAPI)
	menu.SyncPeers.HandleFunc(s.syncPeers)
	menu.WatchServices.HandleFunc(s.watch)
}

// now is the present instant as it is stored.
func (s *service) now() time.Time { return s.Clock.Now().UTC().Truncate(time.Microsecond) }

// find returns an entry, or the known service of the id.
func (s *service) find(ctx context.Context, name string) (registry.Service, error) {
	id, err := registry.ParseID(name)
	if err != nil {
		return registry.Service{}, err
	}
	found, err := s.Services.Get(ctx, id)
	if !errors.Is(err, domain.NotFound) {
		return found, err
	}
	for _, known := range registry.Known() {
		if known.ID == id {
			return known, nil
		}
	}
	return registry.Service{}, domain.NotFound.New("There is no service "+name+"; list them with GET /api/v1/service-registry/services.").
		WithDetail("resource_type", "service").WithDetail("resource_id", name)
}

// change stores what changes makes of a registered service, with an event when its
// status is another afterwards.
func (s *service) change(ctx context.Context, name string, change func(context.Context, *registry.Service) error) (registry.Service, error) {
	var changed registry.Service
	err := s.Unit.Within(ctx, func(ctx context.Context) error {
		found, err := s.find(ctx, name)
		if err == nil && found.Revision == 0 {
			err = domain.NotFound.New("The service " + name + " is not registered.")
		}
		if err != nil {
			return err
		}
		changed = found
		if err := change(ctx, &changed); err != nil {
			return err
		}
		if err := s.Services.Save(ctx, changed); err != nil || changed.Status == found.Status {
			return err
		}
		return s.tell(ctx, registry.EventStatus, changed, map[string]any{"from": string(found.Status), "to": string(changed.Status), "reason": changed.Error})
	})
	return changed, err
}

func (s *service) tell(ctx context.Context, name string, of registry.Service, more map[string]any) error {
	payload := map[string]any{"service": of.ID.String(), "url": of.URL, "status": string(of.Status)}
	for key, value := range more {
		payload[key] = value
	}
	body, err := json.Marshal(payload)
	if err != nil {
		return domain.Internal.Wrap(err, "The event cannot be written as JSON.")
	}
	return s.Outbox.Append(ctx, domain.Event{
		ID: s.IDs.New(), Name: name, Aggregate: "service", AggregateID: of.ID.String(), Version: of.Revision, At: s.now(),
		Correlation: usecase.MetaOf(ctx).Correlation, Payload: body,
	})
}

func entryView(s registry.Service) serviceregistry.Entry {
	view := serviceregistry.Entry{
		ServiceName: s.ID.String(), Name: s.Name, Description: s.Description, Category: s.Category, ServiceURL: s.URL, OpenAPIURL: s.OpenAPIURL,
		Capabilities: append([]string{}, s.Capabilities...), Endpoints: make([]string, len(s.Endpoints)), DependsOn: append([]string{}, s.DependsOn...),
		Owner: s.Owner, Status: string(s.Status), Error: s.Error, Metadata: s.Metadata, SpecHash: s.SpecHash, Origin: s.Origin, Revision: s.Revision,
	}
	for i, e := range s.Endpoints {
		view.Endpoints[i] = e.String()
	}
	if view.Metadata == nil {
		view.Metadata = map[string]any{}
	}
	if s.Revision > 0 {
		view.RegisteredAt, view.LastSeen = new(s.RegisteredAt), new(s.LastSeen)
	}
	return view
}

// all lists registered and known services by id.
func (s *service) all(ctx context.Context) ([]registry.Service, error) {
	registered, err := s.Services.All(ctx)
	return registry.Merge(registry.Known(), registered), err
}

func (s *service) list(ctx context.Context, c serviceregistry.ListServices) (serviceregistry.EntryList, error) {
	all, err := s.all(ctx)
	if err != nil {
		return serviceregistry.EntryList{}, err
	}
	chosen := registry.Choose(all, registry.Filter{Category: c.Category, Capability: c.Capability, Status: registry.Status(c.Status)})
	from := min(c.Offset, len(chosen))
	to := min(from+c.Limit, len(chosen))
	list := serviceregistry.EntryList{Items: make([]serviceregistry.Entry, 0, to-from), Total: len(chosen), Limit: c.Limit, Offset: c.Offset, HasMore: to < len(chosen)}
	for _, one := range chosen[from:to] {
		list.Items = append(list.Items, entryView(one))
	}
	return list, nil
}

func (s *service) get(ctx context.Context, c serviceregistry.GetService) (serviceregistry.Entry, error) {
	found, err := s.find(ctx, c.Name)
	if err != nil {
		return serviceregistry.Entry{}, err
	}
	return entryView(found), nil
}

func (s *service) capabilities(ctx context.Context, _ serviceregistry.ListCapabilities) (serviceregistry.CapabilityList, error) {
	all, err := s.all(ctx)
	names, by := registry.Capabilities(all)
	return serviceregistry.CapabilityList{Capabilities: names, TotalServices: len(all), ServicesByCapability: by}, err
}

func (s *service) categories(ctx context.Context, _ serviceregistry.ListCategories) (serviceregistry.CategoryList, error) {
	all, err := s.all(ctx)
	list := serviceregistry.CategoryList{Categories: []string{}}
	for _, one := range all {
		if !slices.Contains(list.Categories, one.Category) {
			list.Categories = append(list.Categories, one.Category)
		}
	}
	slices.Sort(list.Categories)
	return list, err
}

func (s *service) health(ctx context.Context, _ serviceregistry.GetRegistryHealth) (serviceregistry.RegistryHealth, error) {
	all, err := s.all(ctx)
	if err != nil {
		return serviceregistry.RegistryHealth{}, err
	}
	now := s.now()
	health := serviceregistry.RegistryHealth{Status: "healthy", TotalServices: len(all), ByStatus: map[string]int{}, Timestamp: now, UptimeSeconds: now.Sub(s.opened).Seconds()}
	for _, one := range all {
		health.ByStatus[string(one.Status)]++
	}
	if health.ByStatus[string(registry.Unhealthy)] > 0 {
		health.Status = "degraded"
	}
	return health, nil
}

func (s *service) lint(ctx context.Context, _ serviceregistry.LintServices) (serviceregistry.LintResult, error) {
	all, err := s.all(ctx)
	result := serviceregistry.LintResult{Items: []serviceregistry.LintProblem{}}
	for _, p := range registry.Lint(all, s.now()) {
		result.Items = append(result.Items, serviceregistry.LintProblem{ServiceName: p.Service, Rule: p.Rule, Message: p.Message})
	}
	result.Total = len(result.Items)
	return result, err
}
