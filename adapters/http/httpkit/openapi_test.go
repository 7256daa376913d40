package httpkit_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/docsteward/docsteward/adapters/bind"
	"github.com/docsteward/docsteward/adapters/http/httpkit"
	"github.com/docsteward/docsteward/ports/usecase"
)

func TestTheDocumentIsValid(t *testing.T) {
	var keep usecase.Port[note, view]
	type lenient rich
	var all usecase.Port[rich, []rich]
	var direct usecase.Port[lenient, []rich]
	var watch usecase.Stream[ticks, tick]
	var upload usecase.Port[file, map[string]*view]
	data, err := httpkit.Document("test", "1", []usecase.Operation{
		usecase.Put("/api/v1/notes/{id}", "Keep a note.", &keep, usecase.Needs("notes:write"), usecase.Also("/notes/{id}")),
		usecase.Post("/api/v1/rich", "All kinds of fields.", &all, usecase.Created),
		usecase.Post("/rich", "The same without an envelope.", &direct, usecase.Direct),
		usecase.Post("/api/v1/files", "Send a file.", &upload),
	}, []usecase.Operation{usecase.Watch("/api/v1/ticks", "Count.", &watch)})
	if err != nil {
		t.Fatal(err)
	}
	loaded, err := openapi3.NewLoader().LoadFromData(data)
	if err != nil {
		t.Fatal(err)
	}
	if err := loaded.Validate(context.Background(), openapi3.IsOpenAPI31OrLater()); err != nil {
		t.Fatal(err)
	}
	if loaded.OpenAPI != "3.1.0" || loaded.Paths.Len() != 6 {
		t.Fatalf("got version %s and %d paths", loaded.OpenAPI, loaded.Paths.Len())
	}
	put := loaded.Paths.Find("/api/v1/notes/{id}").Put
	if len(put.Parameters) != 2 || put.RequestBody == nil || put.Responses.Status(200) == nil || put.Extensions["x-permission"] != "notes:write" {
		t.Errorf("the operation is %+v", put)
	}
	if also := loaded.Paths.Find("/notes/{id}").Put; !also.Deprecated || put.Deprecated || also.OperationID == put.OperationID || len(also.Parameters) != 2 {
		t.Errorf("the alias is %+v", also)
	}
}

type file struct {
	Name string    `json:"name" query:"name" required:"true"`
	Body io.Reader `json:"-" body:"stream"`
}

func TestTwoServicesMayShareNamesInOneDocument(t *testing.T) {
	type note struct {
		Text string `json:"text"`
	}
	var first, second usecase.Port[note, string]
	data, err := httpkit.Document("x", "1", []usecase.Operation{usecase.Post("/a", "", &first)}, []usecase.Operation{usecase.Post("/b", "", &second)})
	if err != nil || strings.Contains(string(data), `"operationId":"note"`) {
		t.Fatalf("got %s, %v", data, err)
	}
}

// What is answered may grow, what is sent may not, and one type may be both.
func TestInputsAndOutputsHaveSchemasOfTheirOwn(t *testing.T) {
	var strict, direct usecase.Port[rich, rich]
	data, err := httpkit.Document("x", "1", []usecase.Operation{usecase.Post("/a", "", &strict), usecase.Post("/b", "", &direct, usecase.Direct)})
	if err != nil {
		t.Fatal(err)
	}
	var document struct {
		Components struct {
			Schemas map[string]map[string]any `json:"schemas"`
		} `json:"components"`
	}
	if err := json.Unmarshal(data, &document); err != nil {
		t.Fatal(err)
	}
	for name, open := range map[string]bool{"httpkit_test.leaf": true, "httpkit_test.leafInput": false, "httpkit_test.leafLenientInput": true} {
		schema := document.Components.Schemas[name]
		text := schema["properties"].(map[string]any)["s"].(map[string]any)
		if _, closed := schema["additionalProperties"]; closed == open {
			t.Errorf("%s: %v", name, schema)
		}
		if _, bounded := text["maxLength"]; bounded != strings.HasSuffix(name, "Input") {
			t.Errorf("%s: %v", name, text)
		}
	}
}

type leaf struct {
	S string `json:"s"`
	N int8   `json:"n" required:"true" minimum:"1"`
}

type rich struct {
	Text  string                       `json:"text" required:"true" maxLength:"5"`
	Kind  string                       `json:"kind" enum:"a,b"`
	Name  string                       `json:"name" pattern:"^[a-z]*$"`
	Count int                          `json:"count" minimum:"-2" maximum:"3"`
	Ratio *float64                     `json:"ratio" minimum:"0" maximum:"1"`
	Must  *int                         `json:"must" required:"true"`
	Tags  []string                     `json:"tags" minItems:"1" maxItems:"2" maxLength:"1"`
	Flag  bool                         `json:"flag"`
	Owner usecase.Optional[string]     `json:"owner,omitzero" maxLength:"3"`
	Opt   usecase.Optional[leaf]       `json:"opt,omitzero"`
	Map   map[string]int               `json:"map" maximum:"1" maxItems:"2"`
	Any   json.RawMessage              `json:"any"`
	Leaf  *leaf                        `json:"leaf"`
	Deep  map[string][]map[string]leaf `json:"deep"`
	Small uint8                        `json:"small"`
	Parts []struct {
		N int `json:"n" required:"true" minimum:"1"`
	} `json:"parts"`
}

// schemaOf compiles the schema of a body with its components.
func schemaOf(t *testing.T, plan *bind.Plan, ignoresUnknown bool) *jsonschema.Schema {
	t.Helper()
	var schemas bind.Schemas
	body, err := schemas.Body(plan, ignoresUnknown)
	if err != nil {
		t.Fatal(err)
	}
	body["components"] = map[string]any{"schemas": schemas.Components}
	data, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	read, err := jsonschema.UnmarshalJSON(strings.NewReader(string(data)))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("body.json", read); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("body.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// Whatever the plan accepts the document accepts, and the other way round.
func TestPlanAndDocumentAgree(t *testing.T) {
	plan, err := bind.For(reflect.TypeFor[rich]())
	if err != nil {
		t.Fatal(err)
	}
	for name, unknown := range map[string]func(string){"strict": nil, "lenient": func(string) {}} {
		t.Run(name, func(t *testing.T) {
			schema := schemaOf(t, plan, unknown != nil)
			random := rand.New(rand.NewPCG(3, 4))
			accepted := 0
			const tries = 10_000
			for range tries {
				text := mutated(random)
				value, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
				if err != nil {
					t.Fatal(err)
				}
				byDocument := schema.Validate(value)
				byPlan := plan.Bind(new(rich), bind.Source{Body: strings.NewReader(text), Unknown: unknown})
				if (byDocument == nil) != (byPlan == nil) {
					t.Fatalf("%s\nthe document says %v\nthe plan says %v", text, byDocument, byPlan)
				}
				if byPlan == nil {
					accepted++
				}
			}
			if accepted < tries/50 || accepted > tries*49/50 {
				t.Fatalf("%d of %d bodies were accepted: the test proves little", accepted, tries)
			}
		})
	}
}

// bodies holds values on both sides of every rule, the first of each a good one.
var bodies = strings.Split(strings.TrimSpace(`
text  "ab" "abcde" "" "abcdef" "üüüüü" 1 null
must  0 -1 null "1" 1.0 1.5
kind  "a" "b" "c" 2 null
name  "x" "" "X" null
count -2 3 -3 4 1.5 2.0 2e0 "1" null
ratio 0 1 1.1 null "x" -0.0
tags  ["a"] ["a","b"] [] ["a","b","c"] [1] null "a" ["ab"] [null]
flag  true false 0 null
owner null "abc" "abcd" 1
opt   null {"n":1} {"n":0} {} {"n":128} {"n":1,"x":2} 1
map   {} {"a":1} {"a":2} {"a":"x"} [] {"a":1,"b":1,"c":1} {"a":null}
any   1 {"x":[]} null
leaf  null {"n":1,"s":""} {"n":1,"s":null} {"s":"x"} [] {"n":1,"m":1}
deep  {} {"a":[]} {"a":[{"b":{"n":1}}]} {"a":[{"b":{"n":0}}]} {"a":{}} {"a":[{"b":{}}]} {"a":[null]} {"a":[{"b":{"n":1,"z":0}}]}
small 0 255 256 -1 1.5 1e2
parts [] [{"n":1}] [{"n":0}] [{}] [{"n":1,"m":2}] {} [[]]
odd   1
`), "\n")

// mutated makes a body out of them.
func mutated(random *rand.Rand) string {
	var fields []string
	for _, line := range bodies {
		words := strings.Fields(line)
		name, options := words[0], words[1:]
		chosen := options[0]
		if random.IntN(8) == 0 {
			chosen = options[random.IntN(len(options))]
		}
		must := name == "text" || name == "must"
		if name == "odd" && random.IntN(20) != 0 || !must && random.IntN(3) == 0 || must && random.IntN(30) == 0 {
			continue
		}
		fields = append(fields, fmt.Sprintf("%q:%s", name, chosen))
	}
	return "{" + strings.Join(fields, ",") + "}"
}
