package bind_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/docsteward/docsteward/adapters/bind"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/usecase"
)

type wide struct {
	Words  []string                 `json:"words" maxLength:"3" pattern:"^[a-z]*$"`
	Counts map[string]int           `json:"counts" minimum:"1" maxItems:"2"`
	Free   []string                 `json:"free"`
	Tree   *tree                    `json:"tree"`
	Any    any                      `json:"any"`
	Many   map[string]item          `json:"many"`
	Opt    usecase.Optional[item]   `json:"opt,omitzero"`
	Nested [][]string               `json:"nested"`
	Small  int8                     `json:"small"`
	Must   *int                     `json:"must" required:"true"`
	Inner  item                     `json:"inner" required:"true"`
	Lists  usecase.Optional[[]item] `json:"lists,omitzero" maxItems:"1"`
}

type tree struct {
	Left *tree `json:"left"`
}

type item struct {
	Name string   `json:"name" required:"true" maxLength:"2"`
	Size int      `json:"size" default:"7"`
	Tags []string `json:"tags"`
}

func planOf[T any](t testing.TB) *bind.Plan {
	t.Helper()
	p, err := bind.For(reflect.TypeFor[T]())
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// complaints are the fields of a fault with their rules, in order.
func complaints(t testing.TB, err error) string {
	t.Helper()
	if err == nil {
		return ""
	}
	if !errors.Is(err, domain.Invalid) {
		t.Fatalf("got %v", err)
	}
	var all []string
	for _, f := range domain.FaultOf(err).Fields {
		all = append(all, f.Field+" "+f.Rule)
	}
	return strings.Join(all, ", ")
}

const must = `"must":0,"inner":{"name":"n"}`

func TestBoundsHoldInside(t *testing.T) {
	long, many := strings.Repeat("x", 10_001), strings.Repeat(`"x",`, 1000)+`"x"`
	deep := strings.Repeat(`{"left":`, 100) + "null" + strings.Repeat("}", 100)
	cases := []struct{ name, body, want string }{
		{"rules of a list hold for its items", `"words":["abcd","A","a"]`, "words[0] maxLength, words[1] pattern"},
		{"rules of a map hold for its values", `"counts":{"a":0,"b":1}`, "counts.a minimum"},
		{"a map is bounded", `"counts":{"a":1,"b":1,"c":1}`, "counts maxItems"},
		{"an item is bounded without a tag", `"free":["` + long + `"]`, "free[0] maxLength"},
		{"a list is bounded without a tag", `"free":[` + many + `]`, "free maxItems"},
		{"a list inside a list is bounded", `"nested":[[` + many + `],["a"]]`, "nested[0] maxItems"},
		{"a list inside an Optional is bounded", `"lists":[{"name":"a"},{"name":"b"}]`, "lists maxItems"},
		{"depth is bounded", `"tree":` + deep, "body maxDepth"},
		{"depth is bounded in what is free", `"any":{"a":"\"[","b":` + strings.Repeat("[", 100) + strings.Repeat("]", 100) + "}", "body maxDepth"},
		{"depth 97 is not too deep", `"any":` + strings.Repeat("[", 97) + strings.Repeat("]", 97), ""},
		{"small numbers are bounded", `"small":128`, "small type"},
		{"whole numbers have many spellings", `"small":1.0e1`, ""},
		{"but no fractions", `"small":1.5`, "small type"},
		{"inside a map", `"many":{"k":{"name":"abc"}}`, "many.k.name maxLength"},
		{"inside an Optional", `"opt":{"size":1}`, "opt.name required"},
		{"null in a list", `"free":[null]`, "free[0] type"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			err := planOf[wide](t).Bind(new(wide), source("", "", "{"+must+","+c.body+"}"))
			if got := complaints(t, err); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestQueries(t *testing.T) {
	type search struct {
		Only   []string   `json:"only" query:"only" enum:"a,b" minItems:"2" maxItems:"3"`
		Ids    *[]int     `json:"ids" query:"ids" minimum:"1"`
		At     *time.Time `json:"at" query:"at"`
		Deep   bool       `json:"deep" query:"deep"`
		Share  float64    `json:"share" query:"share" default:"0.5"`
		Key    []byte     `json:"key" query:"key"`
		Phrase string     `json:"phrase" query:"phrase" required:"true"`
	}
	cases := []struct{ query, want string }{
		{"phrase=x&only=a&only=b&ids=1&ids=2&at=2026-01-02T03:04:05%2B01:00&deep=true&share=1e-3&key=aGk%3D", ""},
		{"phrase=&only=a&only=c", "only[1] enum, phrase minLength"},
		{"phrase=x&only=a", "only minItems"},
		{"phrase=x&only=a&only=a&only=a&only=a", "only maxItems"},
		{"phrase=x&phrase=y&ids=0&ids=x", "ids[0] minimum, ids[1] type, phrase type"},
		{"deep=&share=NaN&key=*&at=now&z=1&a=1", "a unknown, z unknown, at type, deep type, share type, key type, phrase required"},
	}
	p := planOf[search](t)
	for _, c := range cases {
		var s search
		if got := complaints(t, p.Bind(&s, source("", c.query, ""))); got != c.want {
			t.Errorf("%s: got %q, want %q", c.query, got, c.want)
		}
		if c.want != "" {
			continue
		}
		parts, err := p.Split(&s)
		if err != nil {
			t.Fatal(err)
		}
		var again search
		if err := p.Bind(&again, bind.Source{Query: parts.Query}); err != nil || !reflect.DeepEqual(s, again) {
			t.Errorf("got %+v, %v, want %+v", again, err, s)
		}
	}
}

func TestRequiredMeansOneThing(t *testing.T) {
	p := planOf[wide](t)
	wire := complaints(t, p.Bind(new(wide), source("", "", `{"must":null,"inner":{"name":""}}`)))
	here := complaints(t, p.Check(new(wide)))
	if wire != "must required, inner.name minLength" || here != "must required, inner.name required" {
		t.Errorf("over the wire %q, in Go %q", wire, here)
	}
	type path struct {
		ID string `json:"id" path:"id"`
	}
	if got := complaints(t, planOf[path](t).Check(new(path))); got != "id required" {
		t.Errorf("an empty path value: %q", got)
	}
	if _, err := planOf[path](t).Split(&path{ID: ".."}); complaints(t, err) != "id path" {
		t.Errorf("dots as a path value: %v", err)
	}
	if got := complaints(t, planOf[path](t).BindJSON(new(path), strings.NewReader("{}"))); got != "id required" {
		t.Errorf("a missing path value as JSON: %q", got)
	}
}

func TestDefaultsReachInside(t *testing.T) {
	p := planOf[wide](t)
	var bound wide
	err := p.Bind(&bound, source("", "", `{`+must+`,"many":{"k":{"name":"a"}},"opt":{"name":"b"},"lists":[{"name":"c"}]}`))
	if err != nil {
		t.Fatal(err)
	}
	zero := 0
	made := wide{
		Must: &zero, Inner: item{Name: "n"}, Many: map[string]item{"k": {Name: "a"}}, Opt: usecase.Some(item{Name: "b"}), Lists: usecase.Some([]item{{Name: "c"}}),
	}
	given := made.Many
	if err := p.Check(&made); err != nil {
		t.Fatal(err)
	}
	if given["k"].Size != 0 {
		t.Error("the caller's map was written")
	}
	if !reflect.DeepEqual(bound, made) || made.Many["k"].Size != 7 {
		t.Fatalf("over the wire %+v\nin Go %+v", bound, made)
	}
}

// A nil list inside an object is absent, not null, which no list may be.
func TestWhatIsZeroInsideIsLeftOut(t *testing.T) {
	p := planOf[wide](t)
	zero := 0
	in := wide{Must: &zero, Inner: item{Name: "n"}, Many: map[string]item{"b": {Name: "x"}, "a": {}}, Nested: [][]string{nil, {"y"}}, Opt: usecase.Some(item{})}
	data, err := p.JSON(&in)
	want := `{"many":{"a":{},"b":{"name":"x"}},"opt":{},"nested":[[],["y"]],"must":0,"inner":{"name":"n"}}`
	if err != nil || string(data) != want {
		t.Fatalf("got %s, %v", data, err)
	}
	in.Any = make(chan int)
	if _, err := p.JSON(&in); !errors.Is(err, domain.Invalid) {
		t.Fatalf("what JSON cannot carry: %v", err)
	}
	if _, err := p.Split(&wide{Free: []string{"\xff"}}); !errors.Is(err, domain.Invalid) {
		t.Fatalf("what is not UTF-8: %v", err)
	}
}

func TestACommandThatHoldsItselfIsTooDeep(t *testing.T) {
	zero, ring := 0, new(tree)
	ring.Left = ring
	if got := complaints(t, planOf[wide](t).Check(&wide{Must: &zero, Inner: item{Name: "n"}, Tree: ring})); got != "tree maxDepth" {
		t.Errorf("got %q", got)
	}
}

func TestComplaintsAreBounded(t *testing.T) {
	body := `{"` + strings.Repeat("n", 500) + `":1`
	for i := range 300 {
		body += `,"x` + strings.Repeat("y", i) + `":1`
	}
	fault := domain.FaultOf(planOf[wide](t).Bind(new(wide), source("", "", body+"}")))
	if len(fault.Fields) != bind.MaxFaults || fault.Details["more_faults"] != 203 || len(fault.Fields[0].Field) > 110 {
		t.Fatalf("%d complaints, %v, the first about %q", len(fault.Fields), fault.Details, fault.Fields[0].Field)
	}
}

func BenchmarkFor(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := bind.For(reflect.TypeFor[wide]()); err != nil {
			b.Fatal(err)
		}
	}
}
