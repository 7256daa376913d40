package registry_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/registry"
)

func at(seconds int) time.Time {
	return time.Date(2026, 1, 2, 3, 0, 0, 0, time.UTC).Add(time.Duration(seconds) * time.Second)
}

func said(id, url string) registry.Service {
	return registry.Service{ID: domain.StoredID[registry.Service](id), Name: id, URL: url, Capabilities: []string{"search"}}
}

func TestRegistration(t *testing.T) {
	newcomer := said("a", "http://one")
	newcomer.Capabilities = []string{"search", " search"}
	first, err := registry.Register(registry.Service{}, newcomer, at(0)).Unwrap()
	if err != nil || first.Status != registry.Healthy || len(first.Capabilities) != 1 || first.Revision != 1 || first.RegisteredAt != at(0) {
		t.Fatalf("%+v, %v", first, err)
	}
	first.Metadata = map[string]any{"zone": "x"}
	again, err := registry.Register(first, said("a", "http://one"), at(30)).Unwrap()
	if err != nil || again.RegisteredAt != at(0) || again.LastSeen != at(30) || again.Metadata["zone"] != "x" || again.Revision != 2 {
		t.Errorf("%+v, %v", again, err)
	}
	_, err = registry.Register(again, said("a", "http://two"), at(60)).Unwrap()
	if fault := domain.FaultOf(err); !errors.Is(err, domain.Conflict) || fault.Details["registered_url"] != "http://one" || fault.Details["claimed_url"] != "http://two" {
		t.Errorf("another address while it is alive: %v", err)
	}
	forced := said("a", "http://two")
	forced.Metadata = map[string]any{"replace": true}
	for name, c := range map[string]struct {
		s   registry.Service
		now time.Time
	}{"with replace": {forced, at(60)}, "after the lease": {said("a", "http://two"), at(30 + 91)}} {
		if taken, err := registry.Register(again, c.s, c.now).Unwrap(); err != nil || taken.URL != "http://two" || taken.Metadata["replace"] != nil {
			t.Errorf("%s: %+v, %v", name, taken, err)
		}
	}
}

func TestWhatIsNoServiceIsRefused(t *testing.T) {
	s := registry.Service{URL: "ftp://x", Capabilities: []string{"TEST", "a b", "", "ok", "123"}, Endpoints: []registry.Endpoint{{Method: "INVALID", Path: "/x"}, {Method: "GET", Path: "x"}, {Method: "GET"}}}
	if fault := domain.FaultOf(s.Check()); fault == nil || fault.Kind != domain.Invalid || len(fault.Fields) != 9 {
		t.Errorf("%v", fault)
	}
	if e := registry.ParseEndpoint("get /health - how it is"); e != (registry.Endpoint{Method: "GET", Path: "/health", Description: "how it is"}) {
		t.Errorf("%+v", e)
	}
	var turned registry.Service
	if err := turned.Turn("sleepy", "", at(0)); !errors.Is(err, domain.Invalid) {
		t.Errorf("%v", err)
	}
}

func TestTheDirectory(t *testing.T) {
	a, b, c := said("doc_store", "http://one"), said("b", "http://two"), said("c", "http://two")
	for i, s := range []*registry.Service{&a, &b, &c} {
		s.Revision, s.LastSeen, s.Status = 1, at(i*100), registry.Healthy
	}
	b.DependsOn, b.Owner = []string{"doc_store", "gone"}, "ada"
	all := registry.Merge(registry.Known(), []registry.Service{a, b, c})
	if len(all) != len(registry.Known())+2 || all[1].ID.String() != "b" {
		t.Errorf("%d services, %v", len(all), all[1].ID)
	}
	if kept := registry.Choose(all, registry.Filter{Capability: "search", Status: registry.Healthy}); len(kept) != 3 {
		t.Errorf("%+v", kept)
	}
	names, by := registry.Capabilities(all)
	if names[0] != "ab_testing" || len(by["search"]) != 3 {
		t.Errorf("%v %v", names, by)
	}
	var told []string
	for _, p := range registry.Lint(all, at(210)) {
		told = append(told, p.Service+" "+p.Rule)
	}
	want := "[b dead-dependency b dangling-dependency c orphan c no-owner c shared-address doc_store no-owner]"
	if fmt.Sprint(told) != want {
		t.Errorf("told is %v", told)
	}
}

func TestInterfacesDrift(t *testing.T) {
	one, err := registry.ReadInterface([]byte(`{"openapi":"3.1.0","paths":{"/a":{"get":{"summary":"Read a."},"parameters":[]},"/b":{"post":{}}}}`)).Unwrap()
	if err != nil || fmt.Sprint(one.Endpoints) != "[GET /a POST /b]" {
		t.Fatalf("%+v, %v", one, err)
	}
	same, _ := registry.ReadInterface([]byte(`{"paths":{"/b":{"post":{}},"/a":{"parameters":[],"get":{"summary":"Read a."}}},"openapi":"3.1.0"}`)).Unwrap()
	if same.Hash != one.Hash {
		t.Error("the order of members changes the hash")
	}
	if d := registry.Compare(one.Endpoints, []registry.Endpoint{{Method: "GET", Path: "/a"}, {Method: "GET", Path: "/c"}}); fmt.Sprint(d) != "{[GET /c] [POST /b]}" {
		t.Errorf("%v", d)
	}
	for _, text := range []string{"", "[]", `{"a":1}`, "<html>"} {
		if _, err := registry.ReadInterface([]byte(text)).Unwrap(); !errors.Is(err, domain.Upstream) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func FuzzReadInterface(f *testing.F) {
	f.Add([]byte(`{"openapi":"3.1.0","paths":{"/a":{"get":{"summary":"Read a."}}}}`))
	f.Fuzz(func(t *testing.T, document []byte) {
		found, err := registry.ReadInterface(document).Unwrap()
		if err != nil && !errors.Is(err, domain.Upstream) || err == nil && len(found.Hash) != 64 {
			t.Fatalf("%+v, %v", found, err)
		}
	})
}

func ExampleParseEndpoint() {
	fmt.Println(registry.ParseEndpoint("GET /health - how it is"))
	// Output: GET /health
}
