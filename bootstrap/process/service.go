// Package process runs services: it opens their ports, serves, restarts one
// without the others, and stops all of them in order.
package process

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"syscall"

	"github.com/docsteward/docsteward/adapters/http/httpkit"
	"github.com/docsteward/docsteward/bootstrap/config"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/catalogue"
)

// Service is one deployable service, ready to run.
type Service struct {
	// ID is the id of the service in the catalogue.
	ID string
	// Server answers its requests.
	Server *httpkit.Server
	// Workers run beside the server, each until its context ends. An error of one
	// stops the process.
	Workers []func(ctx context.Context) error
	// Reopen closes and opens the stores of the service, for a restart. Nil means
	// that it has none.
	Reopen func(ctx context.Context) error
}

// listen opens the port of a service. A taken port is a Conflict that names the
// port and the variable that moves it.
func listen(cfg *config.Config, id string) (net.Listener, error) {
	row, err := catalogue.Find(id)
	if err != nil {
		return nil, err
	}
	port := cfg.ServicePort(row)
	listener, err := net.Listen("tcp", net.JoinHostPort(cfg.Host, strconv.Itoa(port)))
	return listener, listenFault(err, id, port, row.Variable())
}

// CheckPorts fails as Run does when the port of a service is taken, before anything
// is opened for it.
func CheckPorts(cfg *config.Config, ids ...string) error {
	for _, id := range ids {
		listener, err := listen(cfg, id)
		if err != nil {
			return err
		}
		_ = listener.Close() // it only had to be free
	}
	return nil
}

func listenFault(err error, id string, port int, variable string) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, syscall.EADDRINUSE):
		return domain.Conflict.New(fmt.Sprintf("Port %d of %s is taken; stop what listens there, or set %s to another port.", port, id, variable)).
			WithDetail("port", port).WithDetail("variable", variable)
	case errors.Is(err, syscall.EACCES):
		return domain.Forbidden.New(fmt.Sprintf("Port %d of %s may not be opened by this user; set %s to a port above 1023.", port, id, variable))
	}
	return domain.Unavailable.Wrap(err, fmt.Sprintf("Port %d of %s cannot be opened; check SERVICE_HOST and %s.", port, id, variable))
}
