package process

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"time"

	"github.com/docsteward/docsteward/adapters/http/httpkit"
	"github.com/docsteward/docsteward/adapters/http/wire"
	"github.com/docsteward/docsteward/domain"
)

// SocketName is the file in the data directory through which a running process
// is controlled, by whoever may write there.
const SocketName = "control.sock"

// control opens the control socket. A second process on the same data directory
// is a Conflict: two would write the same files.
func (p *Process) control() (func(context.Context) error, error) {
	path := p.kit.DataFile(SocketName)
	if conn, err := net.DialTimeout("unix", path, time.Second); err == nil {
		_ = conn.Close()
		return nil, domain.Conflict.New("Another process serves the data directory " + p.kit.Config.DataDir + "; stop it, or set DOCSTEWARD_DATA to another.")
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, domain.Storage.Wrap(err, "The control socket "+path+" cannot be replaced.")
	}
	listener, err := net.Listen("unix", path)
	if err != nil {
		return nil, domain.Storage.Wrap(err, "The control socket "+path+" cannot be made; its path may be too long for a socket, so choose a shorter DOCSTEWARD_DATA.")
	}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /restart/{service}", p.answer(func(r *http.Request) error { return p.Restart(r.Context(), r.PathValue("service")) }))
	mux.HandleFunc("POST /log-level/{level}", p.answer(func(r *http.Request) error { return p.kit.SetLevel(r.PathValue("level")) }))
	return func(ctx context.Context) error { return httpkit.Serve(ctx, listener, mux, p.logger, time.Second) }, nil
}

func (p *Process) answer(do func(*http.Request) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if err := do(r); err != nil {
			status, body := wire.Failure{Err: err, At: p.kit.Clock.Now()}.Write(w.Header())
			w.WriteHeader(status)
			_, _ = w.Write(body)
			return
		}
		_ = json.NewEncoder(w).Encode(map[string]bool{"success": true})
	}
}

// Control asks the process that serves a data directory for something:
// "restart/<service>" or "log-level/<LEVEL>". It fails with Unavailable when
// none runs, and with the fault that the process answers.
func Control(ctx context.Context, socket, command string) error {
	client := &http.Client{Transport: &http.Transport{
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, "unix", socket)
		},
	}}
	defer client.CloseIdleConnections()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://control/"+command, nil)
	if err != nil {
		return domain.Invalid.Wrap(err, "The command "+command+" is not valid.")
	}
	response, err := client.Do(request)
	if err != nil {
		return domain.Unavailable.Wrap(err, "No process answers at "+socket+"; start one with docsteward serve, or set DOCSTEWARD_DATA to its directory.")
	}
	defer response.Body.Close()
	if response.StatusCode < http.StatusBadRequest {
		return nil
	}
	body, _ := io.ReadAll(io.LimitReader(response.Body, 1<<20))
	return wire.ReadFailure(response.StatusCode, response.Header, body)
}
