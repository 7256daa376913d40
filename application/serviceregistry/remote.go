package serviceregistry

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/registry"
	"github.com/docsteward/docsteward/ports/serviceregistry"
)

// patience is how long a service may take to answer.
const patience = 5 * time.Second

func (s *service) ping(ctx context.Context, c serviceregistry.PingService) (serviceregistry.Ping, error) {
	found, err := s.find(ctx, c.Name)
	if err != nil {
		return serviceregistry.Ping{}, err
	}
	answer := serviceregistry.Ping{ServiceName: found.ID.String(), Status: "reachable", LastChecked: s.now()}
	if found.URL == "" {
		answer.Status, answer.Error = "unreachable", "The service never registered, so that nobody knows where it is."
		return answer, nil
	}
	took, err := s.ask(ctx, found)
	answer.ResponseTimeMS = float64(took.Microseconds()) / 1000
	if err != nil {
		answer.Status, answer.Error = "unreachable", domain.FaultOf(err).Message
	}
	return answer, nil
}

func (s *service) ask(ctx context.Context, one registry.Service) (time.Duration, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return s.Remote.Health(ctx, one.URL)
}

func (s *service) pollOpenAPI(ctx context.Context, c serviceregistry.PollOpenAPI) (serviceregistry.PollResult, error) {
	registered, err := s.Services.All(ctx)
	if err != nil {
		return serviceregistry.PollResult{}, err
	}
	result := serviceregistry.PollResult{Items: []serviceregistry.PolledService{}, Errors: []string{}}
	for _, one := range registered {
		if len(c.ServiceURLs) > 0 && !slices.Contains(c.ServiceURLs, one.URL) {
			continue
		}
		result.ServicesPolled++
		polled, err := s.poll(ctx, one, c.ForceRefresh)
		if err != nil {
			result.Errors = append(result.Errors, one.ID.String()+": "+domain.FaultOf(err).Message)
			continue
		}
		if polled.Changed {
			result.SpecsUpdated++
		}
		result.Items = append(result.Items, polled)
	}
	if result.ServicesPolled == 0 && len(c.ServiceURLs) > 0 {
		return result, domain.NotFound.New("No registered service has such an address.")
	}
	return result, nil
}

// poll reads the interface of a service and takes it over when it is another.
func (s *service) poll(ctx context.Context, one registry.Service, anyway bool) (serviceregistry.PolledService, error) {
	asked, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	document, err := s.Remote.OpenAPI(asked, one.OpenAPIURL)
	if err != nil {
		return serviceregistry.PolledService{}, err
	}
	read, err := registry.ReadInterface(document).Unwrap()
	if err != nil {
		return serviceregistry.PolledService{}, err
	}
	polled := serviceregistry.PolledService{ServiceName: one.ID.String(), SpecHash: read.Hash, Changed: read.Hash != one.SpecHash, Added: []string{}, Removed: []string{}}
	if !polled.Changed && !anyway {
		return polled, nil
	}
	d := registry.Compare(one.Endpoints, read.Endpoints)
	polled.Added, polled.Removed = append(polled.Added, d.Added...), append(polled.Removed, d.Removed...)
	_, err = s.change(ctx, one.ID.String(), func(ctx context.Context, kept *registry.Service) error {
		first := kept.SpecHash == ""
		kept.SpecHash, kept.Endpoints = read.Hash, read.Endpoints
		kept.Revision++
		if first || !polled.Changed {
			return nil
		}
		return s.tell(ctx, registry.EventDrifted, *kept, map[string]any{"added": polled.Added, "removed": polled.Removed})
	})
	return polled, err
}

func (s *service) syncPeers(ctx context.Context, _ serviceregistry.SyncPeers) (serviceregistry.SyncResult, error) {
	registered, err := s.Services.All(ctx)
	if err != nil {
		return serviceregistry.SyncResult{}, err
	}
	result := serviceregistry.SyncResult{Peers: len(s.Peers), Items: make([]serviceregistry.PeerSync, len(s.Peers))}
	for i, peer := range s.Peers {
		result.Items[i] = s.sync(ctx, peer, registered)
		result.Sent += result.Items[i].Sent
	}
	return result, nil
}

// sync sends the entries that registered here. What came from another registry is
// for that one to send.
func (s *service) sync(ctx context.Context, peer serviceregistry.Peer, registered []registry.Service) serviceregistry.PeerSync {
	done := serviceregistry.PeerSync{URL: peer.URL}
	for _, one := range registered {
		if one.Origin != "" {
			continue
		}
		view := entryView(one)
		err := peer.Register(ctx, serviceregistry.RegisterService{
			ServiceName: view.ServiceName, ServiceURL: view.ServiceURL, Name: view.Name, Description: view.Description, Category: view.Category,
			Capabilities: view.Capabilities, Endpoints: view.Endpoints, DependsOn: view.DependsOn, Owner: view.Owner, OpenAPIURL: view.OpenAPIURL,
			Metadata: view.Metadata, Origin: "peer", LastSeen: view.LastSeen,
		})
		if err != nil {
			done.Error = one.ID.String() + ": " + domain.FaultOf(err).Message
			if errors.Is(err, domain.Unavailable) {
				return done // nobody is there for the others either
			}
			continue
		}
		done.Sent++
	}
	return done
}
