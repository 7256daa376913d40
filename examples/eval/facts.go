package main

import (
	"context"
	"fmt"
	"io"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/docsteward/docsteward/adapters/facts"
	"github.com/docsteward/docsteward/domain/code"
	port "github.com/docsteward/docsteward/ports/facts"
)

// score counts labels and facts.
type score struct{ labelled, found, extracted, right int }

func (s *score) add(o score) {
	s.labelled += o.labelled
	s.found += o.found
	s.extracted += o.extracted
	s.right += o.right
}

func (s score) recall() float64    { return float64(s.found) / float64(max(1, s.labelled)) }
func (s score) precision() float64 { return float64(s.right) / float64(max(1, s.extracted)) }

// evaluateFacts scores the extractor on the labelled files: recall is the share of
// labels that it finds, precision the share of its facts, of the labelled kinds and
// files, that a label confirms. A fact with a value that its label lacks is wrong.
func evaluateFacts(ctx context.Context, out io.Writer) error {
	measures, err := measureFacts(ctx)
	if err != nil {
		return err
	}
	return printMeasures(out, "FACTS", measures)
}

func measureFacts(ctx context.Context) ([]measure, error) {
	sets, err := readLabels(labelFolder())
	if err != nil {
		return nil, err
	}
	perLanguage := map[string]*score{}
	var speed speedometer
	for _, set := range sets {
		root, ok := set.locate()
		if !ok {
			fmt.Fprintf(os.Stderr, "%s is not among the modules of this build; its labels are left out\n", set.Module)
			continue
		}
		total := perLanguage[set.Language]
		if total == nil {
			total = &score{}
			perLanguage[set.Language] = total
		}
		for _, f := range set.Files {
			found, err := speed.extract(ctx, root, f.File, set.Language)
			if err != nil {
				return nil, err
			}
			total.add(f.score(found))
		}
	}
	var measures []measure
	for _, language := range slices.Sorted(maps.Keys(perLanguage)) {
		s, bar, goal := perLanguage[language], 0.90, 0.97
		if language == "go" {
			bar, goal = 0.95, 0.99
		}
		measures = append(measures,
			measure{language + " recall", s.recall(), bar, goal, fmt.Sprintf("%d labels", s.labelled)},
			measure{language + " precision", s.precision(), bar, goal, fmt.Sprintf("%d facts", s.extracted)})
	}
	if speed.lines > 0 {
		measures = append(measures, measure{"go lines/s on one core", speed.rate(), 200_000, 500_000, fmt.Sprintf("%d lines of the labelled packages", speed.lines)})
	}
	return measures, nil
}

// speedometer extracts packages and counts their lines.
type speedometer struct {
	lines int
	took  time.Duration
}

func (s *speedometer) rate() float64 { return float64(s.lines) / max(s.took.Seconds(), 1e-9) }

// extract returns the facts of a file, which is read with the others of its
// directory.
func (s *speedometer) extract(ctx context.Context, root, name, language string) ([]code.Fact, error) {
	entries, err := os.ReadDir(filepath.Join(root, path.Dir(name)))
	if err != nil {
		return nil, err
	}
	extractor := facts.New()
	var files []port.File
	lines := 0
	for _, e := range entries {
		other := path.Join(path.Dir(name), e.Name())
		if e.IsDir() || !extractor.Reads(other) || language != "go" && other != name {
			continue
		}
		content, err := os.ReadFile(filepath.Join(root, other))
		if err != nil {
			return nil, err
		}
		files = append(files, port.File{Path: other, Content: content})
		lines += strings.Count(string(content), "\n")
	}
	start := time.Now()
	all, err := extractor.ExtractPackage(ctx, files)
	if err != nil {
		return nil, err
	}
	if language == "go" {
		s.took += time.Since(start)
		s.lines += lines
	}
	return slices.DeleteFunc(all, func(f code.Fact) bool { return f.Path != name }), nil
}
