package code_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/docsteward/docsteward/domain/code"
)

func TestRoutesOfText(t *testing.T) {
	cases := []struct {
		text string
		want []string
	}{
		{"", nil},
		{"  @app.get(\"/users/{id}\")", []string{"GET /users/{id} decorator"}},
		{"@app.route('/health', methods=['GET'])", []string{"* /health decorator"}},
		{"@app.on_event('startup') # see /docs", nil},
		{"@app.get", nil},
		{"App.Post( `/a/:id`, f); app.delete('/b')", []string{"POST /a/:id call", "DELETE /b call"}},
		{"@router.get(\"/x\")", []string{"GET /x call"}},
		{"app.use('/api', router)", nil},
		{"app.get('config') // of /etc", nil},
		{"call /api/v1/über-x/{id} or /y.", []string{"* /api/v1/über-x text", "* /y text"}},
		{"a / b // c", nil},
	}
	for _, c := range cases {
		var got []string
		for _, r := range code.RoutesOfText("\n" + c.text) {
			if r.Line != 2 {
				t.Errorf("%q stands in line %d", c.text, r.Line)
			}
			got = append(got, fmt.Sprintf("%s %s %s", r.Method, r.Path, r.Evidence))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}

func TestRouteOf(t *testing.T) {
	cases := []struct{ name, lines, want string }{
		{"GET /users/{}", "@app.get('/users/{user_id}')", "/users/{user_id}"},
		{"GET /api/users/{}", "@router.get(\n  '/users/{user_id:int}')", "/api/users/{user_id:int}"},
		{"GET /users/{}", `mux.HandleFunc("GET /users/{id}", f)`, "/users/{id}"},
		{"GET /users/{}", `mux.HandleFunc("GET example.com/users/{id}", f)`, "/users/{id}"},
		{"GET /cats/{}", "@Get(':id')", "/cats/:id"},
		{"* /users/{}", "app.all(PATH, f)", "/users/{}"},
		{"GET /users", "app.get('/other')", "/users"},
		{"GET /a/{}", "app.get('/b/:x', '/a/:y')", "/a/:y"},
		{"/a", "", "/a"},
	}
	for _, c := range cases {
		got := code.RouteOf(code.Fact{Kind: code.Endpoint, Name: c.name, Path: "f", Line: 3}, strings.Split(c.lines, "\n"))
		if got.Path != c.want || got.File != "f" || got.Line != 3 || got.Evidence != code.ByCode {
			t.Errorf("%s in %q: got %+v", c.name, c.lines, got)
		}
	}
}

func TestUniqueKeepsTheFirst(t *testing.T) {
	var routes []code.Route
	for i := range code.MaxRoutes + 5 {
		routes = append(routes, code.Route{Method: "GET", Path: fmt.Sprint("/", i), Line: 1}, code.Route{Method: "GET", Path: fmt.Sprint("/", i), Line: 2})
	}
	routes = append(routes, code.Route{Method: "PUT", Path: "/0"})
	kept := code.Unique(routes)
	if len(kept) != code.MaxRoutes+1 || kept[0].Line != 1 || kept[len(kept)-1].Method != "PUT" || len(code.Paths(kept)) != code.MaxRoutes {
		t.Errorf("%d are kept: %v", len(kept), kept)
	}
	if sorted := code.Sorted(kept); sorted[0].Path != "/0" || sorted[1].Method != "PUT" || len(sorted) != len(kept) {
		t.Errorf("sorted they are %v", sorted)
	}
}

func FuzzRoutesOfText(f *testing.F) {
	f.Add("@app.get('/a')\napp.post(\"/b\")\nsee /c/d")
	f.Add("@app.(\n@app.x('\"/`\n\xff/\xff")
	f.Fuzz(func(t *testing.T, text string) {
		lines := strings.Split(text, "\n")
		for _, r := range code.RoutesOfText(text) {
			if r.Line < 1 || r.Line > len(lines) || !strings.HasPrefix(r.Path, "/") || !strings.Contains(lines[r.Line-1], r.Path) {
				t.Fatalf("got %+v", r)
			}
		}
	})
}

func FuzzRouteOf(f *testing.F) {
	f.Add("GET /users/{}", "@app.get('/users/{id}')")
	f.Add("/{}", "'{' \"{}\"")
	f.Add("GET 0/{}", "'/$00'")
	f.Fuzz(func(t *testing.T, name, line string) {
		method, path, _ := strings.Cut(name, " ")
		name = method + " " + code.NormalPath(path)
		r := code.RouteOf(code.Fact{Kind: code.Endpoint, Name: name}, []string{line})
		if !strings.HasPrefix(r.Path, "/") {
			t.Fatalf("got %+v", r)
		}
	})
}

func ExampleRoutesOfText() {
	for _, r := range code.RoutesOfText("@app.get('/users/{id}')\nrouter.post('/login', f)\nSee /docs/intro.") {
		fmt.Println(r.Method, r.Path, r.Line, r.Evidence)
	}
	// Output:
	// GET /users/{id} 1 decorator
	// POST /login 2 call
	// * /docs/intro 3 text
}

func BenchmarkRoutesOfText(b *testing.B) {
	text := strings.Repeat("@app.get('/users/{id}')\ndef f(): ...\nrouter.post('/login', f)\nSee /docs/intro, a/b.\n", 10_000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		code.RoutesOfText(text)
	}
}
