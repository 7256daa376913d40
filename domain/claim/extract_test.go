package claim_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/docsteward/docsteward/domain/claim"
	"github.com/docsteward/docsteward/domain/code"
	"github.com/docsteward/docsteward/domain/document"
)

// block is a shorthand for trees: the first occurrence of text in content, with
// inline nodes made of what stands between backquotes.
func block(content string, kind document.Kind, text string) *document.Block {
	start := strings.Index(content, text)
	if start < 0 {
		panic("the content lacks " + text)
	}
	b := &document.Block{Kind: kind, Start: start, End: start + len(text)}
	if kind == document.KindCode {
		b.Children = []*document.Block{{Kind: document.KindText, Start: start, End: start + len(text)}}
		return b
	}
	inside, from := false, start
	for i := start; i <= b.End; i++ {
		if i < b.End && content[i] != '`' {
			continue
		}
		switch {
		case inside:
			span := &document.Block{Kind: document.KindCodeSpan, Start: from - 1, End: min(i+1, b.End)}
			span.Children = []*document.Block{{Kind: document.KindText, Start: from, End: i}}
			b.Children = append(b.Children, span)
		case i > from:
			b.Children = append(b.Children, &document.Block{Kind: document.KindText, Start: from, End: i})
		}
		inside, from = !inside, i+1
	}
	return b
}

func page(content string, blocks ...*document.Block) *document.Tree {
	return &document.Tree{Format: document.FormatMarkdown, Root: &document.Block{Kind: document.KindDocument, End: len(content), Children: blocks}}
}

func paragraph(content string) *document.Tree {
	return page(content, block(content, document.KindParagraph, content))
}

func codeBlock(language, content string) *document.Tree {
	b := block(content, document.KindCode, content)
	b.Language = language
	return page(content, b)
}

// said spells a claim shortly: kind name, =value where one is stated, @program.
func said(c claim.Claim) string {
	text := c.Kind.String() + " " + c.Name
	if c.HasValue {
		text += "=" + c.Value
	}
	if c.Command != "" {
		text += " @" + c.Command
	}
	if c.Reason != "" {
		text = "not " + text
	}
	return text
}

func extract(content string, tree *document.Tree) []string {
	var all []string
	for _, c := range claim.Extract([]byte(content), tree) {
		all = append(all, said(c))
	}
	return all
}

func TestExtractFromProse(t *testing.T) {
	for _, test := range []struct {
		text string
		want []string
	}{
		{"Use `--storage.tsdb.path` (default `1h`).", []string{"flag storage.tsdb.path=1h"}},
		{"Set `--timeout`. Defaults to `5m`.", []string{"flag timeout=5m"}},
		{"Set `--a.b` and `--c.d`, default `5m`.", []string{"flag a.b", "flag c.d"}},
		{"The `ETCD_NAME` variable, `$ETCD_DATA_DIR` and `${ETCD_X_Y:-d}`.", []string{"variable ETCD_NAME", "variable ETCD_DATA_DIR", "variable ETCD_X_Y"}},
		{"It listens on port 9095 and `:9099`.", []string{"port 9095", "port 9099"}},
		{"Call `GET /api/v1/users/:id` or `/api/v1/query`.", []string{"endpoint GET /api/v1/users/{}", "endpoint * /api/v1/query"}},
		{"See http://localhost:9095/api/v1/query for more.", []string{"port 9095", "endpoint * /api/v1/query"}},
		{"See https://github.com/a/b:80/x for more.", nil},
		{"Look at `cmd/server/main.go` and `docs/`.", []string{"file cmd/server/main.go", "file docs"}},
		{"Call `viper.SetDefault()`, `(*T).Do()` or `Client.Get`.", []string{"symbol viper.SetDefault", "symbol T.Do", "symbol Client.Get"}},
		{"The key `server.read_timeout` counts.", []string{"key server.read_timeout"}},
		{"Requires Go 1.22 or later.", []string{"version go=1.22"}},
		{"Written in Go 1.22 once.", nil},
		{"Since Go 1.25, nothing is required.", nil},
		{"Run `make test`.", []string{"target test"}},
		{"Run `promtool check config --lint=all`.", []string{"command promtool check config @promtool", "flag lint @promtool"}},
		{"The flag `--old.way` was removed.", []string{"not flag old.way"}},
		{"Use `--new.way` instead of `--old.way`. Use `--other.way`.", []string{"not flag new.way", "not flag old.way", "flag other.way"}},
		{"Pass `--your-flag`, see `$HOME` and port 5432.", []string{"not flag your-flag", "not variable HOME", "not port 5432"}},
		{"`/etc/app/config.yaml` and `application/json`.", []string{"not endpoint * /etc/app/config.yaml"}},
		{"Bare words like `foo` and and/or say nothing.", nil},
	} {
		if got := extract(test.text, paragraph(test.text)); !slices.Equal(got, test.want) {
			t.Errorf("%q says\n%q, want\n%q", test.text, got, test.want)
		}
	}
}

func TestExtractFromCode(t *testing.T) {
	for _, test := range []struct {
		language, text string
		want           []string
	}{
		{"sh", "sudo ETCD_NAME=x etcd --data-dir=/x \\\n  --listen-peer-urls http://a # --no", []string{"variable ETCD_NAME @etcd", "flag data-dir @etcd", "flag listen-peer-urls @etcd"}},
		{"console", "$ app serve --port 80\nlistening --not-this\n$ curl -X POST http://localhost:8099/v1/x?q=1", []string{
			"command app serve @app", "flag port @app", "not flag X @curl", "port 8099", "endpoint POST /v1/x"}},
		{"bash", "docker run -d -p 9095:9090 -e APP_MODE=x prom/prometheus:v3 --config.file=x", []string{
			"not flag d @docker", "not flag p @docker", "port 9090 @prometheus", "not flag e @docker", "variable APP_MODE @prometheus", "flag config.file @prometheus"}},
		{"bash", "go run ./cmd/server --addr :80", []string{"file cmd/server", "flag addr @server"}},
		{"", "usage: app [<flags>]\n\n  -c, --config.file=\"x\"  Path (default \"app.yml\").\n      --level  Level [$APP_LOG_LEVEL]\n", []string{
			"flag config.file=\"app.yml\" @app", "flag level @app", "variable APP_LOG_LEVEL @app"}},
		{"yaml", "server:\n  port: 80\n  list:\n    - name: a\nAPP_MODE: x", []string{"key server", "key server.port", "key server.list", "variable APP_MODE"}},
		{"yaml", "apiVersion: v1\nkind: Pod", []string{"not key apiVersion", "not key kind"}},
		{"yaml", "[ scrape_interval: <duration> | default = 1m ]", []string{"key scrape_interval=1m"}},
		{"toml", "[server]\nport = 80", []string{"key server.port"}},
		{"go", "import \"github.com/spf13/viper\"\nfunc main() {\n c := viper.New()\n viper.SetDefault(\"a.B\", 1)\n c.Get() // viper.Not\n}", []string{"symbol viper.New", "symbol viper.SetDefault"}},
		{"sh", "APP_VERSION=v1\ncurl http://a.org/$APP_VERSION", []string{"not variable APP_VERSION", "not variable APP_VERSION"}},
		{"python", "os.environ['X_Y']", nil},
	} {
		got := extract(test.text, codeBlock(test.language, test.text))
		got = slices.DeleteFunc(got, func(s string) bool { return s == "key server.list.name" })
		if !slices.Equal(got, test.want) {
			t.Errorf("%s %q says\n%q, want\n%q", test.language, test.text, got, test.want)
		}
	}
}

func TestExtractGivesTheExactBytes(t *testing.T) {
	text := "Use `--a.flag=5` with `${APP_NAME:-x}` on localhost, port 9095; see `./cmd/x.go`."
	for _, c := range claim.Extract([]byte(text), paragraph(text)) {
		if text[c.Start:c.End] != c.Written {
			t.Errorf("bytes %d to %d are %q, and the claim says %q", c.Start, c.End, text[c.Start:c.End], c.Written)
		}
		if code.NormalName(c.Kind, c.Written) != c.Name {
			t.Errorf("%q is spelled %q", c.Written, c.Name)
		}
	}
}

func TestExtractKnowsTheSection(t *testing.T) {
	text := "Manual\nUse `--a.b`.\nDeprecated flags\nUse `--c.d`."
	first, second := block(text, document.KindHeading, "Manual"), block(text, document.KindHeading, "Deprecated flags")
	first.Level, second.Level = 1, 2
	tree := page(text, first, block(text, document.KindParagraph, "Use `--a.b`."), second, block(text, document.KindParagraph, "Use `--c.d`."))
	claims := claim.Extract([]byte(text), tree)
	if len(claims) != 2 {
		t.Fatalf("got %d claims, want 2", len(claims))
	}
	if claims[0].Reason != "" || claims[0].Section[0] != "Manual" {
		t.Errorf("the first claim is %+v", claims[0])
	}
	if claims[1].Reason == "" || !slices.Equal(claims[1].Section, []string{"Manual", "Deprecated flags"}) {
		t.Errorf("the second claim is %+v", claims[1])
	}
}

func TestExtractTakesTheDefaultOfItsColumn(t *testing.T) {
	text := "| Flag | Default |\n| `--x.y` | 5m |"
	row := func(header bool, cells ...string) *document.Block {
		r := block(text, document.KindRow, cells[0])
		r.Children = nil
		for _, cell := range cells {
			r.Children = append(r.Children, block(text, document.KindCell, cell))
		}
		if header {
			r.Flags = document.FlagHeader
		}
		return r
	}
	table := block(text, document.KindTable, text)
	table.Children = []*document.Block{row(true, "Flag", "Default"), row(false, "`--x.y`", "5m")}
	if got := extract(text, page(text, table)); !slices.Equal(got, []string{"flag x.y=5m"}) {
		t.Errorf("the table says %q", got)
	}
}

func FuzzExtract(f *testing.F) {
	for _, seed := range []string{"`--a.b` default `5`", "$ app x --y=\"z\n", "<<EOF\n--x", "a: |\n  b: c", "[ x: <y> | default = ]", "`$X_Y${A_B:-c}`", "import \"a/b\"\nb.C", "docker run -p", "GET /{", "http://localhost:/"} {
		f.Add(seed, "sh")
		f.Add(seed, "yaml")
		f.Add(seed, "")
		f.Add(seed, "go")
		f.Add(seed, "toml")
	}
	index := code.NewIndex([]code.Fact{{Kind: code.Flag, Name: "a.b", Value: "5", HasValue: true}, {Kind: code.Endpoint, Name: "GET /x/{}"}, {Kind: code.Command, Name: "app x"}})
	f.Fuzz(func(t *testing.T, text, language string) {
		if text == "" {
			return
		}
		for _, tree := range []*document.Tree{paragraph(text), codeBlock(language, text)} {
			claims := claim.Extract([]byte(text), tree)
			for _, c := range claims {
				if c.Start < 0 || c.End > len(text) || c.Start >= c.End || text[c.Start:c.End] != c.Written {
					t.Fatalf("claim %+v lies outside of its text", c)
				}
			}
			if got := claim.Judge(index, claims, claim.Options{}); len(got) != len(claims) {
				t.Fatalf("%d verdicts on %d claims", len(got), len(claims))
			}
		}
	})
}

func ExampleExtract() {
	content := "Start it with `app --listen :8080`; `--retention` (default `15d`) says how long."
	for _, c := range claim.Extract([]byte(content), paragraph(content)) {
		fmt.Println(c.Kind, c.Name, c.Value, c.Command)
	}
	// Output:
	// flag listen  app
	// flag retention 15d
}
