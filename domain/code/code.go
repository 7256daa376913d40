// Package code is the concept of facts about software: what a project offers by
// name, where it says so, and what value it gives it. Documentation is true when
// what it claims agrees with them.
package code

import "strings"

// Kind is what sort of thing a fact names.
type Kind uint8

// The kinds of facts.
const (
	// Symbol is a declared name that other code can use: a type, function, method,
	// constant or variable. Its name is qualified, as http.Client.Do or Client.Do.
	Symbol Kind = iota + 1
	// File is a path below the root of the project, with slashes.
	File
	// Flag is an option of a command, without its leading dashes; its value is the
	// default.
	Flag
	// Variable is an environment variable that the project reads or sets; its value
	// is the default.
	Variable
	// Port is a network port; its name is the number.
	Port
	// Endpoint is a route, as GET /users/{}: the method, or * for any, and the path
	// with every parameter spelled {}. The path may lack a prefix that is set where
	// the code that registers the route is called.
	Endpoint
	// Key is a key of a configuration file, or a field of a JSON body, dotted from the
	// root where it is known, {} standing for keys that the user chooses; its value is
	// the default. A weak fact that ends with {} and has a scope tells that the package
	// of that import path says which keys lie there.
	Key
	// Version is that of the project, or of something it builds on; its name is what
	// has the version, its value the version.
	Version
	// Target is what a build tool runs by name: a target of a Makefile, a script of
	// package.json, a job of a workflow.
	Target
	// Command is a program or subcommand, as promtool check.
	Command
	// Message is a text that the project logs or fails with.
	Message
)

// kinds is never written.
var kinds = [...]string{
	Symbol: "symbol", File: "file", Flag: "flag", Variable: "variable", Port: "port", Endpoint: "endpoint", Key: "key",
	Version: "version", Target: "target", Command: "command", Message: "message",
}

// Kinds returns every kind.
func Kinds() []Kind {
	all := make([]Kind, 0, len(kinds)-1)
	for k := Symbol; int(k) < len(kinds); k++ {
		all = append(all, k)
	}
	return all
}

// String returns the name of the kind.
func (k Kind) String() string {
	if k < Symbol || int(k) >= len(kinds) {
		return "unknown"
	}
	return kinds[k]
}

// ParseKind returns the kind of that name; false when there is none.
func ParseKind(name string) (Kind, bool) {
	for k := Symbol; int(k) < len(kinds); k++ {
		if strings.EqualFold(kinds[k], name) {
			return k, true
		}
	}
	return 0, false
}

// Fact is one thing that a project offers.
type Fact struct {
	Kind Kind
	// Name is spelled as its kind says.
	Name string
	// Value is the default, or the version; it is known when HasValue.
	Value    string
	HasValue bool
	// Scope is what the fact belongs to: the package of a symbol, the command of a
	// flag. It may be empty.
	Scope string
	// Path and Line are where it is declared: the file with slashes below the root,
	// and the line from 1.
	Path string
	Line int
	// Weak says that the fact was seen used, not declared: a variable in a manifest,
	// a flag in a script. It proves that a name is known and gives no value.
	Weak bool
}
