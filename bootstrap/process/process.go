package process

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"strings"

	"github.com/docsteward/docsteward/adapters/http/httpkit"
	"github.com/docsteward/docsteward/adapters/http/wire"
	"github.com/docsteward/docsteward/bootstrap/config"
	"github.com/docsteward/docsteward/bootstrap/kit"
	"github.com/docsteward/docsteward/domain"
)

// Process is a set of services that run together.
type Process struct {
	kit    *kit.Kit
	logger *slog.Logger
	units  []*unit
	// gateway is the address on which all services are mounted by their ids; "" is none.
	gateway string
}

// New returns a process of the services. gateway may be an address such as
// ":8080", or "".
func New(k *kit.Kit, services []*Service, gateway string) (*Process, error) {
	if host, _, err := net.SplitHostPort(gateway); gateway != "" && (err != nil || !config.Loopback(host) && len(k.Config.Auth.Keys) == 0) {
		return nil, domain.Invalid.New("The gateway address " + gateway + " must be host:port, and on the loopback host unless AUTH_API_KEYS is set.")
	}
	p := &Process{kit: k, logger: k.Logger("process"), gateway: gateway}
	for _, s := range services {
		p.units = append(p.units, newUnit(s, k.Config))
	}
	return p, nil
}

// Run opens all ports, tells ready of the addresses by service id, and serves
// until ctx ends or a service fails. When a port is taken nothing is started.
// Everything has stopped when it returns.
func (p *Process) Run(ctx context.Context, ready func(addresses map[string]string)) error {
	addresses := make(map[string]string, len(p.units)+1)
	parts, err := p.open(addresses)
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	ended := make(chan error, len(parts))
	for _, part := range parts {
		go func() { ended <- part(ctx) }()
	}
	p.logger.InfoContext(ctx, "ready", "services", addresses)
	if ready != nil {
		ready(addresses)
	}
	debug.FreeOSMemory() // opening leaves several times as much behind as serving needs
	for range parts {
		if e := <-ended; e != nil {
			err = errors.Join(err, e)
			stop()
		}
	}
	return err
}

// open takes every port and returns what runs side by side: the services, the
// gateway, the control socket and the shipping of logs. It notes the addresses, and
// takes nothing when it fails.
func (p *Process) open(addresses map[string]string) (parts []func(context.Context) error, err error) {
	var taken []net.Listener
	defer func() {
		if err != nil {
			for _, listener := range taken {
				_ = listener.Close()
			}
		}
	}()
	for _, u := range p.units {
		if err := u.open(); err != nil {
			return nil, err
		}
		taken, parts = append(taken, u.listener), append(parts, u.run)
		addresses[u.service.ID] = u.address()
	}
	if p.gateway != "" {
		listener, err := net.Listen("tcp", p.gateway)
		if err != nil {
			return nil, domain.Conflict.Wrap(err, "The gateway address "+p.gateway+" cannot be opened; choose another with --gateway.")
		}
		taken, parts = append(taken, listener), append(parts, func(ctx context.Context) error {
			return httpkit.Serve(ctx, listener, p.gatewayHandler(), p.logger, p.kit.Config.DrainTimeout)
		})
		addresses["gateway"] = listener.Addr().String()
	}
	control, err := p.control()
	if err != nil {
		return nil, err
	}
	if p.kit.Shipper != nil {
		parts = append(parts, p.kit.Shipper.Run)
	}
	return append(parts, control), nil
}

// gatewayHandler mounts every service under /<id>/.
func (p *Process) gatewayHandler() http.Handler {
	mux := http.NewServeMux()
	ids := make([]string, len(p.units))
	for i, u := range p.units {
		ids[i] = u.service.ID
		mux.Handle("/"+u.service.ID+"/", http.StripPrefix("/"+u.service.ID, u.service.Server.Handler()))
	}
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.WriteHeader(http.StatusNotFound)
		message := "There is no service at " + r.URL.Path + "; the services are /" + strings.Join(ids, "/, /") + "/."
		_, _ = w.Write(wire.Refusal("route_not_found", message, r.Header.Get(wire.HeaderCorrelation), p.kit.Clock.Now()))
	})
	return mux
}

// Restart drains one service, opens its stores and port anew, and serves again;
// the others do not notice. It fails with NotFound for a service that does not
// run here. One that cannot be opened anew stops the process, so that whoever
// watches it starts it again.
func (p *Process) Restart(ctx context.Context, id string) error {
	for _, u := range p.units {
		if u.service.ID == id {
			p.logger.InfoContext(ctx, "restarting", "target", id)
			return u.restart(ctx)
		}
	}
	return domain.NotFound.New("The service " + id + " does not run in this process.")
}
