package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"

	"github.com/docsteward/docsteward/adapters/clock/systemclock"
	"github.com/docsteward/docsteward/adapters/markup"
	"github.com/docsteward/docsteward/adapters/source"
	appanalysis "github.com/docsteward/docsteward/application/analysis"
	"github.com/docsteward/docsteward/ports/analysis"
)

// textualRules change the text on purpose: they are left out where rendered text is
// compared.
var textualRules = []string{"repeated-word", "commands-show-output", "space-in-links", "no-missing-space-atx"}

// evaluateFix mends the documents of real modules, mends them again, and compares
// what a renderer makes of them before and afterwards.
func evaluateFix(ctx context.Context, out io.Writer) error {
	folder, err := os.MkdirTemp("", "docsteward-fix")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	before, err := copyDocuments(ctx, folder)
	if err != nil {
		return err
	}
	first, err := mend(ctx, folder, textualRules)
	if err != nil {
		return err
	}
	kept, differing, err := compareRendered(folder, before)
	if err != nil {
		return err
	}
	for _, name := range differing[:min(len(differing), 10)] {
		fmt.Fprintln(out, "rendered otherwise:", name)
	}
	all, err := mend(ctx, folder, nil)
	if err != nil {
		return err
	}
	again, err := mend(ctx, folder, nil)
	if err != nil {
		return err
	}
	of := fmt.Sprintf("%d Markdown files of %d modules", len(before), len(tuningModules))
	return printMeasures(out, "fix", []measure{
		{"findings mended", float64(first + all), 1, 1, of},
		{"files", float64(len(before)), 1000, 1000, of},
		{"changed files whose rendering is as before", share(kept, kept+len(differing)), 1, 1, fmt.Sprintf("%d changed files, without the rules %s", kept+len(differing), strings.Join(textualRules, ", "))},
		{"second run changes nothing", share(1, 1+again), 1, 1, of},
	})
}

func share(part, of int) float64 { return float64(part) / float64(max(1, of)) }

// copyDocuments copies the Markdown files of the tuning modules and returns their
// contents by name.
func copyDocuments(ctx context.Context, into string) (map[string][]byte, error) {
	contents := make(map[string][]byte)
	for _, module := range tuningModules {
		root, err := moduleFolder(ctx, module)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", module, err)
		}
		err = filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
			if err != nil || !entry.Type().IsRegular() || filepath.Ext(name) != ".md" {
				return err
			}
			content, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			relative, err := filepath.Rel(root, name)
			if err != nil {
				return err
			}
			copied := filepath.Join(into, strings.ReplaceAll(module, "/", "_"), relative)
			contents[copied] = content
			if err := os.MkdirAll(filepath.Dir(copied), 0o755); err != nil {
				return err
			}
			return os.WriteFile(copied, content, 0o600)
		})
		if err != nil {
			return nil, err
		}
	}
	return contents, nil
}

// mend fixes the documents of a folder and returns how many findings it mended.
func mend(ctx context.Context, folder string, without []string) (int, error) {
	menu := new(analysis.UseCases)
	appanalysis.Fill(menu, appanalysis.Deps{Sources: source.Opener{}, Markup: markup.New(), Clock: systemclock.Clock{}, Workers: 2})
	report, err := menu.CheckDocuments.Execute(ctx, analysis.CheckDocuments{
		Locations: []string{folder}, Fix: true, Rules: analysis.Rules{Disable: without},
	}).Unwrap()
	return report.Summary.Fixed, err
}

// compareRendered counts the changed files that render as before, and names the
// others.
func compareRendered(folder string, before map[string][]byte) (kept int, differing []string, err error) {
	for name, old := range before {
		now, err := os.ReadFile(name)
		if err != nil {
			return 0, nil, err
		}
		if bytes.Equal(old, now) {
			continue
		}
		was, err := rendered(old)
		if err != nil {
			return 0, nil, err
		}
		is, err := rendered(now)
		if err != nil {
			return 0, nil, err
		}
		if was == is {
			kept++
		} else {
			relative, _ := filepath.Rel(folder, name)
			differing = append(differing, relative)
		}
	}
	return kept, differing, nil
}

var (
	frontMatter = regexp.MustCompile(`^---\n(?s:.*?)\n---\n`)
	spaces      = regexp.MustCompile(`\s+`)
)

// rendered is the HTML of a page as a browser shows it: runs of blanks are one.
func rendered(content []byte) (string, error) {
	var html bytes.Buffer
	renderer := goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithParserOptions(parser.WithAttribute()))
	if err := renderer.Convert(frontMatter.ReplaceAll(content, nil), &html); err != nil {
		return "", err
	}
	return strings.TrimSpace(spaces.ReplaceAllString(html.String(), " ")), nil
}
