package codeanalyzer

import (
	"context"
	"fmt"
	"slices"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/code"
	"github.com/docsteward/docsteward/ports/codeanalyzer"
)

func (s *service) analyzeText(ctx context.Context, c codeanalyzer.AnalyzeText) (codeanalyzer.Envelope, error) {
	text := source{path: c.Path, content: *c.Content}
	routes, err := s.routes(ctx, []source{text}, c.Language)
	if err != nil {
		return codeanalyzer.Envelope{}, err
	}
	return s.envelope(ctx, analysis{
		kind: "text", title: "Code Analysis", hash: hashOf(text.content, c.Repo, c.Path),
		link: codeanalyzer.SourceLink{Repo: c.Repo, Path: c.Path}, routes: routes,
		correlation: c.CorrelationID, styleExamples: c.StyleExamples,
	}), nil
}

func (s *service) analyzeFiles(ctx context.Context, c codeanalyzer.AnalyzeFiles) (codeanalyzer.Envelope, error) {
	sources, err := sourcesOf(c.Files)
	if err != nil {
		return codeanalyzer.Envelope{}, err
	}
	routes, err := s.routes(ctx, sources, c.Language)
	if err != nil {
		return codeanalyzer.Envelope{}, err
	}
	count, paths, hashed := len(sources), make([]string, len(sources)), []string{c.Repo}
	for i, f := range sources {
		paths[i] = f.path
		hashed = append(hashed, f.path, f.content)
	}
	return s.envelope(ctx, analysis{
		kind: "files", title: "Code Analysis (files)", hash: hashOf(hashed...),
		link: codeanalyzer.SourceLink{Repo: c.Repo, Files: paths}, files: &count, routes: routes,
		correlation: c.CorrelationID, styleExamples: c.StyleExamples,
	}), nil
}

func (s *service) analyzePatch(ctx context.Context, c codeanalyzer.AnalyzePatch) (codeanalyzer.Envelope, error) {
	var paths []string
	var sources []source
	for _, added := range code.Added(*c.Patch) {
		if added.Path != "" && !slices.Contains(paths, added.Path) {
			paths = append(paths, added.Path)
		}
		if added.Path == "" {
			added.Path = c.Path
		}
		sources = append(sources, source{path: added.Path, content: added.Text(), numbers: added.Numbers})
	}
	routes, err := s.routes(ctx, sources, c.Language)
	if err != nil {
		return codeanalyzer.Envelope{}, err
	}
	return s.envelope(ctx, analysis{
		kind: "patch", title: "Code Analysis (patch)", hash: hashOf(*c.Patch, c.Repo, c.Path),
		link: codeanalyzer.SourceLink{Repo: c.Repo, Path: c.Path, Files: paths}, routes: routes,
		correlation: c.CorrelationID, styleExamples: c.StyleExamples,
	}), nil
}

// sourcesOf reads the files of a request; TooLarge when there are too many.
func sourcesOf(files []codeanalyzer.SourceFile) ([]source, error) {
	if len(files) > codeanalyzer.MaxFiles {
		return nil, domain.TooLarge.New(fmt.Sprintf("There are %d files; send %d at most at once.", len(files), codeanalyzer.MaxFiles)).
			WithDetail("max_files", codeanalyzer.MaxFiles)
	}
	sources := make([]source, len(files))
	for i, f := range files {
		sources[i] = source{path: f.Path, content: *f.Content}
	}
	return sources, nil
}
