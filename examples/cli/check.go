package main

import (
	"fmt"
	"os"
	"runtime"
	"strings"

	"github.com/docsteward/docsteward/adapters/cli"
	"github.com/docsteward/docsteward/adapters/clock/systemclock"
	"github.com/docsteward/docsteward/adapters/facts"
	"github.com/docsteward/docsteward/adapters/facts/kept"
	"github.com/docsteward/docsteward/adapters/markup"
	"github.com/docsteward/docsteward/adapters/source"
	appanalysis "github.com/docsteward/docsteward/application/analysis"
	"github.com/docsteward/docsteward/ports/analysis"
	portfacts "github.com/docsteward/docsteward/ports/facts"
)

// openAnalysis fills the analysis for use in this process; it needs no store.
// progress is told how far it has come.
func openAnalysis(progress analysis.Progress) cli.OpenAnalysis {
	return func(directory string) (*analysis.UseCases, func() error) {
		var extractor portfacts.PackageExtractor = facts.New()
		done := func() error { return nil }
		if directory != "" {
			known := kept.Open(directory, build(), extractor)
			extractor, done = known, known.Save
		}
		menu := new(analysis.UseCases)
		appanalysis.Fill(menu, appanalysis.Deps{
			Sources: source.Opener{}, Projects: source.Opener{}, Facts: extractor, Markup: markup.New(), Clock: systemclock.Clock{},
			Workers: runtime.GOMAXPROCS(0), Progress: progress,
		})
		return menu, done
	}
}

// build identifies what extracts facts: the version, and the file of the command
// where it was built from a tree that is not committed.
func build() string {
	if version != "" && !strings.HasSuffix(version, "-dirty") {
		return version
	}
	name, err := os.Executable()
	if err != nil {
		return version
	}
	info, err := os.Stat(name)
	if err != nil {
		return version
	}
	return fmt.Sprint(version, " ", info.ModTime().UnixNano(), " ", info.Size())
}
