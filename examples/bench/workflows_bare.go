package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/dbos-inc/dbos-transact-golang/dbos"
	_ "github.com/dbos-inc/dbos-transact-golang/dbos/driver/sqlite" // the dialect and the driver "sqlite"
)

// bare is the engine of durable runs with nothing around it.
type bare struct {
	engine  dbos.Context
	program dbos.Workflow[string, string]
	begun   *int
	close   func() error
}

// openBare opens an engine whose workflow has so many steps, one after the other.
func openBare(length int) (bare, error) {
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return bare{}, err
	}
	ctx, err := dbos.NewContext(context.Background(), dbos.Config{AppName: "bench", DatabaseURL: "sqlite:" + filepath.Join(dir, "runs.db"),
		ApplicationVersion: "1", Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return bare{}, err
	}
	program := func(ctx dbos.Context, value string) (string, error) {
		for range length {
			var err error
			value, err = dbos.RunAsStep(ctx, func(context.Context) (string, error) { return value, nil })
			if err != nil {
				return "", err
			}
		}
		return value, nil
	}
	dbos.RegisterWorkflow(ctx, program)
	if err := dbos.Launch(ctx); err != nil {
		return bare{}, err
	}
	return bare{engine: ctx, program: program, begun: new(int), close: func() error {
		return errors.Join(dbos.Shutdown(ctx, 10*time.Second), os.RemoveAll(dir))
	}}, nil
}

// run begins runs, so many at a time, and returns when all have ended.
func (b bare) run(runs int) error {
	*b.begun++
	return abreast(runs, func(i int) error {
		handle, err := dbos.RunWorkflow(b.engine, b.program, "done", dbos.WithWorkflowID(fmt.Sprintf("run-%d-%d", *b.begun, i)))
		if err == nil {
			_, err = handle.GetResult()
		}
		return err
	})
}
