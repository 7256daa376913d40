package bind_test

import (
	"fmt"
	"net/url"
	"reflect"
	"strings"
	"testing"

	"github.com/docsteward/docsteward/adapters/bind"
)

func FuzzBind(f *testing.F) {
	f.Add(`{"title":"x","parts":[{"name":"a","count":1}]}`, "limit=3")
	f.Add(`{"owner":null,"score":1e400,"raw":{},"extra":{"a":1}}`, "tags=%zz")
	f.Add(`{"first":{"name":"\u0000"}}`, "since=x")
	p := plan(f)
	f.Fuzz(func(t *testing.T, body, query string) {
		var c command
		if p.Bind(&c, source("id", query, body)) != nil {
			return
		}
		if err := p.Check(&c); err != nil {
			t.Fatalf("Bind accepted what Check refuses: %v\n%s", err, body)
		}
		parts, err := p.Split(&c)
		if err != nil {
			t.Fatal(err)
		}
		var again command
		if err := p.Bind(&again, bind.Source{Path: func(n string) string { return parts.Path[n] }, Query: parts.Query, Body: parts.Body}); err != nil {
			t.Fatalf("what Split wrote does not bind: %v", err)
		}
		one, err := p.JSON(&c)
		if err != nil {
			t.Fatal(err)
		}
		if two, _ := p.JSON(&again); string(one) != string(two) {
			t.Fatalf("the command changed on its way:\n%s\n%s", one, two)
		}
	})
}

func BenchmarkBindAndCheck(b *testing.B) {
	p := plan(b)
	body := `{"title":"` + strings.Repeat("word ", 700) + `","parts":[{"name":"a","count":1},{"name":"b","count":2}],"extra":{"owner":"me"}}`
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		var c command
		if err := p.Bind(&c, source("a", "limit=3", body)); err != nil {
			b.Fatal(err)
		}
		if err := p.Check(&c); err != nil {
			b.Fatal(err)
		}
	}
}

func ExamplePlan_Bind() {
	type search struct {
		Q     string `json:"q" query:"q" required:"true"`
		Limit int    `json:"limit" query:"limit" default:"50" maximum:"1000"`
	}
	p, _ := bind.For(reflect.TypeFor[search]())
	var c search
	err := p.Bind(&c, bind.Source{Query: url.Values{"limit": {"5000"}}})
	fmt.Println(err)
	// Output: The request is not valid; correct the fields that are named.: q must be given; limit must be at most 1000
}
