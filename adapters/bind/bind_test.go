package bind_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/netip"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/docsteward/docsteward/adapters/bind"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/usecase"
)

type part struct {
	Name  string `json:"name" required:"true" maxLength:"5"`
	Count int    `json:"count" minimum:"1" maximum:"9"`
}

type command struct {
	ID     string                   `json:"id" path:"id" maxLength:"8"`
	Limit  int                      `json:"limit" query:"limit" default:"50" minimum:"1" maximum:"1000"`
	Tags   []string                 `json:"tags" query:"tags"`
	Since  *time.Time               `json:"since" query:"since"`
	Title  string                   `json:"title" required:"true" minLength:"1"`
	Kind   string                   `json:"kind" default:"md" enum:"md,rst"`
	Score  *float64                 `json:"score" minimum:"0" maximum:"1"`
	Owner  usecase.Optional[string] `json:"owner,omitzero" maxLength:"10"`
	Parts  []part                   `json:"parts" maxItems:"2"`
	First  *part                    `json:"first"`
	Extra  map[string]any           `json:"extra"`
	Labels map[string]string        `json:"labels"`
	Raw    json.RawMessage          `json:"raw"`
	Data   []byte                   `json:"data"`
	Flag   bool                     `json:"flag"`
	Small  uint8                    `json:"small"`
}

func plan(t testing.TB) *bind.Plan {
	t.Helper()
	p, err := bind.For(reflect.TypeFor[command]())
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func source(id, query, body string) bind.Source {
	values, _ := url.ParseQuery(query)
	return bind.Source{Path: func(string) string { return id }, Query: values, Body: strings.NewReader(body)}
}

func TestBindReadsPathQueryAndBody(t *testing.T) {
	var c command
	err := plan(t).Bind(&c, source("a/b c", "limit=7&tags=x&tags=y&since=2026-01-02T03:04:05Z",
		`{"title":"T\u00fc","score":0,"owner":null,"parts":[{"name":"p","count":3}],"first":{"name":"f"},"extra":{"a":[1,null]},"labels":{"k":"v"},"raw":{"x":1},"data":"aGk=","flag":true,"small":255}`))
	if err != nil {
		t.Fatal(err)
	}
	if c.ID != "a/b c" || c.Limit != 7 || len(c.Tags) != 2 || c.Since.Year() != 2026 || c.Title != "Tü" || c.Kind != "md" ||
		*c.Score != 0 || !c.Owner.IsNull() || c.Parts[0].Count != 3 || c.First.Name != "f" || c.Labels["k"] != "v" ||
		string(c.Raw) != `{"x":1}` || string(c.Data) != "hi" || !c.Flag || c.Small != 255 || len(c.Extra) != 1 {
		t.Fatalf("got %+v", c)
	}
}

func TestEveryFaultIsGatheredInOneAnswer(t *testing.T) {
	err := plan(t).Bind(new(command), source("far too long", "limit=0&tags=a&since=yesterday&nope=1",
		`{"kind":"txt","score":2,"owner":7,"parts":[{"count":0},{"name":"toolong","count":"x"},{"name":"c","count":99}],"unknown":1,"id":"moved","small":256,"flag":"yes","data":"*","first":[]}`))
	fault := domain.FaultOf(err)
	if fault.Kind != domain.Invalid {
		t.Fatalf("got %v", err)
	}
	got := map[string]string{}
	for _, f := range fault.Fields {
		got[f.Field] = f.Rule
	}
	want := map[string]string{
		"id": "unknown", "limit": "minimum", "since": "type", "nope": "unknown", "title": "required", "kind": "enum", "score": "maximum",
		"owner": "type", "parts[0].name": "required", "parts[0].count": "minimum", "parts[1].name": "maxLength", "parts[1].count": "type",
		"parts": "maxItems", "unknown": "unknown", "small": "type", "flag": "type", "data": "format", "first": "type",
	}
	for field, rule := range want {
		if got[field] != rule {
			t.Errorf("%s: got rule %q, want %q", field, got[field], rule)
		}
	}
	for field := range got {
		if want[field] == "" {
			t.Errorf("an unexpected complaint about %s: %s", field, got[field])
		}
	}
}

func TestABodyThatIsNoJSONIsInvalid(t *testing.T) {
	for _, body := range []string{"{", `{"title":"x"`, `{"title":"x"} more`, `{"title":"\ud800"}`, `{"title":"a","title":"b"}`, "[", "\xff", `{"parts":[`, `{"labels":{`} {
		if err := plan(t).Bind(new(command), source("a", "", body)); !errors.Is(err, domain.Invalid) {
			t.Errorf("%q: got %v", body, err)
		}
	}
	for _, body := range []string{"[]", "1", `"x"`, "null"} {
		err := plan(t).Bind(new(command), source("a", "", body))
		if !errors.Is(err, domain.Invalid) || domain.FaultOf(err).Fields[0].Field != "body" {
			t.Errorf("%q: got %v", body, err)
		}
	}
}

func TestAnEmptyBodyNamesWhatIsMissing(t *testing.T) {
	err := plan(t).Bind(new(command), source("a", "", ""))
	if f := domain.FaultOf(err).Fields; len(f) != 1 || f[0].Field != "title" || f[0].Rule != "required" {
		t.Fatalf("got %v", err)
	}
}

func TestAFaultOfTheReaderPassesUnchanged(t *testing.T) {
	src := source("a", "", "")
	for _, size := range []int64{0, 100} {
		src.Size, src.Body = size, io.MultiReader(strings.NewReader(`{"title":"`), failing{})
		if err := plan(t).Bind(new(command), src); !errors.Is(err, domain.TooLarge) {
			t.Fatalf("got %v", err)
		}
	}
	src.Body = strings.NewReader(`{"title":"`)
	if err := plan(t).Bind(new(command), src); !errors.Is(err, domain.Invalid) {
		t.Fatalf("a body shorter than told: %v", err)
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, domain.TooLarge.New("too much") }

func TestLenientSourcesAreToldOfUnknownNames(t *testing.T) {
	var names []string
	src := source("a", "odd=1", `{"title":"x","id":"moved","more":{"a":1}}`)
	src.Unknown = func(name string) { names = append(names, name) }
	if err := plan(t).Bind(new(command), src); err != nil || fmt.Sprint(names) != "[odd id more]" {
		t.Fatalf("got %v, %v", names, err)
	}
}

func TestCheckHoldsInProcessWhatBindHoldsOverTheWire(t *testing.T) {
	c := command{ID: "a", Title: "t", Parts: []part{{Name: "toolong", Count: 3}}, First: &part{Count: 99}}
	fault := domain.FaultOf(plan(t).Check(&c))
	got := map[string]string{}
	for _, f := range fault.Fields {
		got[f.Field] = f.Rule
	}
	if c.Limit != 50 || c.Kind != "md" || got["parts[0].name"] != "maxLength" || got["first.name"] != "required" || got["first.count"] != "maximum" || len(got) != 3 {
		t.Fatalf("got %v, limit %d", got, c.Limit)
	}
}

func TestSplitIsTheInverseOfBind(t *testing.T) {
	at := time.Date(2026, 1, 2, 3, 4, 5, 6000, time.UTC)
	score := 0.0
	in := command{
		ID: "100%/..", Limit: 3, Tags: []string{"a b", "&"}, Since: &at, Title: "x\"\n", Kind: "rst", Score: &score,
		Owner: usecase.Null[string](), Parts: []part{{Name: "p", Count: 1}}, Extra: map[string]any{"k": []any{"v"}}, Raw: json.RawMessage(`[1]`), Data: []byte{0, 255}, Small: 1,
	}
	parts, err := plan(t).Split(&in)
	if err != nil {
		t.Fatal(err)
	}
	var out command
	err = plan(t).Bind(&out, bind.Source{Path: func(name string) string { return parts.Path[name] }, Query: parts.Query, Body: parts.Body})
	if err != nil || !reflect.DeepEqual(in, out) {
		t.Fatalf("got %+v, %v\nwant %+v", out, err, in)
	}
	whole, err := plan(t).JSON(&in)
	if err != nil {
		t.Fatal(err)
	}
	var again command
	if err := plan(t).BindJSON(&again, strings.NewReader(string(whole))); err != nil || !reflect.DeepEqual(in, again) {
		t.Fatalf("got %+v, %v", again, err)
	}
}

func TestForRefusesWhatItCannotServe(t *testing.T) {
	type moved struct {
		X string `json:"x" query:"x"`
	}
	cases := map[string]reflect.Type{
		"not a struct":         reflect.TypeFor[int](),
		"nested moved field":   reflect.TypeFor[struct{ A moved }](),
		"embedded moved field": reflect.TypeFor[struct{ moved }](),
		"rule that does not fit": reflect.TypeFor[struct {
			A int `maxLength:"3"`
		}](),
		"default that is wrong": reflect.TypeFor[struct {
			A int `default:"x"`
		}](),
		"default of a required": reflect.TypeFor[struct {
			A int `default:"1" required:"true"`
		}](),
		"two fields of a name": reflect.StructOf([]reflect.StructField{
			{Name: "A", Type: reflect.TypeFor[int](), Tag: `json:"a"`}, {Name: "B", Type: reflect.TypeFor[int](), Tag: `json:"a"`},
		}),
		"names that differ": reflect.TypeFor[struct {
			A int `json:"a" query:"b"`
		}](),
		"a path that may be missing": reflect.TypeFor[struct {
			A *string `json:"a" path:"a"`
		}](),
		"an object in the query": reflect.TypeFor[struct {
			A map[string]string `json:"a" query:"a"`
		}](),
		"an Optional in the query": reflect.TypeFor[struct {
			A usecase.Optional[string] `json:"a" query:"a"`
		}](),
		"pointers in a list of the query": reflect.TypeFor[struct {
			A []*string `json:"a" query:"a"`
		}](),
		"a required truth value": reflect.TypeFor[struct {
			A bool `required:"true"`
		}](),
		"a required number that may be 0": reflect.TypeFor[struct {
			A int `required:"true" maximum:"3"`
		}](),
		"a default that breaks its rule": reflect.TypeFor[struct {
			A int `default:"0" minimum:"1"`
		}](),
		"a pattern of Go alone": reflect.TypeFor[struct {
			A string `pattern:"(?i)x"`
		}](),
		"a bound that is no number": reflect.TypeFor[struct {
			A string `maxLength:"x"`
		}](),
		"a type that writes itself": reflect.TypeFor[struct{ A netip.Addr }](),
		"an embedded pointer":       reflect.TypeFor[struct{ *part }](),
		"a pointer to a pointer":    reflect.TypeFor[struct{ A **int }](),
		"a name with a dot": reflect.TypeFor[struct {
			A int `json:"a.b"`
		}](),
		"an interface with methods": reflect.TypeFor[struct{ A error }](),
		"keys that are no text":     reflect.TypeFor[struct{ A map[int]string }](),
		"a channel":                 reflect.TypeFor[struct{ A chan int }](),
		"a stream beside a body": reflect.TypeFor[struct {
			A io.Reader `body:"stream"`
			B int
		}](),
	}
	for name, typ := range cases {
		if _, err := bind.For(typ); err == nil {
			t.Errorf("%s was accepted", name)
		}
	}
	p := plan(t)
	if p.CheckPath("/x/{id}") != nil || p.CheckPath("/x/{other}") == nil || p.CheckPath("/x") == nil {
		t.Error("CheckPath does not compare route and fields")
	}
}
