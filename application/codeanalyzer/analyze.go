package codeanalyzer

import (
	"context"
	"fmt"
	"slices"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/code"
	"github.com/docsteward/docsteward/ports/codeanalyzer"
	"github.com/docsteward/docsteward/ports/usecase"
)

func (s *service) analyzeText(ctx context.Context, c codeanalyzer.AnalyzeText) (codeanalyzer.Envelope, error) {
	repo, path := usecase.Given(c.Repo), usecase.Given(c.Path)
	text := source{path: path, content: usecase.Given(c.Content)}
	routes, err := s.routes(ctx, []source{text}, usecase.Given(c.Language))
	if err != nil {
		return codeanalyzer.Envelope{}, err
	}
	return s.envelope(ctx, analysis{
		kind: "text", title: "Code Analysis", hash: identity(text.content, repo, path),
		link: codeanalyzer.SourceLink{Repo: repo, Path: path}, routes: routes,
		correlation: usecase.Given(c.CorrelationID), styleExamples: usecase.Given(c.StyleExamples),
	}), nil
}

func (s *service) analyzeFiles(ctx context.Context, c codeanalyzer.AnalyzeFiles) (codeanalyzer.Envelope, error) {
	sources, err := sourcesOf(c.Files)
	if err != nil {
		return codeanalyzer.Envelope{}, err
	}
	routes, err := s.routes(ctx, sources, usecase.Given(c.Language))
	if err != nil {
		return codeanalyzer.Envelope{}, err
	}
	repo := usecase.Given(c.Repo)
	count, paths, hashed := len(sources), make([]string, len(sources)), []string{repo}
	for i, f := range sources {
		paths[i] = f.path
		hashed = append(hashed, f.path, f.content)
	}
	return s.envelope(ctx, analysis{
		kind: "files", title: "Code Analysis (files)", hash: identity(hashed...),
		link: codeanalyzer.SourceLink{Repo: repo, Files: paths}, files: &count, routes: routes,
		correlation: usecase.Given(c.CorrelationID), styleExamples: usecase.Given(c.StyleExamples),
	}), nil
}

func (s *service) analyzePatch(ctx context.Context, c codeanalyzer.AnalyzePatch) (codeanalyzer.Envelope, error) {
	patch, repo, path := usecase.Given(c.Patch), usecase.Given(c.Repo), usecase.Given(c.Path)
	var paths []string
	var sources []source
	for _, added := range code.Added(patch) {
		if added.Path != "" && !slices.Contains(paths, added.Path) {
			paths = append(paths, added.Path)
		}
		if added.Path == "" {
			added.Path = path
		}
		sources = append(sources, source{path: added.Path, content: added.Text(), numbers: added.Numbers})
	}
	routes, err := s.routes(ctx, sources, usecase.Given(c.Language))
	if err != nil {
		return codeanalyzer.Envelope{}, err
	}
	return s.envelope(ctx, analysis{
		kind: "patch", title: "Code Analysis (patch)", hash: identity(patch, repo, path),
		link: codeanalyzer.SourceLink{Repo: repo, Path: path, Files: paths}, routes: routes,
		correlation: usecase.Given(c.CorrelationID), styleExamples: usecase.Given(c.StyleExamples),
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
		sources[i] = source{path: f.Path, content: usecase.Given(f.Content)}
	}
	return sources, nil
}
