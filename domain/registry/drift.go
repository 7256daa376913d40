package registry

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"

	"github.com/docsteward/docsteward/domain"
)

// Interface is what a service says in its OpenAPI document that it answers.
type Interface struct {
	// Hash identifies the document, however its members are ordered.
	Hash      string
	Endpoints []Endpoint
}

// ReadInterface reads an OpenAPI document. It fails with Upstream on what is none.
func ReadInterface(document []byte) domain.DomainResult[Interface] {
	var spec struct {
		OpenAPI, Swagger string
		Paths            map[string]map[string]json.RawMessage
	}
	var whole any
	if err := json.Unmarshal(document, &spec); err != nil || json.Unmarshal(document, &whole) != nil || spec.OpenAPI == "" && spec.Swagger == "" {
		return domain.Fail[Interface](domain.Upstream.New("What the service tells is no OpenAPI document."))
	}
	canonical, err := json.Marshal(whole) // members in the order of their names
	if err != nil {
		return domain.Fail[Interface](domain.Upstream.Wrap(err, "The OpenAPI document cannot be read."))
	}
	sum := sha256.Sum256(canonical)
	found := Interface{Hash: hex.EncodeToString(sum[:])}
	for path, operations := range spec.Paths {
		for method, operation := range operations {
			if !slices.Contains(methods(), strings.ToUpper(method)) {
				continue
			}
			var told struct{ Summary string }
			_ = json.Unmarshal(operation, &told) // an operation without a summary has none
			found.Endpoints = append(found.Endpoints, Endpoint{Method: strings.ToUpper(method), Path: path, Description: told.Summary})
		}
	}
	slices.SortFunc(found.Endpoints, func(a, b Endpoint) int {
		return strings.Compare(a.Path+" "+a.Method, b.Path+" "+b.Method)
	})
	return domain.Ok(found)
}

// Difference is how two interfaces differ, as methods and paths.
type Difference struct{ Added, Removed []string }

// Compare tells which endpoints came and which went.
func Compare(before, after []Endpoint) Difference {
	var d Difference
	has := func(all []Endpoint, e Endpoint) bool {
		return slices.ContainsFunc(all, func(o Endpoint) bool { return o.Method == e.Method && o.Path == e.Path })
	}
	for _, e := range after {
		if !has(before, e) {
			d.Added = append(d.Added, e.String())
		}
	}
	for _, e := range before {
		if !has(after, e) {
			d.Removed = append(d.Removed, e.String())
		}
	}
	return d
}
