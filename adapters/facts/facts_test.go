package facts_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/docsteward/docsteward/adapters/facts"
	"github.com/docsteward/docsteward/domain/code"
	port "github.com/docsteward/docsteward/ports/facts"
	"github.com/docsteward/docsteward/ports/porttest"
)

func ExampleExtractor_Extract() {
	source := "package main\n\nimport (\n\t\"flag\"\n\t\"os\"\n)\n\nvar port = flag.Int(\"port\", 8080, \"Where to listen.\")\nvar token = os.Getenv(\"API_TOKEN\")\n"
	found, err := facts.New().Extract(context.Background(), "cmd/main.go", []byte(source))
	for _, f := range found {
		fmt.Println(f.Line, porttest.FactText(f))
	}
	fmt.Println(err)
	// Output:
	// 8 symbol port
	// 8 port 8080
	// 8 flag port=8080
	// 9 symbol token
	// 9 variable API_TOKEN
	// <nil>
}

func ExampleExtractor_ExtractPackage() {
	found, _ := facts.New().ExtractPackage(context.Background(), []port.File{
		{Path: "names.go", Content: []byte("package main\n\nconst portFlag = \"port\"\n")},
		{Path: "main.go", Content: []byte("package main\n\nimport \"flag\"\n\nfunc main() { flag.Int(portFlag, 80, \"Port.\") }\n")},
	})
	for _, f := range found {
		if f.Kind == code.Flag {
			fmt.Println(f.Path, f.Name, f.Value)
		}
	}
	// Output: main.go port 80
}

func samples() []porttest.FactsSample {
	return []porttest.FactsSample{
		{Path: "a/main.go", Comment: "//", Source: "package main\n\nimport (\n\t\"flag\"\n\t\"os\"\n)\n\nfunc main() {\n\tflag.String(\"dir\", \".\", \"Where.\")\n\tos.Getenv(\"A_B\")\n}\n",
			Facts: []string{"symbol main", "flag dir=.", "variable A_B"}},
		{Path: "go.mod", Comment: "//", Source: "module a\n\ngo 1.26\n\nrequire (\n\tgithub.com/b/c v1.2.3 // indirect\n\tx.org/d v0.1.0\n)\n\nrequire x.org/e v1.0.0\n",
			Facts: []string{"version go=1.26", "version github.com/b/c=v1.2.3", "version x.org/e=v1.0.0"}},
		{Path: "a/app.py", Comment: "#", Source: "import os\n\nclass A:\n    def b(self):\n        return os.getenv('A_B', 'c')\n", Facts: []string{"symbol A", "symbol A.b", "variable A_B=c"}},
		{Path: "a/app.ts", Comment: "//", Source: "export class A {\n  run(): void {}\n}\nconst port = process.env.PORT || '3000';\napp.get('/a/:id', handler);\n",
			Facts: []string{"symbol A", "symbol A.run", "variable PORT=3000", "port 3000", "endpoint GET /a/{}"}},
		{Path: "A.java", Comment: "//", Source: "package a.b;\n\n@RequestMapping(\"/api\")\npublic class A {\n  @Value(\"${a.b:7}\") int b;\n\n  @GetMapping(\"/x/{id}\")\n  public String get() { return System.getenv(\"A_B\"); }\n}\n",
			Facts: []string{"symbol A", "symbol A.get", "key a.b=7", "endpoint GET /api/x/{}", "variable A_B"}},
		{Path: "run.sh", Comment: "#", Source: "#!/bin/sh\nexport A_B=c\nstart() {\n  case \"$1\" in\n    -p|--port) PORT=${PORT:-80} ;;\n  esac\n}\n",
			Facts: []string{"symbol start", "flag port", "flag p", "variable PORT=80", "variable A_B=c"}},
		{Path: "conf.yaml", Comment: "#", Source: "server:\n  port: 8080\n  hosts: [a, b]\nname: x\n", Facts: []string{"key server.port=8080", "port 8080", "key server.hosts=a,b", "key name=x", "key server"}},
		{Path: "conf.json", Source: "{\"server\": {\"port\": 8080},\n \"name\": \"x\"}\n", Facts: []string{"key server.port=8080", "key name=x"}},
		{Path: "conf.toml", Comment: "#", Source: "name = \"x\" # why\n\n[server]\nport = 8080\nhosts = [\n  \"a\", # first\n  \"b\",\n]\n", Facts: []string{"key name=x", "key server.port=8080", "key server.hosts=a,b"}},
		{Path: "app.properties", Comment: "#", Source: "server.port=8080\n# no\nurl: ${DB_URL:jdbc}\n", Facts: []string{"key server.port=8080", "port 8080", "key url", "variable DB_URL=jdbc"}},
		{Path: ".env.example", Comment: "#", Source: "A_B=\"c d\"\nexport PORT=80\n", Facts: []string{"variable A_B=c d", "variable PORT=80", "port 80"}},
		{Path: "Dockerfile", Comment: "#", Source: "FROM golang:1.26 AS build\nARG V=1\nENV A=b C=\"d e\"\nEXPOSE 80/tcp 443\nENTRYPOINT [\"/app\", \\\n  \"--config=x\"]\n",
			Facts: []string{"version golang=1.26", "variable V=1", "variable C=d e", "port 443", "~flag config"}},
		{Path: "Makefile", Comment: "#", Source: "BIN ?= app\nall: build test\nbuild test:\n\tgo build --race\n.PHONY: all\n", Facts: []string{"variable BIN=app", "target all", "target test", "~flag race"}},
		{Path: "api.yaml", Comment: "#", Source: "openapi: 3.0.0\ninfo: {title: T, version: 1.2.0}\nservers:\n  - url: http://localhost:8080/v1\npaths:\n  /a/{id}:\n    get: {}\n",
			Facts: []string{"version T=1.2.0", "port 8080", "endpoint GET /a/{}", "endpoint GET /v1/a/{}"}},
	}
}

func TestConformance(t *testing.T) { porttest.Facts(t, facts.New(), samples()...) }

func TestPackageConformance(t *testing.T) {
	porttest.PackageFacts(t, facts.New(), []port.File{
		{Path: "b.go", Content: []byte("package a\n\nimport \"flag\"\n\nvar p = flag.String(name, value, \"usage\")\n")},
		{Path: "a.go", Content: []byte("package a\n\nconst (\n\tname = \"the-name\"\n\tvalue = prefix + \"/b\"\n\tprefix = \"a\"\n)\n")},
		{Path: "a_test.go", Content: []byte("package a_test\n\nconst name = \"other\"\n")},
		{Path: "Makefile", Content: []byte("all:\n")},
	}, "b.go: flag the-name=a/b", "a.go: symbol prefix", "a_test.go: ~symbol name", "Makefile: target all")
}

func TestReads(t *testing.T) {
	for path, want := range map[string]bool{
		"a/b.go": true, "vendor/a/b.go": false, "web/node_modules/x/index.js": false, "third_party/a.py": false, "app.min.js": false,
		"package.json": true, "package-lock.json": false, "deploy/Dockerfile.dev": true, ".env": true, ".env.local": true, "README.md": false, "inventory/a.go": true,
	} {
		if got := facts.New().Reads(path); got != want {
			t.Errorf("%s: got %v", path, got)
		}
	}
}

func TestWhatNobodyWroteIsQuickAndSilent(t *testing.T) {
	var lines, plain strings.Builder
	lines.WriteString("// Code generated by tool. DO NOT EDIT.\npackage a\n")
	plain.WriteString("package a\n")
	for i := range 100_000 {
		fmt.Fprintf(&lines, "const Name%d = \"--value-%d\"\n", i, i)
		fmt.Fprintf(&plain, "const Name%d = %d\n", i, i)
	}
	bomb := "a: &a [x,x,x,x,x,x,x,x,x]\n"
	for c := 'b'; c <= 'k'; c++ {
		bomb += fmt.Sprintf("%c: &%c [*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c]\n", c, c, c-1, c-1, c-1, c-1, c-1, c-1, c-1, c-1, c-1)
	}
	for _, c := range []struct {
		path, source string
		most         int
	}{
		{"a.go", lines.String(), 0},
		{"long.go", plain.String(), 100_000},
		{"a.js", strings.Repeat("function a(b){return process.env.A_B||c.get('/x',d)};", 20_000), 0},
		{"bomb.yaml", bomb, 1000},
		{"deep.json", strings.Repeat("[\n", 100_000), 10},
		{"deep.yaml", strings.Repeat("{a:\n ", 9_000), 10_000},
		{"deep.py", strings.Repeat("getenv(\n", 100_000), 10},
		{"deep.ts", strings.Repeat("app.get('/a',\n", 30_000), 30_001},
		{"big.json", "[" + strings.Repeat("\"A_B\",\n", 500_000) + "1]", 100},
		{"broken.go", "package a\nfunc (" + strings.Repeat("{ if x := \n", 10_000), 10_000},
		{"deep.java", strings.Repeat("class A { @Get(\n", 50_000), 50_001},
		{"deep.toml", strings.Repeat("a = [\n", 50_000), 10},
		{"deep.go", "package a\nvar x = " + strings.Repeat("f.Get(\n", 3_000), 10},
	} {
		start := time.Now()
		found, err := facts.New().Extract(context.Background(), c.path, []byte(c.source))
		took := time.Since(start)
		if err != nil || len(found) > c.most {
			t.Errorf("%s: %d facts, %v", c.path, len(found), err)
		}
		if took > 10*time.Second && !testing.Short() {
			t.Errorf("%s took %v", c.path, took)
		}
		t.Logf("%s: %d bytes, %d facts in %v", c.path, len(c.source), len(found), took)
	}
}

func FuzzExtract(f *testing.F) {
	for _, s := range samples() {
		f.Add(s.Path, s.Source)
	}
	extractor := facts.New()
	f.Fuzz(func(t *testing.T, path, source string) {
		found, err := extractor.Extract(context.Background(), path, []byte(source))
		if err != nil {
			t.Skipf("%v", err)
		}
		porttest.CheckFacts(t, path, source, found)
	})
}
