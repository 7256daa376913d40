package claim

import (
	"strings"

	"github.com/docsteward/docsteward/domain/code"
)

// shortestLibrary is the least length of a word that tells a library: shorter ones
// stand in too many paths.
const shortestLibrary = 4

// hosts are words of paths that tell no library. Never written.
var hosts = setOf(`github gitlab bitbucket golang google google.golang gopkg cloud common client server library tools core utils util plugin plugins config internal contrib`)

// learnLibraries notes the words of the paths of what the project builds on. Words
// of its own path are its own.
func (p *Project) learnLibraries() {
	own := strings.ToLower(p.options.Module)
	for _, name := range p.index.Names(code.Version) {
		if !strings.Contains(name, "/") {
			continue
		}
		for _, part := range strings.Split(strings.ToLower(name), "/") {
			for _, word := range strings.FieldsFunc(part, func(r rune) bool { return r == '-' || r == '_' || r == '.' }) {
				if len(word) >= shortestLibrary && !hosts[word] && !strings.Contains(own, word) {
					p.libraries[word] = name
				}
			}
		}
	}
}

// libraryOf returns the module that a variable is called after, whose code reads
// it, maybe; empty when there is none.
func (p *Project) libraryOf(variable string) string {
	first, _, more := strings.Cut(strings.ToLower(variable), "_")
	if !more {
		return ""
	}
	return p.libraries[first]
}
