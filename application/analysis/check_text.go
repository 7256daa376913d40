package analysis

import (
	"context"
	"slices"

	"github.com/docsteward/docsteward/domain/finding"
	"github.com/docsteward/docsteward/domain/finding/detect"
	"github.com/docsteward/docsteward/ports/analysis"
)

// checkText holds one document that the caller has to the rules. What needs the files
// around it is not judged: links lead somewhere, and code holds what it is said to.
func (s *service) checkText(ctx context.Context, c analysis.CheckText) (analysis.Report, error) {
	config, err := configOf(c.Rules)
	if err != nil {
		return analysis.Report{}, err
	}
	detector, err := detect.New(config)
	if err != nil {
		return analysis.Report{}, err
	}
	tree, err := s.Markup.Parse(ctx, c.Path, []byte(c.Content))
	if err != nil {
		return analysis.Report{}, err
	}
	facts, found := detector.Document(detect.Input{Path: c.Path, Content: []byte(c.Content), Tree: tree})
	anything := detect.World{Exists: func(string) bool { return true }, Now: s.Clock.Now()}
	check := &check{
		service: s, detector: detector, tasks: []task{{name: c.Path, size: len(c.Content)}}, facts: []detect.Facts{facts},
		found: slices.Concat(found, detector.Corpus([]detect.Facts{facts}, anything)),
	}
	finding.Sort(check.found, "")
	return check.report(), nil
}
