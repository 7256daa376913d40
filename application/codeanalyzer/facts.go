package codeanalyzer

import (
	"context"
	"path"

	"github.com/docsteward/docsteward/domain/code"
	"github.com/docsteward/docsteward/ports/codeanalyzer"
	"github.com/docsteward/docsteward/ports/facts"
)

func (s *service) extractFacts(ctx context.Context, c codeanalyzer.ExtractFacts) (codeanalyzer.FactList, error) {
	sources, err := sourcesOf(c.Files)
	if err != nil {
		return codeanalyzer.FactList{}, err
	}
	files := make([]facts.File, len(sources))
	for i, f := range sources {
		files[i] = facts.File{Path: f.path, Content: []byte(f.content)}
	}
	found, err := s.extract(ctx, files)
	if err != nil {
		return codeanalyzer.FactList{}, err
	}
	list := codeanalyzer.FactList{Facts: []codeanalyzer.Fact{}, Counts: map[string]int{}}
	for _, ofFile := range found {
		for _, f := range ofFile {
			list.Facts = append(list.Facts, factView(f))
			list.Counts[f.Kind.String()]++
		}
	}
	return list, nil
}

func factView(f code.Fact) codeanalyzer.Fact {
	return codeanalyzer.Fact{
		Kind: f.Kind.String(), Name: f.Name, Value: f.Value, HasValue: f.HasValue, Scope: f.Scope, Path: f.Path, Line: f.Line, Weak: f.Weak,
	}
}

// extract reads the files of each directory together and returns the facts of each
// file. A path that is there twice is read twice, each time with its own content.
func (s *service) extract(ctx context.Context, files []facts.File) ([][]code.Fact, error) {
	found := make([][]code.Fact, len(files))
	for _, group := range together(files) {
		var read []facts.File
		at := make(map[string]int, len(group))
		for _, i := range group {
			read = append(read, files[i])
			at[files[i].Path] = i
		}
		all, err := s.Facts.ExtractPackage(ctx, read)
		if err != nil {
			return nil, err
		}
		for _, f := range all {
			if i, known := at[f.Path]; known {
				found[i] = append(found[i], f)
			}
		}
	}
	return found, nil
}

// together groups the indices of files by directory, so that no path is twice in a
// group.
func together(files []facts.File) [][]int {
	type group struct {
		folder string
		round  int
	}
	var groups [][]int
	known := make(map[group]int)
	times := make(map[string]int)
	for i, f := range files {
		g := group{path.Dir(f.Path), times[f.Path]}
		times[f.Path]++
		at, exists := known[g]
		if !exists {
			at = len(groups)
			known[g] = at
			groups = append(groups, nil)
		}
		groups[at] = append(groups[at], i)
	}
	return groups
}
