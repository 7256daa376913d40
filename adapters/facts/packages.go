package facts

import (
	"context"
	"strings"

	"github.com/docsteward/docsteward/adapters/facts/golang"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/code"
	"github.com/docsteward/docsteward/ports/facts"
)

// ExtractPackage reads the Go files of a directory together, and every other file
// by itself.
func (x *Extractor) ExtractPackage(ctx context.Context, files []facts.File) ([]code.Fact, error) {
	var together []facts.File
	alone := map[string][]code.Fact{}
	for _, f := range files {
		switch {
		case strings.HasSuffix(f.Path, ".go"):
			if checkText(f.Path, f.Content) == nil && !vendored(f.Path) && !generated(f.Path, f.Content) {
				together = append(together, f)
			}
		default:
			found, err := x.Extract(ctx, f.Path, f.Content)
			if err != nil && domain.FaultOf(err).Kind != domain.Invalid {
				return nil, err
			}
			alone[f.Path] = found
		}
	}
	found, err := protect("the package", func() ([]code.Fact, error) { return golang.ExtractPackage(ctx, together) })
	if err != nil {
		return nil, domain.FaultOf(err)
	}
	if len(alone) == 0 {
		return found, nil
	}
	for _, f := range found {
		alone[f.Path] = append(alone[f.Path], f)
	}
	var all []code.Fact
	for _, f := range files {
		all = append(all, alone[f.Path]...)
		delete(alone, f.Path)
	}
	return all, nil
}
