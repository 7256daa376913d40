package codeanalyzer_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/docsteward/docsteward/adapters/facts"
	app "github.com/docsteward/docsteward/application/codeanalyzer"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/clock/clocktest"
	"github.com/docsteward/docsteward/ports/codeanalyzer"
	"github.com/docsteward/docsteward/ports/usecase"
)

const mixed = `from fastapi import FastAPI
@app.get("/api/users/{user_id}")
async def user(user_id: int): ...
@app.route("/health", methods=["GET"])
def health(): ...
app.post('/webhooks/github', (req, res) => res.send());
router.post("/auth/login", login);
`

func newMenu() *codeanalyzer.UseCases {
	menu := new(codeanalyzer.UseCases)
	app.Fill(menu, app.Deps{Facts: facts.New(), Clock: clocktest.New()})
	return menu
}

func run[C, R any](t *testing.T, u usecase.UseCase[C, R], command C) R {
	t.Helper()
	value, err := u.Execute(t.Context(), command).Unwrap()
	if err != nil {
		t.Fatal(err)
	}
	return value
}

func TestText(t *testing.T) {
	menu := newMenu()
	cases := map[string]struct {
		command codeanalyzer.AnalyzeText
		want    []string
	}{
		"two FastAPI routes":         {codeanalyzer.AnalyzeText{Content: new("@app.get('/a')\ndef a(): ...\n\n@app.post('/b/{id}')\ndef b(id): ...\n")}, []string{"/a", "/b/{id}"}},
		"nothing":                    {codeanalyzer.AnalyzeText{Content: new("")}, nil},
		"not quite a text":           {codeanalyzer.AnalyzeText{Content: new("@app.get('/a')\x00"), Path: new("a.py")}, []string{"/a"}},
		"mixed":                      {codeanalyzer.AnalyzeText{Content: new(mixed)}, []string{"/api/users/{user_id}", "/auth/login", "/health", "/webhooks/github"}},
		"a language":                 {codeanalyzer.AnalyzeText{Content: new("# see /docs\n@router.get('/users/{user_id}')\ndef user(user_id): ...\n"), Language: new(" Python ")}, []string{"/users/{user_id}"}},
		"a path":                     {codeanalyzer.AnalyzeText{Content: new("package a\n\n// like /docs\nfunc f() { http.HandleFunc(\"GET /users/{id}\", g) }\n"), Path: new("a/a.go")}, []string{"/users/{id}"}},
		"a prefix":                   {codeanalyzer.AnalyzeText{Content: new("router = APIRouter(prefix=\"/api\")\n@router.get('/users/{user_id}')\ndef user(user_id): ...\n"), Path: new("a.py")}, []string{"/api/users/{user_id}"}},
		"a known language, no route": {codeanalyzer.AnalyzeText{Content: new("# see /docs\nx = '/etc/passwd'\n"), Path: new("a.py")}, nil},
		"mixed in a language":        {codeanalyzer.AnalyzeText{Content: new(mixed), Language: new("python")}, []string{"/api/users/{user_id}", "/auth/login", "/health", "/webhooks/github"}},
		"a comment":                  {codeanalyzer.AnalyzeText{Content: new("// router.get('/old')\nrouter.get('/new')\n"), Path: new("a.js")}, []string{"/new"}},
		"an unknown path":            {codeanalyzer.AnalyzeText{Content: new("Call /ping-me/now, then /done."), Path: new("notes")}, []string{"/done", "/ping-me/now"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			got := run(t, &menu.AnalyzeText, c.command)
			want := strings.Join(c.want, "\n")
			if want == "" {
				want = "(no endpoints)"
			}
			d := got.Document
			if d.Content != want || d.Title != "Code Analysis" || d.SourceType != "code" || got.VersionTag != "v1" || !strings.HasPrefix(d.ID, "code:text:") {
				t.Errorf("got %+v, want %q", got, want)
			}
			if len(d.Metadata.Endpoints) != len(c.want) || d.Metadata.StyleExamplesUsed != nil || d.Metadata.FilesAnalyzed != nil {
				t.Errorf("metadata is %+v", d.Metadata)
			}
		})
	}
}

func TestEndpointsHavePlaceAndEvidence(t *testing.T) {
	menu := newMenu()
	got := run(t, &menu.AnalyzeFiles, codeanalyzer.AnalyzeFiles{Files: []codeanalyzer.SourceFile{
		{Path: "b.py", Content: new("\n@app.post('/login')\ndef login(): ...\n")},
		{Path: "notes", Content: new("@app.get('/ping')\nrouter.put('/x/:id', f)\nsee /more\n")},
	}})
	want := []codeanalyzer.Endpoint{
		{Method: "POST", Path: "/login", File: "b.py", Line: 2, Evidence: "code"},
		{Method: "*", Path: "/more", File: "notes", Line: 3, Evidence: "text"},
		{Method: "GET", Path: "/ping", File: "notes", Line: 1, Evidence: "decorator"},
		{Method: "PUT", Path: "/x/:id", File: "notes", Line: 2, Evidence: "call"},
	}
	if !slices.Equal(got.Document.Metadata.Endpoints, want) {
		t.Errorf("got %+v", got.Document.Metadata.Endpoints)
	}
}

func TestFiles(t *testing.T) {
	menu := newMenu()
	for _, language := range []string{"", "python"} {
		for _, paths := range [][]string{{"a.py", "b.js"}, {"one", "two"}} {
			got := run(t, &menu.AnalyzeFiles, codeanalyzer.AnalyzeFiles{Repo: new("r"), Language: &language, Files: []codeanalyzer.SourceFile{
				{Path: paths[0], Content: new("@app.get('/ping')")}, {Path: paths[1], Content: new("router.post('/login')")},
			}}).Document
			if got.Content != "/login\n/ping" || got.Title != "Code Analysis (files)" || *got.Metadata.FilesAnalyzed != 2 || !slices.Equal(got.Metadata.SourceLink.Files, paths) {
				t.Errorf("%q %v: got %+v", language, paths, got)
			}
		}
	}
	none := run(t, &menu.AnalyzeFiles, codeanalyzer.AnalyzeFiles{Files: []codeanalyzer.SourceFile{}}).Document
	if none.Content != "(no endpoints)" || *none.Metadata.FilesAnalyzed != 0 || none.Metadata.SourceLink.Files == nil {
		t.Errorf("of no files: %+v", none)
	}
	many := make([]codeanalyzer.SourceFile, codeanalyzer.MaxFiles+1)
	if err := menu.AnalyzeFiles.Execute(t.Context(), codeanalyzer.AnalyzeFiles{Files: many}).Err(); domain.FaultOf(err).Kind != domain.TooLarge {
		t.Errorf("too many files: %v", err)
	}
}

func TestPatch(t *testing.T) {
	menu := newMenu()
	cases := map[string]struct {
		command codeanalyzer.AnalyzePatch
		want    string
	}{
		"bare lines":     {codeanalyzer.AnalyzePatch{Patch: new("+@app.get(\"/products\")\n+def f(): ...\n+@app.get(\"/users/{user_id}\")\n")}, "/products\n/users/{user_id}"},
		"with files":     {codeanalyzer.AnalyzePatch{Patch: new("--- a/m.py\n+++ b/m.py\n@@ -1,2 +10,3 @@\n x\n+@app.get(\"/products\")\n+def f(): ...\n")}, "/products"},
		"a piece of Go":  {codeanalyzer.AnalyzePatch{Patch: new("--- a/m.go\n+++ b/m.go\n@@ -1,2 +10,3 @@\n x\n+\tmux.HandleFunc(\"/products\", list)\n")}, "/products"},
		"deletions only": {codeanalyzer.AnalyzePatch{Patch: new("--- a/m.py\n+++ b/m.py\n@@ -1,2 +1,0 @@\n-@app.get('/x')\n")}, "(no endpoints)"},
		"indented":       {codeanalyzer.AnalyzePatch{Patch: new("  +@app.get('/x')\n")}, "(no endpoints)"},
		"nothing":        {codeanalyzer.AnalyzePatch{Patch: new("")}, "(no endpoints)"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			got := run(t, &menu.AnalyzePatch, c.command).Document
			if got.Content != c.want || got.Title != "Code Analysis (patch)" || !strings.HasPrefix(got.ID, "code:patch:") {
				t.Errorf("got %+v, want %q", got, c.want)
			}
		})
	}
	got := run(t, &menu.AnalyzePatch, cases["with files"].command).Document.Metadata
	if len(got.Endpoints) != 1 || got.Endpoints[0].Line != 11 || got.Endpoints[0].File != "m.py" || !slices.Equal(got.SourceLink.Files, []string{"m.py"}) {
		t.Errorf("the place is %+v", got)
	}
}

func TestTheAnswerRepeatsWhatWasGiven(t *testing.T) {
	menu := newMenu()
	examples := []map[string]any{{"language": "python", "snippet": "x = 1"}}
	for _, id := range []string{"one", "two"} {
		answers := []codeanalyzer.Envelope{
			run(t, &menu.AnalyzeText, codeanalyzer.AnalyzeText{Content: new(""), CorrelationID: &id, StyleExamples: &examples}),
			run(t, &menu.AnalyzeFiles, codeanalyzer.AnalyzeFiles{CorrelationID: &id, StyleExamples: &examples}),
			run(t, &menu.AnalyzePatch, codeanalyzer.AnalyzePatch{Patch: new(""), CorrelationID: &id, StyleExamples: &examples}),
		}
		for _, a := range answers {
			if a.CorrelationID != id || a.Document.CorrelationID != id || len(a.Document.Metadata.StyleExamplesUsed) != 1 {
				t.Errorf("got %+v", a)
			}
			if !a.Timestamp.Equal(clocktest.New().Now()) || a.Timestamp.Location() != time.UTC || a.ID != a.Document.ID || a.ContentHash != a.Document.ContentHash {
				t.Errorf("got %+v", a)
			}
		}
	}
	ctx := usecase.WithMeta(t.Context(), usecase.Meta{Correlation: "of the call"})
	value, err := menu.AnalyzeText.Execute(ctx, codeanalyzer.AnalyzeText{Content: new("")}).Unwrap()
	if err != nil || value.CorrelationID != "of the call" {
		t.Errorf("got %+v, %v", value, err)
	}
}

// Sources with the same endpoints are different documents.
func TestAnIDIsThatOfTheSource(t *testing.T) {
	menu := newMenu()
	id := func(content, repo, path string) string {
		return run(t, &menu.AnalyzeText, codeanalyzer.AnalyzeText{Content: &content, Repo: &repo, Path: &path}).ID
	}
	ids := []string{id("see /a", "r", "p"), id("and /a", "r", "p"), id("see /a", "s", "p"), id("see /a", "r", "q"), id("see /a", "rp", "")}
	slices.Sort(ids)
	if again := id("see /a", "r", "p"); len(slices.Compact(ids)) != 5 || !slices.Contains(ids, again) {
		t.Errorf("ids are %v", ids)
	}
}

func TestACancelledAnalysisIsATimeout(t *testing.T) {
	menu := newMenu()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	err := menu.AnalyzeText.Execute(ctx, codeanalyzer.AnalyzeText{Content: new("x"), Path: new("a.py")}).Err()
	if domain.FaultOf(err).Kind != domain.Timeout {
		t.Errorf("got %v", err)
	}
}

func TestFacts(t *testing.T) {
	menu := newMenu()
	files := []codeanalyzer.SourceFile{
		{Path: "b/b.go", Content: new("package b\n\nfunc F() { os.Getenv(name) }\n")},
		{Path: "a.py", Content: new("@app.get('/a')\ndef a(): ...\n")},
		{Path: "b/a.go", Content: new("package b\n\nconst name = \"MY_NAME\"\n")},
		{Path: "b/a.go", Content: new("package b\n\nfunc Twice() {}\n")},
		{Path: "bad.py", Content: new("\x00")},
	}
	got := run(t, &menu.ExtractFacts, codeanalyzer.ExtractFacts{Files: files})
	var lines []string
	total := 0
	for _, f := range got.Facts {
		lines = append(lines, fmt.Sprintf("%s:%d %s %s", f.Path, f.Line, f.Kind, f.Name))
	}
	for _, n := range got.Counts {
		total += n
	}
	for _, want := range []string{"a.py:1 endpoint GET /a", "b/b.go:3 variable MY_NAME", "b/a.go:3 symbol Twice"} {
		if !slices.Contains(lines, want) {
			t.Errorf("no %q in %q", want, lines)
		}
	}
	if total != len(got.Facts) || got.Counts["endpoint"] != 1 {
		t.Errorf("counts are %v of %d", got.Counts, len(got.Facts))
	}
}

func ExampleFill() {
	menu := new(codeanalyzer.UseCases)
	app.Fill(menu, app.Deps{Facts: facts.New(), Clock: clocktest.New()})
	text := "router = APIRouter(prefix='/api')\n\n@router.get('/users/{user_id}')\ndef read(user_id): ...\n"
	analysis, err := menu.AnalyzeText.Execute(context.Background(), codeanalyzer.AnalyzeText{Content: &text, Path: new("users.py")}).Unwrap()
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, e := range analysis.Document.Metadata.Endpoints {
		fmt.Println(e.Method, e.Path, e.File, e.Line)
	}
	// Output: GET /api/users/{user_id} users.py 3
}
