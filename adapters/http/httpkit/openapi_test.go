package httpkit_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/docsteward/docsteward/adapters/bind"
	"github.com/docsteward/docsteward/adapters/http/httpkit"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/usecase"
)

func TestTheDocumentIsValid(t *testing.T) {
	data, err := httpkit.Document("doc_store", "1", docstore.Operations(&docstore.UseCases{}))
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
	if loaded.OpenAPI != "3.1.0" || loaded.Paths.Len() < 10 {
		t.Fatalf("got version %s and %d paths", loaded.OpenAPI, loaded.Paths.Len())
	}
}

type rich struct {
	Text  string                   `json:"text" required:"true" minLength:"2" maxLength:"5"`
	Kind  string                   `json:"kind" enum:"a,b"`
	Name  string                   `json:"name" pattern:"^[a-z]*$"`
	Count int                      `json:"count" minimum:"-2" maximum:"3"`
	Ratio *float64                 `json:"ratio" minimum:"0" maximum:"1"`
	Tags  []string                 `json:"tags" minItems:"1" maxItems:"2"`
	Flag  bool                     `json:"flag"`
	Owner usecase.Optional[string] `json:"owner,omitzero" maxLength:"3"`
	Map   map[string]int           `json:"map"`
	Any   json.RawMessage          `json:"any"`
	Parts []struct {
		N int `json:"n" required:"true" minimum:"1"`
	} `json:"parts"`
}

// Whatever the plan accepts the document accepts, and the other way round.
func TestPlanAndDocumentAgree(t *testing.T) {
	plan, err := bind.For(reflect.TypeFor[rich]())
	if err != nil {
		t.Fatal(err)
	}
	var schemas bind.Schemas
	body, err := schemas.Body(plan, false)
	if err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	var schema openapi3.Schema
	if err := json.Unmarshal(data, &schema); err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(3, 4))
	accepted := 0
	for range 5000 {
		text := mutated(random)
		var value any
		if err := json.Unmarshal([]byte(text), &value); err != nil {
			t.Fatal(err)
		}
		byDocument := schema.VisitJSON(value, openapi3.EnableJSONSchema2020())
		byPlan := plan.Bind(new(rich), bind.Source{Body: strings.NewReader(text)})
		if (byDocument == nil) != (byPlan == nil) {
			t.Fatalf("%s\nthe document says %v\nthe plan says %v", text, byDocument, byPlan)
		}
		if byPlan == nil {
			accepted++
		}
	}
	if accepted < 100 || accepted > 4900 {
		t.Fatalf("%d of 5000 bodies were accepted: the test proves little", accepted)
	}
}

// mutated makes a body out of values that lie on both sides of every rule.
func mutated(random *rand.Rand) string {
	values := map[string][]string{
		"text": {`"ab"`, `"abcde"`, `"a"`, `"abcdef"`, `"üü"`, `1`, `null`}, "kind": {`"a"`, `"b"`, `"c"`, `2`}, "name": {`"x"`, `""`, `"X"`, `null`},
		"count": {`-2`, `3`, `-3`, `4`, `1.5`, `"1"`}, "ratio": {`0`, `1`, `1.1`, `null`, `"x"`}, "tags": {`["a"]`, `["a","b"]`, `[]`, `["a","b","c"]`, `[1]`, `null`, `"a"`},
		"flag": {`true`, `false`, `0`}, "owner": {`null`, `"abc"`, `"abcd"`, `1`}, "map": {`{}`, `{"a":1}`, `{"a":"x"}`, `[]`}, "any": {`1`, `{"x":[]}`, `null`},
		"parts": {`[]`, `[{"n":1}]`, `[{"n":0}]`, `[{}]`, `[{"n":1,"m":2}]`, `{}`}, "odd": {`1`},
	}
	var fields []string
	for _, name := range []string{"text", "kind", "name", "count", "ratio", "tags", "flag", "owner", "map", "any", "parts", "odd"} {
		options := values[name]
		chosen := options[0]
		if random.IntN(6) == 0 {
			chosen = options[random.IntN(len(options))]
		}
		if name == "odd" && random.IntN(20) != 0 || name != "text" && random.IntN(3) == 0 || name == "text" && random.IntN(30) == 0 {
			continue
		}
		fields = append(fields, fmt.Sprintf("%q:%s", name, chosen))
	}
	return "{" + strings.Join(fields, ",") + "}"
}
