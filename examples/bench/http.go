package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/docsteward/docsteward/adapters/bind"
	"github.com/docsteward/docsteward/adapters/http/httpkit"
	"github.com/docsteward/docsteward/bootstrap/config"
	"github.com/docsteward/docsteward/bootstrap/embedded"
	"github.com/docsteward/docsteward/bootstrap/kit"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/usecase"
)

// connections is how many clients call at the same time, and span for how long.
const (
	connections = 32
	span        = 2 * time.Second
)

// overHTTP measures the document store beside bare echo handlers that answer the
// same bytes, each over loopback with 32 connections. Client and server share
// the processors.
func overHTTP(t *table) error {
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	cfg, err := config.Load([]string{"DOCSTEWARD_DATA=" + dir, "LOG_LEVEL=ERROR"})
	if err != nil {
		return err
	}
	k, err := kit.New(cfg, kit.Options{})
	if err != nil {
		return err
	}
	app, err := embedded.Open(context.Background(), k, "doc_store")
	if err != nil {
		return err
	}
	defer app.Close()
	stored, err := app.DocStore.PutDocument.Execute(context.Background(), docstore.PutDocument{ID: "page", Content: "# Page\n\n" + strings.Repeat("A line of text. ", 220)}).Unwrap()
	if err != nil {
		return err
	}
	if err := reads(t, app.Services[0].Server.Handler(), stored); err != nil {
		return err
	}
	return posts(t, k)
}

func reads(t *table, store http.Handler, d docstore.Document) error {
	bare := echo.New()
	bare.GET("/api/v1/documents/:id", func(c echo.Context) error {
		_ = c.Param("id")
		return c.JSON(http.StatusOK, map[string]any{"success": true, "data": d})
	})
	get := func(base string) (*http.Request, error) {
		return http.NewRequest(http.MethodGet, base+"/api/v1/documents/page", nil)
	}
	ours, theirs, err := beside(store, bare, get)
	if err != nil {
		return err
	}
	t.add("read a 3.5 KB document, beside a bare echo JSON handler", compare(ours, theirs), "0.50 x", ours.rate >= 0.5*theirs.rate)
	return nil
}

// posts measures binding and validation of a body before the store: the use case
// behind both does nothing.
func posts(t *table, k *kit.Kit) error {
	var menu struct {
		Store usecase.Port[docstore.StoreDocument, docstore.Deleted]
	}
	menu.Store.HandleFunc(func(context.Context, docstore.StoreDocument) (docstore.Deleted, error) {
		return docstore.Deleted{ID: "x"}, nil
	})
	table := []usecase.Operation{usecase.Post("/documents", "", &menu.Store)}
	guard, err := bind.Guard(table)
	if err != nil {
		return err
	}
	usecase.Decorate(table, guard)
	server := httpkit.NewServer(httpkit.Options{Service: "bench", Logger: k.Logger("bench"), Clock: k.Clock, IDs: k.IDs})
	if err := server.Mount(table); err != nil {
		return err
	}
	bare := echo.New()
	bare.POST("/documents", func(c echo.Context) error {
		var command struct {
			ID       string         `json:"id"`
			Content  string         `json:"content"`
			Metadata map[string]any `json:"metadata"`
		}
		if err := c.Bind(&command); err != nil {
			return err
		}
		return c.JSON(http.StatusOK, map[string]any{"success": true, "data": docstore.Deleted{ID: "x"}})
	})
	body := []byte(`{"id":"page","content":"` + strings.Repeat("A line of text. ", 220) + `","metadata":{"type":"md","owner":"me"}}`)
	post := func(base string) (*http.Request, error) {
		request, err := http.NewRequest(http.MethodPost, base+"/documents", bytes.NewReader(body))
		if err == nil {
			request.Header.Set("Content-Type", "application/json")
		}
		return request, err
	}
	ours, theirs, err := beside(server.Handler(), bare, post)
	if err != nil {
		return err
	}
	t.add("post 3.6 KB through binding and rules, beside echo's Bind", compare(ours, theirs), "1.00 x", ours.rate >= theirs.rate)
	return nil
}

// load is what one side did.
type load struct {
	rate float64
	p99  time.Duration
}

func compare(ours, theirs load) string {
	return fmt.Sprintf("%.2f x (%.0f/s p99 %.1f ms, %.0f/s)", ours.rate/theirs.rate, ours.rate, float64(ours.p99.Microseconds())/1000, theirs.rate)
}

// beside runs both sides in turn, three times, and takes the median of each.
func beside(ours, theirs http.Handler, request func(base string) (*http.Request, error)) (load, load, error) {
	var left, right []load
	for range 3 {
		for side, handler := range []http.Handler{ours, theirs} {
			measured, err := drive(handler, request)
			if err != nil {
				return load{}, load{}, err
			}
			if side == 0 {
				left = append(left, measured)
			} else {
				right = append(right, measured)
			}
		}
	}
	middle := func(all []load) load {
		slices.SortFunc(all, func(a, b load) int { return int(a.rate - b.rate) })
		return all[len(all)/2]
	}
	return middle(left), middle(right), nil
}

// drive calls a handler over loopback for the span.
func drive(handler http.Handler, request func(base string) (*http.Request, error)) (load, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return load{}, err
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- httpkit.Serve(ctx, listener, handler, slog.New(slog.DiscardHandler), time.Second) }()
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: connections}}
	var mu sync.Mutex
	var all []time.Duration
	var failed error
	var callers sync.WaitGroup
	start := time.Now()
	for range connections {
		callers.Go(func() {
			mine, err := calls(client, "http://"+listener.Addr().String(), request, start.Add(span))
			mu.Lock()
			defer mu.Unlock()
			all = append(all, mine...)
			if err != nil {
				failed = err
			}
		})
	}
	callers.Wait()
	took := time.Since(start)
	client.CloseIdleConnections()
	stop()
	failed = errors.Join(failed, <-ended)
	if failed != nil || len(all) == 0 {
		return load{}, fmt.Errorf("no calls: %w", failed)
	}
	slices.Sort(all)
	return load{rate: float64(len(all)) / took.Seconds(), p99: all[len(all)*99/100]}, nil
}

func calls(client *http.Client, base string, request func(base string) (*http.Request, error), until time.Time) ([]time.Duration, error) {
	var times []time.Duration
	for time.Now().Before(until) {
		message, err := request(base)
		if err != nil {
			return times, err
		}
		start := time.Now()
		response, err := client.Do(message)
		if err != nil {
			return times, err
		}
		_, _ = io.Copy(io.Discard, response.Body)
		_ = response.Body.Close()
		if response.StatusCode >= http.StatusBadRequest {
			return times, fmt.Errorf("status %d", response.StatusCode)
		}
		times = append(times, time.Since(start))
	}
	return times, nil
}
