package main

import (
	"fmt"
	"io"
	"text/tabwriter"
)

// measure is one figure; more is better.
type measure struct {
	name                string
	measured, bar, goal float64
	// of says what the figure was taken of.
	of string
}

// printMeasures prints a table; it fails when a figure is below its bar.
func printMeasures(out io.Writer, title string, measures []measure) error {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(table, "%s\tMEASURED\tBAR\tGOAL\tOF\n", title)
	missed := 0
	for _, m := range measures {
		verdict := ""
		if m.measured < m.bar {
			verdict = " MISSED"
			missed++
		}
		fmt.Fprintf(table, "%s\t%.4g%s\t%.4g\t%.4g\t%s\n", m.name, m.measured, verdict, m.bar, m.goal, m.of)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	if missed > 0 {
		return fmt.Errorf("%d of %d measures are below their bar", missed, len(measures))
	}
	return nil
}
