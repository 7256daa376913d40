package main

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/docsteward/docsteward/domain/claim"
	"github.com/docsteward/docsteward/domain/code"
)

// subject is a name that documents mention and the code has: what is changed.
type subject struct {
	kind code.Kind
	name string
	// value is set where the default is changed, not the name.
	value bool
	fact  code.Fact
}

func (s subject) String() string {
	if s.value {
		return s.kind.String() + " default " + s.name
	}
	return s.kind.String() + " " + s.name
}

// subjects lists what holds by a fact on pages that are judged, in a fixed order
// that follows nothing but hashes.
func subjects(pages []judged) []subject {
	seen := map[string]bool{}
	var all []subject
	for _, p := range pages {
		for _, v := range p.verdicts {
			if v.State != claim.Holds || v.Fact == nil || v.Claim.Place == claim.Link || v.Fact.Kind != v.Claim.Kind || v.Claim.Kind != code.File && !claim.Declares(v.Fact) {
				continue
			}
			for _, s := range []subject{{kind: v.Claim.Kind, name: v.Claim.Name, fact: *v.Fact}, {kind: v.Claim.Kind, name: v.Claim.Name, value: true, fact: *v.Fact}} {
				if s.value && (!v.Agrees || !v.Fact.HasValue) || seen[s.String()] {
					continue
				}
				seen[s.String()] = true
				all = append(all, s)
			}
		}
	}
	slices.SortFunc(all, func(a, b subject) int { return int(int64(order(a)) - int64(order(b))) })
	return all
}

func order(s subject) uint32 {
	h := fnv.New32a()
	h.Write([]byte(s.String()))
	return h.Sum32()
}

// choose takes an eighth of the names of each kind, at least two and at most twelve,
// so that most of a page stays true, as pages are.
func choose(all []subject) []subject {
	total, taken := map[string]int{}, map[string]int{}
	group := func(s subject) string { return fmt.Sprint(s.kind, s.value) }
	for _, s := range all {
		total[group(s)]++
	}
	var chosen []subject
	for _, s := range all {
		if g := group(s); taken[g] < min(12, max(2, total[g]/8)) {
			taken[g]++
			chosen = append(chosen, s)
		}
	}
	return chosen
}

// mutate changes the code so that the subject is no more: it is renamed or, for
// every third, named as nothing before. It reports whether anything changed.
func mutate(d *documented, s subject) bool {
	if s.value {
		return d.revalue(s)
	}
	switch s.kind {
	case code.File:
		return d.move(s)
	case code.Symbol:
		last := s.name[strings.LastIndexByte(s.name, '.')+1:]
		return d.replace(`\b`+regexp.QuoteMeta(last)+`\b`, fresh(s, last), ".go", ".py", ".js", ".ts", ".java")
	case code.Flag:
		q := regexp.QuoteMeta(s.name)
		if strings.ContainsAny(s.name, ".-_") { // unlike any other word
			return d.replace(`\b`+q+`\b`, fresh(s, s.name))
		}
		changed := d.replace(`(["'\x60])`+q+`(["'\x60])`, "${1}"+fresh(s, s.name)+"${2}")
		return d.replace(`(--?)`+q+`\b`, "${1}"+fresh(s, s.name)) || changed
	case code.Variable:
		return d.replace(`\b`+regexp.QuoteMeta(s.name)+`\b`, fresh(s, s.name))
	case code.Port:
		return d.replace(`\b`+s.name+`\b`, "4"+s.name[1:]+"7"[:max(0, 4-len(s.name))])
	case code.Endpoint:
		return d.reroute(s)
	case code.Key:
		last := s.name[strings.LastIndexByte(s.name, '.')+1:]
		return d.replace(`((?:yaml|json|mapstructure|toml|koanf):")`+regexp.QuoteMeta(last)+`\b`, "${1}"+fresh(s, last), ".go")
	case code.Version:
		return s.name == "go" && d.replace(`(?m)^go 1\.\d+`, "go 1.99", "go.mod")
	case code.Target:
		return d.replace(`(?m)\b`+regexp.QuoteMeta(s.name)+`( *:|$)`, fresh(s, s.name)+"${1}", "Makefile", ".mk", ".common")
	case code.Message:
		words := strings.Fields(s.fact.Name)
		if len(words) < 4 || strings.Contains(words[2], "%") {
			return false
		}
		return d.replace(regexp.QuoteMeta(strings.Join(words[:3], " ")), strings.Join(words[:2], " ")+" quota", ".go")
	case code.Command:
		last := s.fact.Name[strings.LastIndexByte(s.fact.Name, ' ')+1:]
		return d.replace(`(Use: *"|Name: *"|Command\(")`+regexp.QuoteMeta(last)+`\b`, "${1}"+fresh(s, last), ".go")
	}
	return false
}

// fresh is a new name: the last word replaced, or no word kept.
func fresh(s subject, name string) string {
	mark := fmt.Sprintf("%x", order(s))[:4]
	if order(s)%3 == 0 {
		if strings.ToUpper(name) == name {
			return "ZQ" + strings.ToUpper(mark) + "_ORIGIN"
		}
		if strings.ToLower(name[:1]) == name[:1] {
			return "zq" + mark + "-origin"[:7*b2i(s.kind != code.Symbol && s.kind != code.Key)]
		}
		return "Zq" + mark
	}
	if at := strings.LastIndexAny(name, "._-"); at > 0 {
		word := "quota"
		if strings.ToUpper(name) == name {
			word = "QUOTA"
		}
		return name[:at+1] + word
	}
	if strings.ToUpper(name[:1]) == name[:1] {
		return name + "Quota"
	}
	return name + "quota"
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// replace changes a pattern in all code, or in files of the endings.
func (d *documented) replace(pattern, by string, endings ...string) bool {
	expression := regexp.MustCompile(pattern)
	changed := false
	for _, name := range d.names {
		content := d.files[name]
		if content == nil || isDocument(name) || len(endings) > 0 && !slices.ContainsFunc(endings, func(e string) bool { return strings.HasSuffix(name, e) }) {
			continue
		}
		if after := expression.ReplaceAll(content, []byte(by)); !bytes.Equal(after, content) {
			d.files[name], changed = after, true
		}
	}
	return changed
}

func (d *documented) move(s subject) bool {
	content, exists := d.files[s.fact.Name]
	if !exists {
		return false
	}
	delete(d.files, s.fact.Name)
	extension := path.Ext(s.fact.Name)
	d.files[strings.TrimSuffix(s.fact.Name, extension)+"_quota"+extension] = content
	d.sort()
	return true
}

// reroute changes the last fixed segment of a route in the file that registers it.
func (d *documented) reroute(s subject) bool {
	_, route, _ := strings.Cut(s.fact.Name, " ")
	parts := strings.Split(strings.Trim(route, "/"), "/")
	for i := len(parts) - 1; i >= 0; i-- {
		if parts[i] != "{}" && parts[i] != "" {
			return d.replace(`(["\x60][^"\x60\n]*/)`+regexp.QuoteMeta(parts[i])+`([/"\x60?])`, "${1}"+fresh(s, parts[i])+"${2}", path.Base(s.fact.Path))
		}
	}
	return false
}

// revalue changes the literal of a default on the line of its fact.
func (d *documented) revalue(s subject) bool {
	lines := strings.Split(string(d.files[s.fact.Path]), "\n")
	if s.fact.Line < 1 || s.fact.Line > len(lines) {
		return false
	}
	for at := s.fact.Line - 1; at < min(len(lines), s.fact.Line+3); at++ {
		line := lines[at]
		for _, try := range [...]string{`"` + s.fact.Value + `"`, s.fact.Value} {
			i := strings.LastIndex(line, try)
			if i < 0 || try == "" || try == `""` || len(try) < 2 && !strings.Contains(line, " "+try) {
				continue
			}
			lines[at] = line[:i] + strings.Replace(try, s.fact.Value, otherValue(s.fact.Value), 1) + line[i+len(try):]
			d.files[s.fact.Path] = []byte(strings.Join(lines, "\n"))
			return true
		}
	}
	return false
}

// otherValue is a different value of the same sort.
func otherValue(value string) string {
	switch {
	case value == "true":
		return "false"
	case value == "false":
		return "true"
	case value != "" && value[0] >= '1' && value[0] <= '8':
		return string(value[0]+1) + value[1:]
	}
	return "quota" + value
}
