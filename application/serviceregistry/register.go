package serviceregistry

import (
	"cmp"
	"context"
	"errors"
	"strings"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/registry"
	"github.com/docsteward/docsteward/ports/serviceregistry"
)

func (s *service) register(ctx context.Context, c serviceregistry.RegisterService) (serviceregistry.Entry, error) {
	said, err := serviceOf(c)
	if err != nil {
		return serviceregistry.Entry{}, err
	}
	var entered registry.Service
	err = s.Unit.Within(ctx, func(ctx context.Context) error {
		kept, err := s.Services.Get(ctx, said.ID)
		if err != nil && !errors.Is(err, domain.NotFound) {
			return err
		}
		if c.Origin != "" && c.LastSeen != nil && kept.Revision > 0 && !c.LastSeen.After(kept.LastSeen) {
			entered = kept // what is known here is of later
			return nil
		}
		now := s.now()
		if entered, err = registry.Register(kept, said, now).Unwrap(); err != nil {
			return err
		}
		if c.Origin != "" && c.LastSeen != nil && c.LastSeen.Before(now) {
			entered.LastSeen = c.LastSeen.UTC()
		}
		if err := s.Services.Save(ctx, entered); err != nil {
			return err
		}
		switch {
		case kept.Revision == 0:
			return s.tell(ctx, registry.EventRegistered, entered, nil)
		case kept.Status != entered.Status:
			return s.tell(ctx, registry.EventStatus, entered, map[string]any{"from": string(kept.Status), "to": string(entered.Status)})
		}
		return nil
	})
	if err != nil {
		return serviceregistry.Entry{}, err
	}
	return entryView(entered), nil
}

// serviceOf is what a service says of itself.
func serviceOf(c serviceregistry.RegisterService) (registry.Service, error) {
	id, err := registry.ParseID(c.ServiceName)
	if err != nil {
		return registry.Service{}, domain.Invalid.New("The service needs a name.").WithField("service_name", "required", "must not be blank")
	}
	said := registry.Service{
		ID: id, Name: cmp.Or(c.Name, id.String()), Description: cmp.Or(c.Description, "Service at "+c.ServiceURL), Category: c.Category,
		URL: strings.TrimSuffix(c.ServiceURL, "/"), OpenAPIURL: c.OpenAPIURL, Capabilities: c.Capabilities, DependsOn: c.DependsOn,
		Owner: c.Owner, Metadata: c.Metadata, Origin: c.Origin,
	}
	if said.OpenAPIURL == "" {
		said.OpenAPIURL = said.URL + "/openapi.json"
	}
	for _, text := range c.Endpoints {
		said.Endpoints = append(said.Endpoints, registry.ParseEndpoint(text))
	}
	return said, nil
}

func (s *service) unregister(ctx context.Context, c serviceregistry.UnregisterService) (serviceregistry.Unregistered, error) {
	found, err := s.find(ctx, c.ServiceName)
	if err == nil && found.Revision == 0 {
		err = domain.NotFound.New("The service " + c.ServiceName + " is not registered.")
	}
	if err != nil {
		return serviceregistry.Unregistered{}, err
	}
	if err := s.remove(ctx, found); err != nil {
		return serviceregistry.Unregistered{}, err
	}
	return serviceregistry.Unregistered{Message: "The service " + c.ServiceName + " was removed.", ServiceName: c.ServiceName}, nil
}

func (s *service) remove(ctx context.Context, found registry.Service) error {
	return s.Unit.Within(ctx, func(ctx context.Context) error {
		if err := s.Services.Delete(ctx, found.ID); err != nil {
			return err
		}
		return s.tell(ctx, registry.EventUnregistered, found, nil)
	})
}

func (s *service) heartbeat(ctx context.Context, c serviceregistry.Heartbeat) (serviceregistry.Entry, error) {
	seen, err := s.change(ctx, c.Name, func(_ context.Context, one *registry.Service) error {
		one.Seen(s.now())
		return nil
	})
	if err != nil {
		return serviceregistry.Entry{}, err
	}
	return entryView(seen), nil
}

func (s *service) setStatus(ctx context.Context, c serviceregistry.SetStatus) (serviceregistry.Entry, error) {
	turned, err := s.change(ctx, c.Name, func(_ context.Context, one *registry.Service) error {
		return one.Turn(registry.Status(c.Status), c.Reason, s.now())
	})
	if err != nil {
		return serviceregistry.Entry{}, err
	}
	return entryView(turned), nil
}
