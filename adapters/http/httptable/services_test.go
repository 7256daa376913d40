package httptable_test

import (
	"testing"

	"github.com/docsteward/docsteward/adapters/http/httptable"
	"github.com/docsteward/docsteward/ports/analysis"
	"github.com/docsteward/docsteward/ports/codeanalyzer"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/healthmonitoring"
	"github.com/docsteward/docsteward/ports/infrastructure"
	"github.com/docsteward/docsteward/ports/ingestion"
	"github.com/docsteward/docsteward/ports/queryprocessing"
	"github.com/docsteward/docsteward/ports/serviceregistry"
	"github.com/docsteward/docsteward/ports/sourceagent"
	"github.com/docsteward/docsteward/ports/usecase"
	"github.com/docsteward/docsteward/ports/workflows"
)

func TestEveryServiceCrossesTheWire(t *testing.T) {
	for name, table := range map[string]func() []usecase.Operation{
		"analysis":         func() []usecase.Operation { return analysis.Operations(&analysis.UseCases{}) },
		"codeanalyzer":     func() []usecase.Operation { return codeanalyzer.Operations(&codeanalyzer.UseCases{}) },
		"docstore":         func() []usecase.Operation { return docstore.Operations(&docstore.UseCases{}) },
		"healthmonitoring": func() []usecase.Operation { return healthmonitoring.Operations(&healthmonitoring.UseCases{}) },
		"infrastructure":   func() []usecase.Operation { return infrastructure.Operations(&infrastructure.UseCases{}) },
		"ingestion":        func() []usecase.Operation { return ingestion.Operations(&ingestion.UseCases{}) },
		"queryprocessing":  func() []usecase.Operation { return queryprocessing.Operations(&queryprocessing.UseCases{}) },
		"serviceregistry":  func() []usecase.Operation { return serviceregistry.Operations(&serviceregistry.UseCases{}) },
		"sourceagent":      func() []usecase.Operation { return sourceagent.Operations(&sourceagent.UseCases{}) },
		"workflows":        func() []usecase.Operation { return workflows.Operations(&workflows.UseCases{}) },
	} {
		t.Run(name, func(t *testing.T) { httptable.RoundTrip(t, table) })
	}
}
