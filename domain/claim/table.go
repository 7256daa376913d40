package claim

import (
	"regexp"
	"strings"

	"github.com/docsteward/docsteward/domain/code"
	"github.com/docsteward/docsteward/domain/document"
)

var (
	defaultColumn  = regexp.MustCompile(`(?i)^defaults?(?: values?)?$`)
	variableColumn = regexp.MustCompile(`(?i)\b(?:env|variable|environment)`)
	flagColumn     = regexp.MustCompile(`(?i)\b(?:flag|option|argument|parameter)s?\b`)
	keyColumn      = regexp.MustCompile(`(?i)^(?:key|field|setting|parameter|property|option|config\w*|name)s?$`)
	portColumn     = regexp.MustCompile(`(?i)\bports?\b`)
	plainKey       = regexp.MustCompile(`^[a-z][a-zA-Z0-9]*(?:[_.-][a-zA-Z0-9]+)+$`)
	portNumber     = regexp.MustCompile(`^\d{2,5}$`)
	capitals       = regexp.MustCompile(`^[A-Z][A-Z0-9_]{2,}$`)
)

// table reads cells by the titles of their columns, and gives the one name of a row
// the default that stands in it.
func (r *reader) table(b *document.Block) {
	var titles []string
	for i, row := range b.Children {
		if row.Kind != document.KindRow {
			r.block(row)
			continue
		}
		if i == 0 {
			titles = make([]string, len(row.Children))
			for k, cell := range row.Children {
				titles[k] = strings.TrimSpace(cell.PlainText(r.content))
			}
			if row.Has(document.FlagHeader) {
				continue
			}
		}
		r.row(row, titles)
	}
}

func (r *reader) row(row *document.Block, titles []string) {
	before, value, stated := len(r.claims), "", false
	reason := pastSentence(row.Source(r.content))
	for k, cell := range row.Children {
		heading := ""
		if k < len(titles) {
			heading = titles[k]
		}
		if defaultColumn.MatchString(heading) {
			value, stated = cellText(cell, r.content), true
			continue
		}
		s := spot{place: Table, reason: reason}
		count := len(r.claims)
		r.text(cell, s)
		if len(r.claims) == count {
			r.cell(cell, heading, s)
		}
	}
	if stated {
		r.state(before, value)
	}
}

// cell reads a name that only its column tells the kind of.
func (r *reader) cell(cell *document.Block, heading string, s spot) {
	text := cellText(cell, r.content)
	start, end := r.trimmed(cell.Start, cell.End)
	if at := strings.Index(string(r.content[start:end]), text); at >= 0 {
		start += at
		end = start + len(text)
	}
	switch {
	case variableColumn.MatchString(heading) && capitals.MatchString(text):
		r.add(code.Variable, text, start, end, s)
	case portColumn.MatchString(heading) && portNumber.MatchString(text):
		r.add(code.Port, text, start, end, s)
	case keyColumn.MatchString(heading) && plainKey.MatchString(text):
		r.add(code.Key, text, start, end, s)
	case flagColumn.MatchString(heading) && flagToken.MatchString(text):
		r.flag(start, end, "", s)
	}
}

func cellText(cell *document.Block, content []byte) string {
	return strings.Trim(strings.TrimSpace(cell.PlainText(content)), "`")
}

// state gives the first flag, variable or key since before the value.
func (r *reader) state(before int, value string) {
	for i := before; i < len(r.claims); i++ {
		if c := &r.claims[i]; valuedKind(c.Kind) {
			if !c.HasValue {
				c.Value, c.HasValue = value, true
			}
			return
		}
	}
}

func valuedKind(k code.Kind) bool { return k == code.Flag || k == code.Variable || k == code.Key }
