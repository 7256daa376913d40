package main

import (
	"context"
	"strings"
	"testing"
)

func TestFactsPassTheirBars(t *testing.T) {
	measures, err := measureFacts(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range measures {
		if strings.Contains(m.name, "lines/s") {
			continue // of the machine as much as of the program
		}
		if m.measured < m.bar {
			t.Errorf("%s of %s is %.3f, less than %.2f", m.name, m.of, m.measured, m.bar)
		}
	}
	if len(measures) < 10 {
		t.Errorf("only %d measures were taken", len(measures))
	}
}

func TestScoreCounts(t *testing.T) {
	sets, err := readLabels(labelFolder())
	if err != nil {
		t.Fatal(err)
	}
	labels := 0
	for _, set := range sets {
		for _, f := range set.Files {
			s := f.score(nil)
			if s.found != 0 || s.extracted != 0 {
				t.Errorf("%s: nothing was extracted, yet %+v", f.File, s)
			}
			labels += s.labelled
		}
	}
	if labels < 600 {
		t.Errorf("there are only %d labels", labels)
	}
}
