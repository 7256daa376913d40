package golang_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/docsteward/docsteward/adapters/facts/golang"
	"github.com/docsteward/docsteward/domain/code"
	"github.com/docsteward/docsteward/ports/facts"
	"github.com/docsteward/docsteward/ports/porttest"
)

func TestExtract(t *testing.T) {
	for _, c := range []struct {
		name, source string
		kinds        []code.Kind // that are compared; all facts of them are listed
		want         string
	}{
		{"symbols", `package a
type T[P any] struct { A, b int; Inner struct{ C string }; *Other }
type I interface { Do(); Other }
func (t *T[P]) M() { type local struct{}; const x = 1 }
func F() {}
const C, _ = 1, 2
var v int
type A = T[int]`, []code.Kind{code.Symbol},
			"T; T.A; T.b; T.Inner; T.Inner.C; T.Other; I; I.Do; T.M; F; C; v; A"},
		{"flag", `package a
import ("flag"; "math/rand")
const name, day = "the-"+"name", 24*time.Hour
var fs = flag.NewFlagSet("a", 0)
func f() {
	flag.String(name, "v", "usage")
	flag.DurationVar(&d, "every", 2*day, "usage")
	fs.IntVar(&i, "size", 1<<10, "usage")
	fs.Var(&list, "list", "usage")
	fs.Func("func", "usage", fn)
	fs.Bool(dynamic(), true, "usage")
	fs.String("unsure", os.TempDir(), "usage")
	slog.Int("no", 1)
	rand.Int("no", 1, "x")
}`, []code.Kind{code.Flag}, "~h; ~help; the-name=v; every=48h0m0s; size=1024; list; func; unsure"},
		{"pflag and cobra", `package a
import "github.com/spf13/cobra"
var root = &cobra.Command{Use: "tool", Version: "1"}
func newServe() *cobra.Command {
	cmd := &cobra.Command{Use: "serve [dir]", Aliases: []string{"s"}}
	cmd.Flags().StringP("out", "o", "-", "usage")
	cmd.PersistentFlags().StringSliceVarP(&x, "tags", "", []string{"a", "b"}, "usage")
	cmd.Flags().CountP("verbose", "v", "usage")
	cmd.Flags().MarkHidden("out")
	return cmd
}
func init() {
	root.AddCommand(newServe(), check)
	sub := &cobra.Command{Use: "deep"}
	check.AddCommand(sub)
}
var check = &cobra.Command{Use: "check"}`, []code.Kind{code.Flag, code.Command},
			"tool; ~help; ~h; ~version; tool serve; tool s; ~help; ~h; out=-; o=-; tags=a,b; verbose; v; tool check deep; ~help; ~h; tool check; ~help; ~h"},
		{"kingpin", `package a
import ("gopkg.in/alecthomas/kingpin.v2"; "os/exec")
func main() {
	app := kingpin.New("x", "help")
	app.Flag("config.file", "Path.").Short('c').Default("a.yml").Envar("CONFIG_FILE").String()
	app.Flag("web", "On.").Default("true").Bool()
	check := app.Command("check", "help")
	config := check.Command("config", "help")
	config.Flag("lint", "help").Default("all", "none").Strings()
	serverFlag(app, "storage.path", "Where to store.").Default("data/").String()
	exec.Command("go", "build")
}`, []code.Kind{code.Flag, code.Command, code.Variable},
			"~help; ~h; config.file=a.yml; c=a.yml; CONFIG_FILE=a.yml; web=true; ~no-web; check; check config; lint=all,none; storage.path=data/"},
		{"urfave", `package a
import "github.com/urfave/cli/v2"
var app = &cli.App{Name: "app", Commands: []*cli.Command{{Name: "not typed"}, &cli.Command{Name: "run"}},
	Flags: []cli.Flag{
		&cli.StringFlag{Name: "addr", Aliases: []string{"a"}, Value: ":80", EnvVars: []string{"ADDR", "A_B"}},
		cli.BoolFlag{Name: "debug, d", EnvVar: "DEBUG"},
		&cli.IntFlag{Name: "n", Sources: cli.EnvVars("N_N")},
	}}`, []code.Kind{code.Flag, code.Command, code.Variable, code.Port},
			"app; run; 80; addr=:80; a=:80; ADDR=:80; A_B=:80; debug=false; d=false; DEBUG=false; n; N_N"},
		{"kong and go-flags", "package a\nimport \"github.com/alecthomas/kong\"\ntype cli struct {\n" +
			"DataDir string `help:\"Where.\" default:\"/data\" env:\"DATA_DIR\" short:\"d\"`\n" +
			"Other string `name:\"odd\" help:\"x\"`\n" +
			"Serve struct{ Path string `arg:\"\"` } `cmd:\"\" help:\"Serves.\"`\n}\n" +
			"type opts struct { Size int `long:\"size\" short:\"s\" default:\"3\" env:\"SIZE\"` }\n",
			[]code.Kind{code.Flag, code.Command, code.Variable}, "data-dir=/data; d=/data; DATA_DIR=/data; odd; serve; size=3; s=3; SIZE=3"},
		{"environment", `package a
import "os"
const key = "A_KEY"
func f() {
	os.Getenv(key)
	v, ok := os.LookupEnv("HOME")
	getEnv("PORT", "8080")
	envDuration("WAIT", 5*time.Second)
	os.Setenv("SET_IT", "x")
	os.ExpandEnv("$A")
	use("LOOKS_LIKE")
	cfg.getEnv("lower", "x")
}`, []code.Kind{code.Variable, code.Port}, "A_KEY; HOME; PORT=8080; 8080; WAIT=5s; ~SET_IT; ~LOOKS_LIKE"},
		{"tags of variables", "package a\ntype C struct {\n" +
			"A string `env:\"A,required\" envDefault:\"x\"`\nDB D `envPrefix:\"DB_\"`\nCache *D `envPrefix:\"CACHE_\"`\nE int `env:\"E,default=5\"`\n}\n" +
			"type D struct { URL string `env:\"URL\"`; Port int `envconfig:\"PORT\" default:\"5432\"` }\n",
			[]code.Kind{code.Variable}, "A=x; E=5; DB_URL; CACHE_URL; DB_PORT=5432; CACHE_PORT=5432"},
		{"viper", `package a
import "github.com/spf13/viper"
func f() {
	viper.SetEnvPrefix("app")
	viper.SetDefault("server.port", 8080)
	viper.BindEnv("log.level")
	viper.BindEnv("token", "TOKEN", "API_TOKEN")
	viper.GetString("used.key")
}`, []code.Kind{code.Key, code.Variable}, "server.port=8080; ~APP_SERVER_PORT; log.level; APP_LOG_LEVEL; token; TOKEN; API_TOKEN; ~used.key"},
		{"routes", `package a
import "net/http"
func f(r chi.Router, e *echo.Echo, m *mux.Router) {
	http.HandleFunc("GET /items/{id}", h)
	http.Handle("/metrics", h)
	http.HandleFunc("example.com/host", h)
	http.Get("/not")
	m.HandleFunc("/users/{id:[0-9]+}", h).Methods("GET", http.MethodPut)
	s := m.PathPrefix("/sub").Subrouter()
	s.HandleFunc("/a", h)
	g := e.Group("/api", auth)
	v1 := g.Group("/v1")
	v1.GET("/x/:id", h)
	v1.POST("", h)
	g.Add(http.MethodDelete, "/y", h)
	r.Route("/admin", func(r chi.Router) {
		r.Get("/stats", h)
		r.Route("/deep", func(r chi.Router) { r.Post("/p/*", h) })
	})
	r.Get("/after", h)
	r.MethodFunc("PATCH", "/m", h)
	cache.Get("/key", "value")
	client.Post("/c", "application/json", body)
	client.Get("/into", &out)
	routes := []Route{{"List", "GET", "/list", h}, Route{Method: "POST", Pattern: "/make"}}
}`, []code.Kind{code.Endpoint},
			"GET /items/{}; * /metrics; * /host; GET /users/{}; PUT /users/{}; * /sub/a; GET /api/v1/x/{}; POST /api/v1; DELETE /api/y; GET /admin/stats; POST /admin/deep/p/{}; GET /after; PATCH /m; GET /list; POST /make"},
		{"keys", "package a\ntype Config struct {\n" +
			"Global Global `yaml:\"global\"`\nJobs []*Job `yaml:\"jobs,omitempty\"`\nMap map[string]Job `json:\"map\" yaml:\"by_name\"`\nSecret string `yaml:\"-\"`\nPlain int\nBase `yaml:\",inline\"`\n}\n" +
			"type Global struct { Every Duration `yaml:\"every\"`; Tree *Config `yaml:\"tree\"` }\n" +
			"type Job struct { Name string `yaml:\"name\"` }\ntype Base struct { ID string `yaml:\"id\"` }\n" +
			"var DefaultGlobal = Global{Every: Duration(1 * time.Minute)}\ntype Duration int\n",
			[]code.Kind{code.Key}, "global; jobs; by_name; map; plain; global.every=1m0s; global.tree; jobs.name; by_name.{}.name; id"},
		{"messages", `package a
func f() {
	return fmt.Errorf("cannot open the %s: %w", a, b)
	log.Printf("two words")
	errors.New("no such " + what + " here")
	slog.InfoContext(ctx, "the server has started", "a", 1)
	level.Info(logger).Log("msg", "loading the file", "x", y)
	panic(fmt.Sprintf("%d is not allowed", n))
	fmt.Fprintf(w, "not for a user")
	g.Printf("generated code goes here")
}`, []code.Kind{code.Message}, "cannot open the %s: %w; the server has started; loading the file; %d is not allowed"},
		{"ports and versions", `package a
const Version = "1.2.3"
const DefaultPort = 9090
var defaultListenAddr = ":7070"
var server = http.Server{Addr: ":6060"}
func f() { http.ListenAndServe("localhost:5050", nil); net.Listen("tcp", "[::]:4040"); dial("localhost:3030"); t := "12:30"; report := 80 }`,
			[]code.Kind{code.Port, code.Version}, "a=1.2.3; 9090; 7070; 6060; 5050; 4040; ~3030"},
		{"what does not parse", "package a\nfunc F() { flag.String(\"x\", \"y\", \"z\") \nfunc G( {\nvar", []code.Kind{code.Symbol}, "F"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, f := range golang.Extract("a/a.go", []byte(c.source)) {
				if slices.Contains(c.kinds, f.Kind) {
					got = append(got, strings.Replace(porttest.FactText(f), f.Kind.String()+" ", "", 1))
				}
			}
			slices.Sort(got)
			want := strings.Split(c.want, "; ")
			slices.Sort(want)
			if !slices.Equal(slices.Compact(got), slices.Compact(want)) {
				t.Errorf("got  %q\nwant %q", got, want)
			}
		})
	}
}

func TestExtractForeignTypesAndTablesOfRoutes(t *testing.T) {
	source := `package a
import ("time"; "example.com/ports/usecase"; "example.com/sigv4"; "go.example.com/common/config")
type Remote struct {
	Wait time.Duration ` + "`yaml:\"wait\"`" + `
	Sigv4 *sigv4.Config ` + "`yaml:\"sigv4,omitempty\"`" + `
	Hosts map[string]config.Host ` + "`yaml:\"hosts\"`" + `
	Body config.Body ` + "`json:\"body\"`" + `
}
type Config struct { Remote Remote ` + "`yaml:\"remote\"`" + `; Client struct { config.HTTP ` + "`yaml:\",inline\"`" + ` } ` + "`yaml:\"client\"`" + ` }
func table(p *Menu) []usecase.Operation {
	return []usecase.Operation{
		usecase.Get("/api/v1/things/{id}", "Read a thing.", &p.GetThing),
		usecase.Post[C, R]("/api/v1/things", "Store a thing.", &p.StoreThing),
		usecase.Watch("/api/v1/things/events", "Follow things.", &p.WatchThings, usecase.Direct),
		p.cluster.Watch("/registry/things", "no route", true),
	}
}`
	var keys, routes []string
	for _, f := range golang.Extract("a.go", []byte(source)) {
		switch {
		case f.Kind == code.Key && strings.HasSuffix(f.Name, "{}"):
			keys = append(keys, f.Name+" "+f.Scope)
		case f.Kind == code.Endpoint:
			routes = append(routes, f.Name)
		}
	}
	slices.Sort(keys)
	if got, want := strings.Join(keys, "; "), "client.{} go.example.com/common/config; remote.hosts.{} go.example.com/common/config; remote.sigv4.{} example.com/sigv4"; got != want {
		t.Errorf("keys: got  %s\n      want %s", got, want)
	}
	if got, want := strings.Join(routes, "; "), "GET /api/v1/things/{}; POST /api/v1/things; GET /api/v1/things/events"; got != want {
		t.Errorf("routes: got  %s\n        want %s", got, want)
	}
}

func TestTestsAreWeak(t *testing.T) {
	for _, f := range golang.Extract("a_test.go", []byte("package a\nconst C = 1\nfunc TestX() { os.Getenv(\"A_B\"); errors.New(\"three words here\") }")) {
		if !f.Weak || f.Kind == code.Message {
			t.Errorf("got %+v", f)
		}
	}
}

func FuzzExtract(f *testing.F) {
	f.Add("package a\nvar x = flag.String(\"a\"+b, 1<<2, \"\" )\ntype T struct { A T `yaml:\"a\" env:\"B\"` }")
	f.Add("package a\nconst a = \"x\" - 1/0 + b%0\nconst b = a\nvar r = g.Group(a).GET(\"/x\", func(){})")
	f.Fuzz(func(t *testing.T, source string) {
		porttest.CheckFacts(t, "a.go", source, golang.Extract("a.go", []byte(source)))
	})
}

// BenchmarkExtract reads a module of the build; it reports lines a second.
func BenchmarkExtract(b *testing.B) {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/labstack/echo/v4").Output()
	if err != nil {
		b.Skipf("the module is not there: %v", err)
	}
	packages := map[string][]facts.File{}
	lines, size := 0, 0
	err = filepath.WalkDir(strings.TrimSpace(string(out)), func(path string, _ os.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") {
			return err
		}
		content, err := os.ReadFile(path)
		lines += strings.Count(string(content), "\n")
		size += len(content)
		packages[filepath.Dir(path)] = append(packages[filepath.Dir(path)], facts.File{Path: path, Content: content})
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, files := range packages {
			if _, err := golang.ExtractPackage(context.Background(), files); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(lines)*float64(b.N)/b.Elapsed().Seconds(), "lines/s")
}
