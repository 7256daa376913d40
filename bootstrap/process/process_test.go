package process_test

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"strconv"
	"testing"
	"time"

	"github.com/docsteward/docsteward/adapters/http/httpkit"
	"github.com/docsteward/docsteward/bootstrap/config"
	"github.com/docsteward/docsteward/bootstrap/kit"
	"github.com/docsteward/docsteward/bootstrap/process"
	"github.com/docsteward/docsteward/domain"
)

// taken returns a listener on a port of the loopback host.
func taken(t *testing.T) net.Listener {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	return listener
}

func TestAProcessThatCannotStartTakesNothing(t *testing.T) {
	free, gateway := taken(t), taken(t)
	port := free.Addr().(*net.TCPAddr).Port
	if err := free.Close(); err != nil {
		t.Fatal(err)
	}
	cfg, err := config.Load([]string{"DOCSTEWARD_DATA=" + t.TempDir(), "DOC_STORE_PORT=" + strconv.Itoa(port)})
	if err != nil {
		t.Fatal(err)
	}
	k, err := kit.New(cfg, kit.Options{Logs: t.Output()})
	if err != nil {
		t.Fatal(err)
	}
	server := httpkit.NewServer(httpkit.Options{Service: "doc_store", Logger: slog.New(slog.DiscardHandler), Clock: k.Clock, IDs: k.IDs})
	services := []*process.Service{{ID: "doc_store", Server: server}}

	refused, err := process.New(k, services, gateway.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	if err := refused.Run(context.Background(), nil); !errors.Is(err, domain.Conflict) {
		t.Fatalf("a taken gateway: got %v, want Conflict", err)
	}
	p, err := process.New(k, services, "")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(context.Background(), time.Minute)
	defer stop()
	second := func(map[string]string) {
		other, err := process.New(k, services, "")
		if err == nil {
			err = other.Run(ctx, nil)
		}
		if !errors.Is(err, domain.Conflict) {
			t.Errorf("a second process: got %v, want Conflict", err)
		}
		stop()
	}
	if err := p.Run(ctx, second); err != nil {
		t.Errorf("the port or the socket of the refused process is still taken: %v", err)
	}
}
