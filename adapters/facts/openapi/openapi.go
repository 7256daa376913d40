// Package openapi reads the facts of descriptions of HTTP interfaces, OpenAPI 3
// and Swagger 2: endpoints, the ports of servers, and the version.
package openapi

import (
	"net/url"
	"strings"

	"github.com/docsteward/docsteward/adapters/facts/lexical"
	"github.com/docsteward/docsteward/adapters/facts/tree"
	"github.com/docsteward/docsteward/domain/code"
)

// Describes reports whether a tree describes an interface.
func Describes(root *tree.Node) bool {
	_, three := root.At("openapi").Value()
	_, two := root.At("swagger").Value()
	return three || two
}

// Read adds the facts of a description. A path is told as it is written and, where
// the first server or the base path has one, below it.
func Read(found *lexical.Facts, root *tree.Node) {
	title, _ := root.At("info", "title").Value()
	if version, ok := root.At("info", "version").Value(); ok && title != "" {
		found.AddValue(root.At("info", "version").Line, code.Version, title, version, "")
	}
	base, _ := root.At("basePath").Value()
	for server := range root.At("servers").Each {
		text, _ := server.At("url").Value()
		address, err := url.Parse(text)
		if err != nil {
			continue
		}
		if port, ok := lexical.PortNumber(address.Port()); ok {
			found.Add(server.At("url").Line, code.Port, port, "")
		}
		if base == "" {
			base = address.Path
		}
	}
	if host, ok := root.At("host").Value(); ok {
		if _, port, ok := strings.Cut(host, ":"); ok {
			if port, ok := lexical.PortNumber(port); ok {
				found.Add(root.At("host").Line, code.Port, port, "")
			}
		}
	}
	for route := range root.At("paths").Each {
		endpoints(found, route, strings.TrimSuffix(base, "/"))
	}
}

func endpoints(found *lexical.Facts, route *tree.Node, base string) {
	if !strings.HasPrefix(route.Key, "/") {
		return
	}
	for operation := range route.Each {
		verb, ok := lexical.Method(operation.Key)
		if !ok || verb == "*" {
			continue
		}
		found.Add(operation.Line, code.Endpoint, lexical.Endpoint(verb, "", route.Key), "")
		if base != "" {
			found.Add(operation.Line, code.Endpoint, lexical.Endpoint(verb, base, route.Key), "")
		}
	}
}
