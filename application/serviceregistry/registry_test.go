package serviceregistry_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/docsteward/docsteward/adapters/memory/memkit"
	"github.com/docsteward/docsteward/adapters/memory/registrymem"
	app "github.com/docsteward/docsteward/application/serviceregistry"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/clock/clocktest"
	"github.com/docsteward/docsteward/ports/ids/idstest"
	"github.com/docsteward/docsteward/ports/serviceregistry"
	"github.com/docsteward/docsteward/ports/usecase"
)

// world is what services answer, by their address.
type world struct {
	down  map[string]bool
	specs map[string]string
}

func (w *world) Health(_ context.Context, base string) (time.Duration, error) {
	if w.down[base] {
		return time.Millisecond, domain.Unavailable.New("Nobody answers at " + base + ".")
	}
	return 3 * time.Millisecond, nil
}

func (w *world) OpenAPI(_ context.Context, address string) ([]byte, error) {
	if spec, has := w.specs[address]; has {
		return []byte(spec), nil
	}
	return nil, domain.Unavailable.New("Nobody answers at " + address + ".")
}

// directory is a registry in memory, with its keeper and the names of its events.
type directory struct {
	menu   serviceregistry.UseCases
	keeper *app.Keeper
	clock  *clocktest.Manual
	world  *world
	outbox *memkit.Outbox
}

func newDirectory(t *testing.T, peers ...serviceregistry.Peer) *directory {
	db := memkit.New()
	d := &directory{clock: clocktest.New(), world: &world{down: map[string]bool{}, specs: map[string]string{}}, outbox: memkit.NewOutbox(db, func() {})}
	deps := app.Deps{Services: registrymem.New(db), Remote: d.world, Peers: peers, Outbox: d.outbox, Unit: db, Clock: d.clock, IDs: idstest.New("e")}
	app.Fill(&d.menu, deps)
	d.keeper = app.NewKeeper(deps, slog.New(slog.DiscardHandler))
	if err := usecase.Check(&d.menu, serviceregistry.Operations(&d.menu)); err != nil {
		t.Fatal(err)
	}
	return d
}

func (d *directory) register(t *testing.T, name, url string) {
	t.Helper()
	c := serviceregistry.RegisterService{ServiceName: name, ServiceURL: url, Capabilities: []string{"search"}, Endpoints: []string{"GET /a"}}
	if _, err := d.menu.RegisterService.Execute(context.Background(), c).Unwrap(); err != nil {
		t.Fatal(err)
	}
}

func (d *directory) get(t *testing.T, name string) serviceregistry.Entry {
	t.Helper()
	e, err := d.menu.GetService.Execute(context.Background(), serviceregistry.GetService{Name: name}).Unwrap()
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// told are the events since the last call.
func (d *directory) told(t *testing.T) string {
	t.Helper()
	entries, err := d.outbox.Claim(context.Background(), d.clock.Now(), d.clock.Now().Add(time.Hour), 100)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, strings.TrimPrefix(e.Event.Name, "service.")+" "+e.Event.AggregateID)
		if err := d.outbox.Delivered(context.Background(), e.Event.ID); err != nil {
			t.Fatal(err)
		}
	}
	return strings.Join(names, ", ")
}

func TestAServiceIsVisibleAtOnceAndConflictsAreTold(t *testing.T) {
	d := newDirectory(t)
	ctx := context.Background()
	d.register(t, "doc_store", "http://one/")
	if e := d.get(t, "doc_store"); e.Status != "healthy" || e.ServiceURL != "http://one" || e.OpenAPIURL != "http://one/openapi.json" || e.Endpoints[0] != "GET /a" {
		t.Errorf("%+v", e)
	}
	_, err := d.menu.RegisterService.Execute(ctx, serviceregistry.RegisterService{ServiceName: "doc_store", ServiceURL: "http://two"}).Unwrap()
	if !errors.Is(err, domain.Conflict) || domain.FaultOf(err).Details["registered_url"] != "http://one" {
		t.Errorf("%v", err)
	}
	_, err = d.menu.RegisterService.Execute(ctx, serviceregistry.RegisterService{ServiceName: " ", ServiceURL: "nonsense"}).Unwrap()
	if !errors.Is(err, domain.Invalid) {
		t.Errorf("%v", err)
	}
	list, err := d.menu.ListServices.Execute(ctx, serviceregistry.ListServices{Status: "healthy", Limit: 10}).Unwrap()
	if err != nil || list.Total != 1 {
		t.Errorf("%+v, %v", list, err)
	}
	all, err := d.menu.ListServices.Execute(ctx, serviceregistry.ListServices{Limit: 3}).Unwrap()
	if err != nil || all.Total != 7 || len(all.Items) != 3 || !all.HasMore {
		t.Errorf("%d, %v", all.Total, err)
	}
	if _, err := d.menu.GetService.Execute(ctx, serviceregistry.GetService{Name: "nobody"}).Unwrap(); !errors.Is(err, domain.NotFound) {
		t.Errorf("%v", err)
	}
	if _, err := d.menu.UnregisterService.Execute(ctx, serviceregistry.UnregisterService{ServiceName: "doc_store"}).Unwrap(); err != nil {
		t.Fatal(err)
	}
	if _, err := d.menu.UnregisterService.Execute(ctx, serviceregistry.UnregisterService{ServiceName: "doc_store"}).Unwrap(); !errors.Is(err, domain.NotFound) {
		t.Errorf("removed twice: %v", err)
	}
	if e := d.get(t, "doc_store"); e.Status != "unknown" || e.ServiceURL != "" {
		t.Errorf("the known one is %+v", e)
	}
	if told := d.told(t); told != "registered doc_store, unregistered doc_store" {
		t.Errorf("told is %s", told)
	}
}

func TestTheKeeperSeesWhoIsThere(t *testing.T) {
	d := newDirectory(t)
	ctx := context.Background()
	d.register(t, "a", "http://a")
	d.register(t, "b", "http://b")
	d.world.down["http://a"] = true
	if err := d.keeper.Look(ctx); err != nil {
		t.Fatal(err)
	}
	if a, b := d.get(t, "a"), d.get(t, "b"); a.Status != "unhealthy" || !strings.Contains(a.Error, "Nobody answers") || b.Status != "healthy" {
		t.Errorf("%+v %+v", a, b)
	}
	d.world.down["http://a"] = false
	if err := d.keeper.Look(ctx); err != nil {
		t.Fatal(err)
	}
	if a := d.get(t, "a"); a.Status != "healthy" || a.Error != "" {
		t.Errorf("it does not recover: %+v", a)
	}
	if _, err := d.menu.SetStatus.Execute(ctx, serviceregistry.SetStatus{Name: "b", Status: "maintenance", Reason: "moving"}).Unwrap(); err != nil {
		t.Fatal(err)
	}
	d.world.down["http://a"], d.world.down["http://b"] = true, true
	d.clock.Advance(31 * time.Minute)
	if err := d.keeper.Look(ctx); err != nil {
		t.Fatal(err)
	}
	if _, err := d.menu.GetService.Execute(ctx, serviceregistry.GetService{Name: "a"}).Unwrap(); !errors.Is(err, domain.NotFound) {
		t.Errorf("what was not seen for long is there: %v", err)
	}
	if b := d.get(t, "b"); b.Status != "maintenance" {
		t.Errorf("maintenance does not stay: %+v", b)
	}
	if told := d.told(t); told != "registered a, registered b, status_changed a, status_changed a, status_changed b, unregistered a" {
		t.Errorf("told is %s", told)
	}
	ping, err := d.menu.PingService.Execute(ctx, serviceregistry.PingService{Name: "b"}).Unwrap()
	if err != nil || ping.Status != "unreachable" || ping.ResponseTimeMS != 1 {
		t.Errorf("%+v, %v", ping, err)
	}
}

func TestInterfacesArePolled(t *testing.T) {
	d := newDirectory(t)
	ctx := context.Background()
	d.register(t, "a", "http://a")
	d.register(t, "b", "http://b")
	poll := func() serviceregistry.PollResult {
		result, err := d.menu.PollOpenAPI.Execute(ctx, serviceregistry.PollOpenAPI{}).Unwrap()
		if err != nil {
			t.Fatal(err)
		}
		return result
	}
	d.world.specs["http://a/openapi.json"] = `{"openapi":"3.1.0","paths":{"/a":{"get":{}},"/b":{"get":{}}}}`
	if r := poll(); r.ServicesPolled != 2 || r.SpecsUpdated != 1 || len(r.Errors) != 1 || fmt.Sprint(r.Items[0].Added) != "[GET /b]" {
		t.Errorf("%+v", r)
	}
	if r := poll(); r.SpecsUpdated != 0 {
		t.Errorf("%+v", r)
	}
	d.world.specs["http://a/openapi.json"] = `{"openapi":"3.1.0","paths":{"/b":{"get":{}}}}`
	if r := poll(); r.SpecsUpdated != 1 || fmt.Sprint(r.Items[0].Removed) != "[GET /a]" {
		t.Errorf("%+v", r)
	}
	if told := d.told(t); told != "registered a, registered b, interface_changed a" {
		t.Errorf("told is %s", told)
	}
	if _, err := d.menu.PollOpenAPI.Execute(ctx, serviceregistry.PollOpenAPI{ServiceURLs: []string{"http://nobody"}}).Unwrap(); !errors.Is(err, domain.NotFound) {
		t.Errorf("%v", err)
	}
}

func TestPeersAreToldAndNothingGoesInCircles(t *testing.T) {
	other := newDirectory(t)
	d := newDirectory(t, serviceregistry.Peer{URL: "http://peer", Register: func(ctx context.Context, c serviceregistry.RegisterService) error {
		return other.menu.RegisterService.Execute(ctx, c).Err()
	}}, serviceregistry.Peer{URL: "http://dead", Register: func(context.Context, serviceregistry.RegisterService) error {
		return domain.Unavailable.New("Nobody answers.")
	}})
	ctx := context.Background()
	d.register(t, "a", "http://a")
	seen := d.clock.Now()
	if _, err := d.menu.RegisterService.Execute(ctx, serviceregistry.RegisterService{ServiceName: "b", ServiceURL: "http://b", Origin: "peer", LastSeen: &seen}).Unwrap(); err != nil {
		t.Fatal(err)
	}
	result, err := d.menu.SyncPeers.Execute(ctx, serviceregistry.SyncPeers{}).Unwrap()
	if err != nil || result.Sent != 1 || result.Peers != 2 || result.Items[1].Error == "" {
		t.Errorf("%+v, %v", result, err)
	}
	if a := other.get(t, "a"); a.Origin != "peer" || a.ServiceURL != "http://a" {
		t.Errorf("%+v", a)
	}
}

func TestADirectoryIsFollowed(t *testing.T) {
	d := newDirectory(t)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	d.register(t, "a", "http://a")
	changes, err := d.menu.WatchServices.Execute(ctx, serviceregistry.WatchServices{}).Unwrap()
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	for c, err := range changes {
		if err != nil {
			t.Fatal(err)
		}
		told = append(told, c.Sequence+" "+c.Kind+" "+c.Service.ServiceName)
		if len(told) == 1 {
			d.register(t, "b", "http://b")
			go func() { d.clock.AwaitTimers(1); d.clock.Advance(time.Second) }()
		}
		if len(told) == 2 {
			break
		}
	}
	if fmt.Sprint(told) != "[1 registered a 2 registered b]" {
		t.Errorf("told is %v", told)
	}
}

func TestARegistrarEntersItsServicesAgain(t *testing.T) {
	d := newDirectory(t)
	r := &app.Registrar{
		Register: &d.menu.RegisterService, Heartbeat: &d.menu.Heartbeat, Clock: d.clock, Logger: slog.New(slog.DiscardHandler),
		Services: []serviceregistry.RegisterService{{ServiceName: "a", ServiceURL: "http://a"}},
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error)
	go func() { done <- r.Work(ctx) }()
	d.clock.AwaitTimers(1)
	if d.get(t, "a").Revision != 1 {
		t.Error("it is not registered")
	}
	if _, err := d.menu.UnregisterService.Execute(ctx, serviceregistry.UnregisterService{ServiceName: "a"}).Unwrap(); err != nil {
		t.Fatal(err)
	}
	d.clock.Advance(30 * time.Second)
	d.clock.AwaitTimers(1)
	if d.get(t, "a").Revision != 1 {
		t.Error("it is not registered again")
	}
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
}
