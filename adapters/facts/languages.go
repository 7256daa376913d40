package facts

import (
	"path"
	"strings"

	"github.com/docsteward/docsteward/adapters/facts/golang"
	"github.com/docsteward/docsteward/domain/code"
)

// language reads the facts of one file.
type language func(path string, content []byte) []code.Fact

// byExtension is never written.
var byExtension = map[string]language{
	".go": golang.Extract,
}

// byName are files whose whole name tells what they hold. Never written.
var byName = map[string]language{
	"go.mod": golang.Module,
}

// languageOf returns what reads a file of that name, or nil.
func languageOf(name string) language {
	base := path.Base(name)
	if read := byName[base]; read != nil {
		return read
	}
	return byExtension[strings.ToLower(path.Ext(base))]
}
