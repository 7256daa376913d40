package set

import (
	"context"
	"slices"
	"strings"

	"github.com/google/wire"

	"github.com/docsteward/docsteward/adapters/facts"
	appcodeanalyzer "github.com/docsteward/docsteward/application/codeanalyzer"
	"github.com/docsteward/docsteward/bootstrap/kit"
	"github.com/docsteward/docsteward/bootstrap/process"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/code"
	"github.com/docsteward/docsteward/ports/codeanalyzer"
	portfacts "github.com/docsteward/docsteward/ports/facts"
)

// CodeAnalyzerParts are the menu of the code analyzer and the service that offers it.
type CodeAnalyzerParts struct {
	Menu    *codeanalyzer.UseCases
	Service *process.Service
}

// CodeAnalyzer is the code analyzer. It keeps nothing, so it has no store.
var CodeAnalyzer = wire.NewSet(
	CodeAnalyzerKit, CodeAnalyzerMenu, NewCodeAnalyzerParts,
	facts.New, wire.Bind(new(portfacts.PackageExtractor), new(*facts.Extractor)),
	wire.Struct(new(appcodeanalyzer.Deps), "Facts", "Clock"),
)

// CodeAnalyzerKit returns the kit of the code analyzer.
func CodeAnalyzerKit(k *kit.Kit) *kit.Service { return k.Service(codeanalyzer.ID) }

// CodeAnalyzerMenu returns the filled and decorated menu.
func CodeAnalyzerMenu(s *kit.Service, deps appcodeanalyzer.Deps) (*codeanalyzer.UseCases, error) {
	menu := new(codeanalyzer.UseCases)
	appcodeanalyzer.Fill(menu, deps)
	return menu, Decorate(s, menu, codeanalyzer.Operations(menu))
}

// NewCodeAnalyzerParts returns the menu with the service that offers it. It is
// healthy while a sample of each language is understood.
func NewCodeAnalyzerParts(s *kit.Service, menu *codeanalyzer.UseCases, extractor portfacts.PackageExtractor) (CodeAnalyzerParts, error) {
	probes := map[string]func(context.Context) error{"analysis": func(ctx context.Context) error {
		if understood := languages(ctx, extractor); len(understood) < len(samples) && ctx.Err() == nil {
			return domain.Internal.New("Only these languages are understood: " + strings.Join(understood, ", ") + "; report it.")
		}
		return nil
	}}
	monitor := NewMonitor(s, "", probes, func() map[string]any {
		understood := languages(context.Background(), extractor)
		return map[string]any{"analysis_ready": len(understood) == len(samples), "languages": understood}
	})
	server, err := NewServer(s, codeanalyzer.Operations(menu), monitor)
	if err != nil {
		return CodeAnalyzerParts{}, err
	}
	return CodeAnalyzerParts{Menu: menu, Service: NewService(s, server, nil, monitor.Run)}, nil
}

// samples are files that declare one endpoint each, by language. Never written.
var samples = []struct{ language, path, content string }{
	{"go", "a.go", "package a\n\nfunc f() { http.HandleFunc(\"/a\", g) }\n"},
	{"java", "A.java", "class A {\n  @GetMapping(\"/a\")\n  String a() { return \"\"; }\n}\n"},
	{"javascript", "a.js", "app.get('/a', (req, res) => res.send());\n"},
	{"python", "a.py", "@app.get('/a')\ndef a(): ...\n"},
	{"typescript", "a.ts", "app.get('/a', (req: Request, res: Response) => res.send());\n"},
}

// languages tells the languages whose sample is understood.
func languages(ctx context.Context, extractor portfacts.Extractor) []string {
	understood := []string{}
	for _, s := range samples {
		found, err := extractor.Extract(ctx, s.path, []byte(s.content))
		if err == nil && slices.ContainsFunc(found, func(f code.Fact) bool { return f.Kind == code.Endpoint }) {
			understood = append(understood, s.language)
		}
	}
	return understood
}
