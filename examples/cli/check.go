package main

import (
	"runtime"

	"github.com/docsteward/docsteward/adapters/clock/systemclock"
	"github.com/docsteward/docsteward/adapters/facts"
	"github.com/docsteward/docsteward/adapters/markup"
	"github.com/docsteward/docsteward/adapters/source"
	appanalysis "github.com/docsteward/docsteward/application/analysis"
	"github.com/docsteward/docsteward/ports/analysis"
)

// newAnalysis fills the analysis for use in this process; it needs no store.
// progress is told how far it has come.
func newAnalysis(progress analysis.Progress) *analysis.UseCases {
	menu := new(analysis.UseCases)
	appanalysis.Fill(menu, appanalysis.Deps{
		Sources: source.Opener{}, Projects: source.Opener{}, Facts: facts.New(), Markup: markup.New(), Clock: systemclock.Clock{}, Workers: runtime.GOMAXPROCS(0),
		Progress: progress,
	})
	return menu
}
