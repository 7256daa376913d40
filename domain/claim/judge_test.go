package claim_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain/claim"
	"github.com/docsteward/docsteward/domain/code"
)

func fact(kind code.Kind, name string, value ...string) code.Fact {
	f := code.Fact{Kind: kind, Name: name, Path: "cmd/app/main.go", Line: 7}
	if len(value) > 0 {
		f.Value, f.HasValue = value[0], true
	}
	return f
}

func facts() []code.Fact {
	return []code.Fact{
		fact(code.Flag, "storage.path", "data/"), fact(code.Flag, "storage.retention.time", "15d"), fact(code.Flag, "storage.compress", "true"),
		fact(code.Flag, "web.listen", ":9095"), fact(code.Flag, "web.timeout", "5m"), fact(code.Flag, "log.level"),
		fact(code.Variable, "APP_NAME"), fact(code.Variable, "APP_MODE"), fact(code.Variable, "APP_TOKEN"), fact(code.Variable, "APP_DEBUG"), fact(code.Variable, "APP_ROOT"),
		fact(code.Port, "9095"),
		fact(code.Endpoint, "GET /api/v1/query"), fact(code.Endpoint, "POST /api/v1/series"), fact(code.Endpoint, "GET /api/v1/label/{}/values"),
		fact(code.File, "cmd/app/main.go"), fact(code.File, "cmd/app/serve.go"), fact(code.File, "cmd/app/check.go"), fact(code.File, "internal/store/store.go"), fact(code.File, "internal/store/write.go"),
		{Kind: code.Symbol, Name: "Open", Scope: "store", Path: "internal/store/store.go"}, {Kind: code.Symbol, Name: "Store.Write", Scope: "store", Path: "internal/store/store.go"}, {Kind: code.Symbol, Name: "Store", Scope: "store", Path: "internal/store/store.go"},
		fact(code.Target, "test"), fact(code.Target, "build"), fact(code.Target, "lint"),
		fact(code.Command, "app serve"), fact(code.Command, "app check"), fact(code.Command, "app check rules"),
		fact(code.Version, "go", "1.26.0"),
	}
}

// verdicts judges what the text says, found by what is written.
func verdicts(t *testing.T, language, text string, options claim.Options) map[string]claim.Verdict {
	t.Helper()
	tree := paragraph(text)
	if language != "" {
		tree = codeBlock(language, text)
	}
	found := map[string]claim.Verdict{}
	for _, v := range claim.Judge(code.NewIndex(facts()), claim.Extract([]byte(text), tree), options) {
		if v.Reason == "" {
			t.Errorf("%s: the verdict on %s has no reason", text, v.Claim.Written)
		}
		found[v.Claim.Written] = v
	}
	return found
}

func TestJudge(t *testing.T) {
	for _, test := range []struct {
		language, text, written string
		state                   claim.State
		suggestion              string
	}{
		{"sh", "app --storage.path=x", "--storage.path", claim.Holds, ""},
		{"sh", "app --storage.path=x --web.listen :1 --storage.compres", "--storage.compres", claim.Renamed, "--storage.compress"},
		{"sh", "app --storage.path=x --web.listen :1 --zebra", "--zebra", claim.Gone, ""},
		{"sh", "curl --zebra http://x.org", "--zebra", claim.Unknown, ""},
		{"sh", "other --storage.path --web.listen --zebra", "--zebra", claim.Unknown, ""},
		{"", "Use `--zebra`.", "--zebra", claim.Unknown, ""},
		{"", "The flags `--storage.path`, `--storage.retention.time` and `--storage.cache.size`.", "--storage.cache.size", claim.Gone, ""},
		{"", "The flag `--storage.retention.space` was removed, `--storage.path` was not.", "--storage.retention.space", claim.Unknown, ""},
		{"", "`--storage.retention.time` (default `360h`).", "--storage.retention.time", claim.Holds, ""},
		{"", "`--storage.retention.time` (default `30d`).", "--storage.retention.time", claim.Changed, "15d"},
		{"", "`--storage.compress` (default `no`).", "--storage.compress", claim.Changed, "true"},
		{"", "`--web.listen` (default `0.0.0.0:9095`).", "--web.listen", claim.Holds, ""},
		{"", "`--log.level` (default `info`).", "--log.level", claim.Holds, ""},
		{"", "Set `APP_NAME` and `APP_MODE`, not `APP_COLOUR`.", "APP_COLOUR", claim.Gone, ""},
		{"", "Set `HOME` or `GITHUB_TOKEN`.", "GITHUB_TOKEN", claim.Unknown, ""},
		{"", "Set `OTHER_COLOUR`.", "OTHER_COLOUR", claim.Unknown, ""},
		{"sh", "curl http://localhost:9095/api/v1/query", "9095", claim.Holds, ""},
		{"sh", "curl http://localhost:9096/api/v1/query", "9096", claim.Gone, ""},
		{"sh", "curl http://localhost:9096/other", "9096", claim.Unknown, ""},
		{"", "`GET /api/v1/label/job/values` answers.", "GET /api/v1/label/job/values", claim.Holds, ""},
		{"", "`POST /v1/series`, `GET /api/v1/query` and `GET /api/v1/label/{name}/values` but also `GET /api/v1/zebra`.", "GET /api/v1/zebra", claim.Gone, ""},
		{"", "`GET /zebra/crossing` of another service.", "GET /zebra/crossing", claim.Unknown, ""},
		{"", "See `internal/store/store.go`.", "internal/store/store.go", claim.Holds, ""},
		{"", "See `store/store.go`.", "store/store.go", claim.Holds, ""},
		{"", "See `internal/store/read.go`.", "internal/store/read.go", claim.Gone, ""},
		{"", "See `other/place/read.go`.", "other/place/read.go", claim.Unknown, ""},
		{"", "Call `store.Open()` and `Store.Write()`.", "store.Open()", claim.Holds, ""},
		{"", "Call `store.Open()`, `Store.Write()` or `store.Zebra()`.", "store.Zebra()", claim.Gone, ""},
		{"", "Call `http.Zebra()`.", "http.Zebra()", claim.Unknown, ""},
		{"", "Run `make test`, `make zebra`.", "zebra", claim.Gone, ""},
		{"sh", "app check rules\napp zebra", "app zebra", claim.Gone, ""},
		{"sh", "app check all", "app check all", claim.Holds, ""},
		{"", "Requires Go 1.22.", "Go 1.22", claim.Changed, "1.26.0"},
		{"", "Requires Go 1.26.", "Go 1.26", claim.Holds, ""},
	} {
		v, there := verdicts(t, test.language, test.text, claim.Options{})[test.written]
		if !there {
			t.Errorf("%q does not claim %q", test.text, test.written)
			continue
		}
		if v.State != test.state || test.suggestion != "" && v.Suggestion != test.suggestion {
			t.Errorf("%q in %q: %s %q %.2f, want %s %q\n%s", test.written, test.text, v.State, v.Suggestion, v.Confidence, test.state, test.suggestion, v.Reason)
		}
		if v.Drifted() != (v.State >= claim.Gone) || v.Drifted() && v.Confidence < claim.Alarm {
			t.Errorf("%q: %s with %.2f", test.written, v.State, v.Confidence)
		}
	}
}

// past is a history of one name.
type past struct {
	name    string
	removal claim.Removal
}

func (p past) Existed(_ code.Kind, name string) (claim.Removal, bool) {
	return p.removal, name == p.name
}

func TestJudgeAsksHistory(t *testing.T) {
	at := time.Date(2025, 3, 1, 0, 0, 0, 0, time.UTC)
	options := claim.Options{History: past{"old.name", claim.Removal{Commit: "abcdef1234567", Date: at, Successor: "web.listen"}}}
	v := verdicts(t, "", "Use `--old.name`.", options)["--old.name"]
	if v.State != claim.Renamed || !v.Proven || v.Suggestion != "--web.listen" || v.Confidence < claim.Strong {
		t.Errorf("a flag that was renamed is %+v", v)
	}
	if !strings.Contains(v.Reason, "abcdef1234") || !strings.Contains(v.Reason, "2025-03-01") {
		t.Errorf("the reason does not tell when it went: %s", v.Reason)
	}
	if v := verdicts(t, "", "The flag `--old.name` was removed.", options)["--old.name"]; v.State != claim.Unknown {
		t.Errorf("a page that says so is %s", v.State)
	}
}

func TestJudgeTrustsTheWordsOfTheCode(t *testing.T) {
	words := claim.NewVocabulary()
	words.Add([]byte(`register("zebra.stripes", nil); env("COLOUR")`))
	options := claim.Options{Vocabulary: words}
	if v := verdicts(t, "sh", "app --storage.path --web.listen --zebra.stripes", options)["--zebra.stripes"]; v.State != claim.Unknown {
		t.Errorf("a flag whose name the code has is %s: %s", v.State, v.Reason)
	}
	if v := verdicts(t, "", "Set `APP_NAME`, `APP_MODE` and `APP_COLOUR`.", options)["APP_COLOUR"]; v.State != claim.Unknown {
		t.Errorf("a variable whose end the code has is %s: %s", v.State, v.Reason)
	}
	if v := verdicts(t, "sh", "app --storage.path --web.listen --zebra.spots", options)["--zebra.spots"]; v.State != claim.Gone {
		t.Errorf("a flag whose name the code has not is %s: %s", v.State, v.Reason)
	}
}

func TestJudgeDoubtsFactsThatKnowTooLittle(t *testing.T) {
	text := "app --a.b --c.d --e.f --storage.path --web.listen"
	for written, v := range verdicts(t, "sh", text, claim.Options{}) {
		if v.Drifted() {
			t.Errorf("%s is %s though most names are not known", written, v.State)
		}
	}
}

func TestJudgeKeepsToTheVersionOfThePage(t *testing.T) {
	text := "`--storage.path`, `--storage.retention.time` and `--storage.cache.size`."
	claims := claim.Extract([]byte(text), paragraph(text))
	project := claim.NewProject(code.NewIndex(facts()), claim.Options{Version: "v3.6"})
	for name, want := range map[string]claim.State{"docs/v3.5/op.md": claim.Unknown, "docs/v3.6/op.md": claim.Gone, "docs/op.md": claim.Gone, "docs/CHANGELOG.md": claim.Unknown, "docs/release-notes.md": claim.Unknown} {
		verdicts := project.Judge(claim.Page{Path: name}, claims)
		if got := verdicts[2].State; got != want {
			t.Errorf("in %s it is %s, want %s", name, got, want)
		}
	}
}

func TestSameValue(t *testing.T) {
	for _, test := range []struct {
		a, b string
		same bool
	}{
		{"5m", "300s", true}, {"5m0s", "5m", true}, {"15d", "360h", true}, {"1m", "1h", false}, {"5m", "300000000000", true}, {"10 seconds", "10s", true},
		{"1GB", "1000000000", true}, {"1GiB", "1073741824", true}, {"1GB", "1073741824", true}, {"512MB", "512MiB", true}, {"1GB", "2GB", false},
		{"true", "on", true}, {"Yes", "true", true}, {"true", "false", false},
		{"`x`", `"x"`, true}, {"data/", "./data", true}, {":9090", "0.0.0.0:9090", true}, {":9090", ":9091", false}, {"http://localhost:80/", "localhost:80", true},
		{"10,000", "10000", true}, {"1_000", "1000", true}, {"none", "", true}, {"-", `""`, true}, {"0", "none", true}, {"a", "b", false},
	} {
		if got := claim.SameValue(test.a, test.b); got != test.same {
			t.Errorf("SameValue(%q, %q) is %v", test.a, test.b, got)
		}
		if claim.SameValue(test.a, test.b) != claim.SameValue(test.b, test.a) {
			t.Errorf("SameValue of %q and %q depends on their order", test.a, test.b)
		}
	}
}

func TestVersionOf(t *testing.T) {
	for _, test := range []struct {
		path    string
		matter  map[string]any
		version string
	}{
		{"docs/v3.5/op.md", nil, "3.5"}, {"versioned_docs/version-1.2/a/b.md", nil, "1.2"}, {"website/docs/3.x/a.md", nil, "3.x"}, {"content/en/docs/v3.4/a.md", nil, "3.4"},
		{"docs/op.md", nil, ""}, {"docs/2024/op.md", nil, ""}, {"v2/api/op.md", nil, ""}, {"docs/a.md", map[string]any{"version": "v2.1"}, "2.1"}, {"docs/a.md", map[string]any{"version": "latest"}, ""},
	} {
		version, ok := claim.VersionOf(test.path, test.matter)
		if version != test.version || ok != (test.version != "") {
			t.Errorf("VersionOf(%q, %v) is %q, %v; want %q", test.path, test.matter, version, ok, test.version)
		}
	}
}

func FuzzSameValue(f *testing.F) {
	f.Add("5m", "300s")
	f.Add("1GB", "9e9")
	f.Add("1,0", ":80")
	f.Fuzz(func(t *testing.T, a, b string) {
		if !claim.SameValue(a, a) {
			t.Errorf("%q differs from itself", a)
		}
		if claim.SameValue(a, b) != claim.SameValue(b, a) {
			t.Errorf("SameValue of %q and %q depends on their order", a, b)
		}
	})
}

// BenchmarkJudge judges 10,000 claims of 100 pages against 50,000 facts: bar 2 s,
// goal 0.2 s.
func BenchmarkJudge(b *testing.B) {
	var all []code.Fact
	kinds := []code.Kind{code.Symbol, code.Flag, code.Variable, code.Key, code.Endpoint, code.File}
	for i := range 50_000 {
		kind := kinds[i%len(kinds)]
		name := fmt.Sprintf("part%d.section%d.name%d", i%40, i%700, i)
		switch kind {
		case code.Variable:
			name = fmt.Sprintf("APP_PART%d_NAME%d", i%40, i)
		case code.Endpoint:
			name = fmt.Sprintf("GET /api/part%d/name%d/{}", i%40, i)
		case code.File:
			name = fmt.Sprintf("part%d/section%d/name%d.go", i%40, i%700, i)
		}
		all = append(all, code.Fact{Kind: kind, Name: name, Scope: fmt.Sprintf("part%d", i%40), Path: "a.go", Line: i})
	}
	index := code.NewIndex(all)
	pages := make([]claim.Claimed, 100)
	for p := range pages {
		for k := range 100 {
			f := all[(p*100+k)*5%len(all)]
			name := f.Name
			if k%10 == 0 { // one in ten is gone
				name = strings.Replace(name, "name", "nome", 1)
			}
			pages[p].Claims = append(pages[p].Claims, claim.Claim{Kind: f.Kind, Name: code.NormalName(f.Kind, name), Written: "--" + name, Group: k / 20, Place: claim.CodeSpan})
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		claim.NewProject(index, claim.Options{}).JudgeAll(pages)
	}
}

func ExampleJudge() {
	index := code.NewIndex([]code.Fact{
		{Kind: code.Flag, Name: "storage.path"}, {Kind: code.Flag, Name: "web.listen"}, {Kind: code.Flag, Name: "storage.retention.time", Value: "15d", HasValue: true},
		{Kind: code.Command, Name: "app"},
	})
	text := "app --storage.path=x --web.listen=:1 --storage.retention"
	for _, v := range claim.Judge(index, claim.Extract([]byte(text), codeBlock("sh", text)), claim.Options{}) {
		fmt.Println(strings.TrimSpace(fmt.Sprint(v.Claim.Written, " ", v.State, " ", v.Suggestion)))
	}
	// Output:
	// --storage.path holds
	// --web.listen holds
	// --storage.retention renamed --storage.retention.time
}

func ExampleVersionOf() {
	version, _ := claim.VersionOf("docs/v3.5/op-guide/clustering.md", nil)
	fmt.Println(version)
	// Output: 3.5
}

func ExampleProject_Knows() {
	project := claim.NewProject(code.NewIndex([]code.Fact{{Kind: code.File, Name: "internal/store/store.go"}}), claim.Options{})
	fmt.Println(project.Knows(code.File, "store/store.go"), project.Knows(code.File, "store/write.go"))
	// Output: true false
}
