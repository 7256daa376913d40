package main

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	factsreader "github.com/docsteward/docsteward/adapters/facts"
	"github.com/docsteward/docsteward/adapters/markup"
	"github.com/docsteward/docsteward/domain/claim"
	"github.com/docsteward/docsteward/domain/code"
	"github.com/docsteward/docsteward/ports/facts"
)

// documented is a module with its documents: every file by its path.
type documented struct {
	module string
	files  map[string][]byte
	names  []string // sorted
}

// loadModule reads the text files of a folder. Files over 2 MB count by name only.
func loadModule(root, module string) (*documented, error) {
	d := &documented{module: module, files: map[string][]byte{}}
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		var content []byte
		if info.Size() < 2<<20 {
			if content, err = os.ReadFile(name); err != nil {
				return err
			}
			if bytes.IndexByte(content, 0) >= 0 || !utf8.Valid(content) {
				content = nil
			}
		}
		relative, err := filepath.Rel(root, name)
		d.files[filepath.ToSlash(relative)] = content
		return err
	})
	d.sort()
	return d, err
}

func (d *documented) sort() {
	d.names = d.names[:0]
	for name := range d.files {
		d.names = append(d.names, name)
	}
	slices.Sort(d.names)
}

// copy returns a module that can be changed without changing this one.
func (d *documented) copy() *documented {
	other := &documented{module: d.module, files: make(map[string][]byte, len(d.files)), names: slices.Clone(d.names)}
	for name, content := range d.files {
		other.files[name] = content
	}
	return other
}

// isDocument reports whether a file is read as documentation.
func isDocument(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".md", ".markdown", ".mdx", ".rst", ".adoc":
		return true
	}
	return false
}

// facts reads the facts of every file that is no document.
func (d *documented) facts(ctx context.Context) ([]code.Fact, error) {
	reader := factsreader.New()
	var all []code.Fact
	folders := map[string][]facts.File{}
	for _, name := range d.names {
		all = append(all, code.Fact{Kind: code.File, Name: name, Path: name, Line: 1})
		if content := d.files[name]; content != nil && !isDocument(name) && reader.Reads(name) {
			folders[path.Dir(name)] = append(folders[path.Dir(name)], facts.File{Path: name, Content: content})
		}
	}
	order := make([]string, 0, len(folders))
	for folder := range folders {
		order = append(order, folder)
	}
	slices.Sort(order)
	for _, folder := range order {
		found, err := reader.ExtractPackage(ctx, folders[folder])
		if err != nil {
			return nil, fmt.Errorf("facts of %s: %w", folder, err)
		}
		all = append(all, found...)
	}
	return all, nil
}

// options is what else is known of the module.
func (d *documented) options() claim.Options {
	words := claim.NewVocabulary()
	reader := factsreader.New()
	for _, name := range d.names {
		if !isDocument(name) && reader.Reads(name) {
			words.Add(d.files[name])
		}
	}
	return claim.Options{Module: d.module, Vocabulary: words}
}

// judged is a page with the verdicts on its claims.
type judged struct {
	page     claim.Page
	verdicts []claim.Verdict
}

// pages parses the documents and extracts their claims.
func (d *documented) pages(ctx context.Context) ([]judged, error) {
	parser := markup.New()
	var all []judged
	for _, name := range d.names {
		content := d.files[name]
		if content == nil || !isDocument(name) {
			continue
		}
		tree, err := parser.Parse(ctx, name, content)
		if err != nil {
			continue
		}
		p := judged{page: claim.Page{Path: name, Matter: tree.FrontMatter}}
		for _, c := range claim.Extract(content, tree) {
			p.verdicts = append(p.verdicts, claim.Verdict{Claim: c})
		}
		all = append(all, p)
	}
	return all, nil
}

// judge holds the claims of the pages against facts, and returns pages of their own.
func judge(pages []judged, index *code.Index, options claim.Options) []judged {
	project := claim.NewProject(index, options)
	all := make([]claim.Claimed, len(pages))
	for i, p := range pages {
		all[i] = claim.Claimed{Page: p.page, Claims: make([]claim.Claim, len(p.verdicts))}
		for k, v := range p.verdicts {
			all[i].Claims[k] = v.Claim
		}
	}
	out := make([]judged, len(pages))
	for i, verdicts := range project.JudgeAll(all) {
		out[i] = judged{page: pages[i].page, verdicts: verdicts}
	}
	return out
}
