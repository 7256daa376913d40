package porttest

import (
	"context"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/registry"
	"github.com/docsteward/docsteward/ports/serviceregistry"
)

// ServiceRegistry proves the promises of serviceregistry.Services. open returns an
// empty directory each time.
func ServiceRegistry(t *testing.T, open func(t *testing.T) serviceregistry.Services) {
	for _, c := range []struct {
		name string
		run  func(t *testing.T, s serviceregistry.Services)
	}{
		{"entries are kept whole", entryKept},
		{"a stale change is a conflict", entryStale},
		{"entries are listed by id and erased", entriesListed},
		{"an ended context is a timeout", entryTimeout},
	} {
		t.Run(c.name, func(t *testing.T) { c.run(t, open(t)) })
	}
}

func madeService(id string) registry.Service {
	return registry.Service{
		ID: domain.StoredID[registry.Service](id), Name: "n ' ü", Description: "d", Category: "c", URL: "http://x", OpenAPIURL: "http://x/openapi.json",
		Capabilities: []string{"search"}, Endpoints: []registry.Endpoint{{Method: "GET", Path: "/a", Description: "reads"}}, DependsOn: []string{"other"},
		Owner: "ada", Metadata: map[string]any{"n": 1.5, "deep": map[string]any{"ü": nil}}, Status: registry.Unhealthy, Error: "it broke",
		SpecHash: "h", RegisteredAt: noon, LastSeen: noon.Add(time.Minute), Origin: "peer", Revision: 1,
	}
}

func entryKept(t *testing.T, s serviceregistry.Services) {
	ctx := context.Background()
	one := madeService("a")
	_, err := s.Get(ctx, one.ID)
	wantKind(t, "the unknown", err, domain.NotFound)
	must(t, s.Save(ctx, one))
	got, err := s.Get(ctx, one.ID)
	must(t, err)
	wantSame(t, "entry", got, one)
	got.Capabilities[0], got.Metadata["n"] = "spoiled", 2.0
	again, err := s.Get(ctx, one.ID)
	must(t, err)
	wantSame(t, "entry after its copy was changed", again, one)
}

func entryStale(t *testing.T, s serviceregistry.Services) {
	ctx := context.Background()
	one := madeService("a")
	one.Revision = 2
	wantKind(t, "a new entry of a later revision", s.Save(ctx, one), domain.Conflict)
	one.Revision = 1
	must(t, s.Save(ctx, one))
	wantKind(t, "a revision twice", s.Save(ctx, one), domain.Conflict)
	one.Revision, one.Status, one.Capabilities = 2, registry.Healthy, []string{}
	must(t, s.Save(ctx, one))
	got, err := s.Get(ctx, one.ID)
	must(t, err)
	if got.Revision != 2 || got.Status != registry.Healthy || len(got.Capabilities) != 0 {
		t.Errorf("got %+v", got)
	}
}

func entriesListed(t *testing.T, s serviceregistry.Services) {
	ctx := context.Background()
	for _, id := range []string{"b", "doc_store", "A"} {
		must(t, s.Save(ctx, madeService(id)))
	}
	all, err := s.All(ctx)
	must(t, err)
	if len(all) != 3 || all[0].ID.String() != "A" || all[2].ID.String() != "doc_store" {
		t.Errorf("listed are %+v", all)
	}
	must(t, s.Delete(ctx, all[0].ID))
	wantKind(t, "erased twice", s.Delete(ctx, all[0].ID), domain.NotFound)
	must(t, s.Save(ctx, madeService("A")))
}

func entryTimeout(t *testing.T, s serviceregistry.Services) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	wantKind(t, "save", s.Save(ctx, madeService("a")), domain.Timeout)
	_, err := s.All(ctx)
	wantKind(t, "all", err, domain.Timeout)
}
