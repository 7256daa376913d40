// Command bench measures docsteward as a whole process and over HTTP, and prints
// each figure beside the bar that it must pass. Peers run in the same run on the
// same input. Usage: bench PATH-OF-DOCSTEWARD PATH-OF-DOCUMENTS.
package main

import (
	"fmt"
	"os"
	"slices"
	"time"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: bench PATH-OF-DOCSTEWARD PATH-OF-DOCUMENTS")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(binary, documents string) error {
	t := &table{}
	for _, measure := range []func(*table) error{
		func(t *table) error { return command(t, binary, documents) },
		func(t *table) error { return withCode(t, binary) },
		func(t *table) error { return server(t, binary) },
		overHTTP,
		overWorkflows, besideTemporal,
	} {
		if err := measure(t); err != nil {
			return err
		}
	}
	t.print()
	return nil
}

// table gathers figures.
type table struct{ rows []row }

type row struct {
	what, measured, bar string
	ok                  bool
}

func (t *table) add(what, measured, bar string, ok bool) {
	t.rows = append(t.rows, row{what, measured, bar, ok})
}

func (t *table) print() {
	fmt.Printf("%-64s %-28s %-22s\n", "what", "measured", "bar")
	for _, r := range t.rows {
		mark := "passed"
		if !r.ok {
			mark = "MISSED"
		}
		fmt.Printf("%-64s %-28s %-22s %s\n", r.what, r.measured, r.bar, mark)
	}
}

// median returns the middle of some durations.
func median(all []time.Duration) time.Duration {
	slices.Sort(all)
	return all[len(all)/2]
}
