package golang

import (
	"go/ast"
	"strings"

	"github.com/docsteward/docsteward/domain/code"
)

// lent are the flags that a call of AddFlags of a well-known library adds to a
// program, with their defaults. Never written.
var lent = map[string]map[string]string{
	"github.com/prometheus/common/promslog/flag":             {"log.level": "info", "log.format": "logfmt"},
	"github.com/prometheus/common/promlog/flag":              {"log.level": "info", "log.format": "logfmt"},
	"github.com/prometheus/exporter-toolkit/web/kingpinflag": {"web.listen-address": "", "web.config.file": "", "web.systemd-socket": ""},
}

// impliedFlags tells the flags that a program has without declaring them: --help
// of every library, --version of those that are given one, and what a library
// lends.
func (w *walker) impliedFlags(c *ast.CallExpr, library string, imported bool, method string) {
	line := w.line(c.Pos())
	switch {
	case method == "AddFlags" && imported:
		for name, standard := range lent[library] {
			w.facts.AddKnown(line, code.Flag, name, standard, standard != "", "")
		}
	case method == "Version" && !imported && w.uses("kingpin"):
		w.facts.AddWeak(line, code.Flag, "version")
	case method == "New" && strings.Contains(library, "kingpin"), method == "NewFlagSet" && strings.HasSuffix(library, "flag"):
		w.help(line)
	}
}

func (w *walker) help(line int) {
	w.facts.AddWeak(line, code.Flag, "help")
	w.facts.AddWeak(line, code.Flag, "h")
}
