package bind

import (
	"strconv"
	"strings"
)

// trail is the way from the top of a command to a value in it. It is spelled
// only when there is something to complain about.
type trail []segment

// segment is a step of a trail: a name, or an index where name is "".
type segment struct {
	name  string
	index int
}

func (t *trail) push(s segment) { *t = append(*t, s) }

func (t *trail) pop() { *t = (*t)[:len(*t)-1] }

// String spells the trail, such as items[3].id.
func (t trail) String() string {
	var b strings.Builder
	for _, s := range t {
		if s.name == "" {
			b.WriteString("[" + strconv.Itoa(s.index) + "]")
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('.')
		}
		b.WriteString(shown(s.name))
	}
	return b.String()
}

// name spells the trail to a field of the value at its end.
func (t trail) name(name string) string {
	return append(t[:len(t):len(t)], segment{name: name}).String()
}

// shown bounds a name that the caller chose, for it goes into the answer.
func shown(name string) string {
	const most = 100
	if len(name) <= most {
		return name
	}
	return strings.ToValidUTF8(name[:most], "") + "…"
}
