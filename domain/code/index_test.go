package code_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain/code"
)

func ExampleIndex_Find() {
	index := code.NewIndex([]code.Fact{
		{Kind: code.Symbol, Name: "Client.Do", Scope: "http", Path: "client.go", Line: 10},
		{Kind: code.Flag, Name: "storage.tsdb.path", Value: "data/", HasValue: true, Path: "main.go", Line: 3},
		{Kind: code.Endpoint, Name: "GET /users/:id", Path: "routes.go", Line: 7},
	})
	fmt.Println(index.Find(code.Symbol, "http.Client.Do()")[0].Path)
	fmt.Println(index.Find(code.Flag, "--storage.tsdb.path")[0].Value)
	fmt.Println(index.Has(code.Endpoint, "GET /users/{user}"), index.Has(code.Endpoint, "POST /users/{user}"))
	// Output:
	// client.go
	// data/
	// true false
}

func ExampleIndex_Nearest() {
	index := code.NewIndex([]code.Fact{
		{Kind: code.Flag, Name: "storage.tsdb.retention.time"},
		{Kind: code.Flag, Name: "web.listen-address"},
	})
	fmt.Println(index.Nearest(code.Flag, "--storage.tsdb.retention"))
	fmt.Println(index.Nearest(code.Flag, "--query.timeout"))
	// Output:
	// storage.tsdb.retention.time true
	//  false
}

func TestNormalName(t *testing.T) {
	for _, c := range []struct {
		kind       code.Kind
		name, want string
	}{
		{code.Flag, "--log.level=debug", "log.level"}, {code.Flag, "-v", "v"}, {code.Flag, "", ""},
		{code.Variable, "${HOME}", "HOME"}, {code.Variable, "$A_B", "A_B"}, {code.Variable, "%PATH%", "PATH"},
		{code.Port, ":8080", "8080"}, {code.Port, "localhost:80", "80"},
		{code.File, "./a//b/../c.go", "a/c.go"}, {code.File, "/a", "a"}, {code.File, `a\b`, "a/b"},
		{code.Symbol, "(*Client).Do", "Client.Do"}, {code.Symbol, "Do(ctx)", "Do"}, {code.Symbol, "std::vec::Vec", "std.vec.Vec"},
		{code.Symbol, "*T", "T"}, {code.Symbol, "T#m", "T.m"}, {code.Symbol, "List[T].Len", "List.Len"}, {code.Symbol, "(*Client).Do(ctx)", "Client.Do"},
		{code.Endpoint, "get /users/:id/", "GET /users/{}"}, {code.Endpoint, "/a/<int:id>/b", "* /a/{}/b"},
		{code.Endpoint, "GET /x/{id:[0-9]{2}/?}/y", "GET /x/{}/y"}, {code.Endpoint, "GET /static/*", "GET /static/{}"},
		{code.Endpoint, "GET /a/{rest...}", "GET /a/{}"}, {code.Endpoint, "GET /{$}", "GET /"}, {code.Endpoint, "GET /a?b=1", "GET /a"},
		{code.Endpoint, "GET http://localhost:80/v1/x", "GET /v1/x"}, {code.Endpoint, "DELETE /a/[id]", "DELETE /a/{}"},
		{code.Endpoint, "GET /f/{name}.{ext}", "GET /f/{}.{}"}, {code.Endpoint, "GET", "* /GET"},
		{code.Key, "a[0].b", "a.b"}, {code.Key, "a.<name>.b", "a.{}.b"}, {code.Key, "a.*.b", "a.{}.b"}, {code.Key, "a.0.b", "a.b"},
		{code.Command, "promtool  check", "promtool check"}, {code.Version, " go ", "go"},
	} {
		if got := code.NormalName(c.kind, c.name); got != c.want {
			t.Errorf("%v %q: got %q, want %q", c.kind, c.name, got, c.want)
		}
	}
}

func TestFind(t *testing.T) {
	index := code.NewIndex([]code.Fact{
		{Kind: code.Symbol, Name: "Client.Do", Scope: "http"}, {Kind: code.Symbol, Name: "Do", Scope: "once"},
		{Kind: code.Key, Name: "global.scrape_interval"}, {Kind: code.Key, Name: "services.{}.image"},
		{Kind: code.Command, Name: "promtool check config"},
		{Kind: code.Endpoint, Name: "* /any"}, {Kind: code.Endpoint, Name: "GET /one/{}"}, {Kind: code.Endpoint, Name: "POST /one/{}"},
		{Kind: code.Variable, Name: "HOME"}, {Kind: 0, Name: "x"}, {Kind: 99, Name: "x"}, {Kind: code.Flag},
	})
	for _, c := range []struct {
		kind code.Kind
		name string
		want int
	}{
		{code.Symbol, "http.Client.Do", 1}, {code.Symbol, "Client.Do", 1}, {code.Symbol, "Do", 2}, {code.Symbol, "Client", 0},
		{code.Symbol, "once.Do", 1}, {code.Key, "scrape_interval", 1}, {code.Key, "global", 0}, {code.Key, "services.web.image", 1},
		{code.Command, "check config", 1}, {code.Command, "check", 0}, {code.Endpoint, "GET /any", 1}, {code.Endpoint, "/any", 1},
		{code.Endpoint, "/one/7", 0}, {code.Endpoint, "/one/{x}", 2}, {code.Endpoint, "PUT /one/{x}", 0},
		{code.Endpoint, "GET /api/v1/one/{x}", 1}, {code.Endpoint, "GET /api/v1/two/{x}", 0}, {code.Endpoint, "GET /a/b/c/d/one/{x}", 0}, {code.Variable, "home", 0},
		{0, "x", 0}, {99, "x", 0}, {code.Flag, "", 0},
	} {
		if got := index.Find(c.kind, c.name); len(got) != c.want || index.Has(c.kind, c.name) != (c.want > 0) {
			t.Errorf("%v %q: got %v, want %d", c.kind, c.name, got, c.want)
		}
	}
	if got := index.Names(code.Symbol); !slices.Equal(got, []string{"Client.Do", "Do"}) {
		t.Errorf("got %v", got)
	}
	if index.Len() != 12 || index.Names(0) != nil || len(index.Names(code.Target)) != 0 {
		t.Error("wrong counts")
	}
}

func TestNearest(t *testing.T) {
	names := map[code.Kind][]string{
		code.Flag:     {"storage.tsdb.retention.time", "storage.tsdb.retention.size", "web.listen-address", "config.file", "log-level", "v", "q"},
		code.Symbol:   {"Client.Do", "Client.Get", "NewHTTPClient", "parseConfig"},
		code.Endpoint: {"GET /users/{}", "POST /user", "GET /orders"},
		code.Variable: {"APP_DATABASE_URL", "APP_PORT"},
		code.Key:      {"global.scrape_interval", "global.scrape_timeout"},
		code.Port:     {"8080"},
	}
	var facts []code.Fact
	for kind, list := range names {
		for _, name := range list {
			facts = append(facts, code.Fact{Kind: kind, Name: name})
		}
	}
	index := code.NewIndex(facts)
	for _, c := range []struct {
		kind       code.Kind
		name, want string
	}{
		{code.Flag, "log.level", "log-level"}, {code.Flag, "config-file", "config.file"}, {code.Flag, "web.listen-adress", "web.listen-address"}, //nolint:misspell // what a page may say
		{code.Flag, "storage.tsdb.retention", ""}, // time or size
		{code.Flag, "x", ""}, {code.Flag, "alertmanager.url", ""},
		{code.Symbol, "NewHttpClient", "NewHTTPClient"}, {code.Symbol, "Client.Doo", "Client.Do"}, {code.Symbol, "ParseConfig", "parseConfig"},
		{code.Endpoint, "GET /user/{id}", "GET /users/{}"}, {code.Endpoint, "PUT /orders", ""},
		{code.Variable, "DATABASE_URL", "APP_DATABASE_URL"}, {code.Key, "scrape_intervall", "scrape_interval"}, {code.Port, "8081", ""},
		{code.File, "a", ""}, {0, "a", ""}, {code.Flag, strings.Repeat("x", 500), ""},
	} {
		got, ok := index.Nearest(c.kind, c.name)
		if got != c.want || ok != (c.want != "") {
			t.Errorf("%v %q: got %q, want %q", c.kind, c.name, got, c.want)
		}
	}
}

func manyNames(n int) []code.Fact {
	random := rand.New(rand.NewPCG(1, 2))
	words := make([]string, 2000)
	for i := range words {
		b := make([]byte, 3+random.IntN(7))
		for j := range b {
			b[j] = byte('a' + random.IntN(26))
		}
		words[i] = string(b)
	}
	facts := make([]code.Fact, n)
	for i := range facts {
		parts := make([]string, 2+random.IntN(3))
		for j := range parts {
			parts[j] = words[min(random.IntN(2000), random.IntN(2000))]
		}
		facts[i] = code.Fact{Kind: code.Flag, Name: strings.Join(parts, "-")}
	}
	return facts
}

func TestNearestIsQuick(t *testing.T) {
	if testing.Short() {
		t.Skip("measures time, which short runs are too busy for")
	}
	facts := manyNames(50_000)
	index := code.NewIndex(facts)
	index.Nearest(code.Flag, "a")
	start := time.Now()
	found := 0
	for i := range 10_000 {
		name := facts[i*5].Name
		if got, ok := index.Nearest(code.Flag, name[:len(name)-1]); ok && got == name {
			found++
		}
	}
	t.Logf("10,000 questions took %v; %d of them found the name that was cut", time.Since(start), found)
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("10,000 questions took %v", took)
	}
	if found < 8000 {
		t.Errorf("only %d of 10,000 names with a letter less were found", found)
	}
}

func TestIndexIsSafeForConcurrentUse(t *testing.T) {
	facts := manyNames(500)
	index := code.NewIndex(facts)
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for _, f := range facts {
				if !index.Has(code.Flag, f.Name) {
					t.Errorf("%s is lost", f.Name)
				}
				index.Nearest(code.Flag, f.Name+"s")
			}
		})
	}
	group.Wait()
}

func FuzzNormalName(f *testing.F) {
	for _, seed := range []string{"--a=b", "GET /a/{b", "(*T", "a[0", "$", "/<", "POST /:a:b(c)/*", "a.*.<b>"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, name string) {
		for _, kind := range code.Kinds() {
			index := code.NewIndex([]code.Fact{{Kind: kind, Name: name}, {Kind: kind, Name: "other.Name"}})
			if normal := code.NormalName(kind, name); normal != "" && !index.Has(kind, name) {
				t.Errorf("%v %q is not found under its own name", kind, name)
			}
			index.Nearest(kind, name)
		}
	})
}

func BenchmarkNearest(b *testing.B) {
	facts := manyNames(50_000)
	index := code.NewIndex(facts)
	index.Nearest(code.Flag, "a")
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		name := facts[i%len(facts)].Name
		index.Nearest(code.Flag, name[:len(name)-1])
	}
}
