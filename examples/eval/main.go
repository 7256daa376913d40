// Command eval measures what docsteward finds against what is known, and prints it
// beside the bar that it must not fall below and the goal that it works towards:
//
//	go run ./examples/eval [name ...]
//
// Without names every evaluation runs but sample, which draws the claims that are
// to be read by hand: what was read is kept in readings.tsv. It ends with 1 when a
// bar is missed.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
)

// evaluation is one of the things that are measured; it fails when a bar is
// missed, after it has printed its figures.
type evaluation struct {
	name string
	run  func(ctx context.Context, out io.Writer) error
	// asked is set where it runs only when it is named.
	asked bool
}

func evaluations() []evaluation {
	return []evaluation{
		{"facts", evaluateFacts, false},
		{"fix", evaluateFix, false},
		{"drift", evaluateDrift, false},
		{"questions", evaluateQuestions, false},
		{"sample", printSample, true},
	}
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Stdout, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "eval:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, out io.Writer, names []string) error {
	var failures []error
	known := false
	for _, e := range evaluations() {
		if !slices.Contains(names, e.name) && (len(names) > 0 || e.asked) {
			continue
		}
		known = true
		if err := e.run(ctx, out); err != nil {
			failures = append(failures, fmt.Errorf("%s: %w", e.name, err))
		}
	}
	if !known {
		return fmt.Errorf("there is no evaluation of that name: %v", names)
	}
	return errors.Join(failures...)
}
