package bind

import (
	"fmt"
	"reflect"
	"slices"
)

// bindQuery reads the query. A name that is no field is refused, or told to
// src.Unknown.
func (p *Plan) bindQuery(found *faults, v reflect.Value, src Source) {
	var unknown []string
	for name := range src.Query {
		if f := p.moved[name]; f == nil || f.place != "query" {
			unknown = append(unknown, name)
		}
	}
	slices.Sort(unknown)
	for _, name := range unknown {
		if src.Unknown != nil {
			src.Unknown(name)
		} else {
			found.add(shown(name), "unknown", "is not a query parameter of this request")
		}
	}
	for _, f := range p.query {
		p.bindText(found, f, v, src.Query[f.name])
	}
}

// bindText reads a field from the texts given for it: none, one, or for a list
// any number.
func (p *Plan) bindText(found *faults, f *field, v reflect.Value, texts []string) {
	target := f.in(v)
	switch {
	case len(texts) == 0 && f.rules.required:
		found.add(f.name, "required", "must be given")
		return
	case len(texts) == 0:
		if f.rules.def != "" {
			_ = f.node.parse(f.rules.def, target)
		}
		return
	case f.node.kind != kindArray && len(texts) > 1:
		found.add(f.name, "type", "must be given once")
		return
	}
	if f.node.kind == kindArray && len(texts) > f.node.most {
		rule, message := tooMany(f.node.most)
		found.add(f.name, rule, message)
		return
	}
	if f.node.pointer {
		target.Set(reflect.New(f.node.typ))
		target = target.Elem()
	}
	parseTexts(found, f, texts, target)
}

// parseTexts reads texts into a list, or the one text into a scalar.
func parseTexts(found *faults, f *field, texts []string, target reflect.Value) {
	if f.node.kind != kindArray {
		parseText(found, f.name, f.node, &f.rules, texts[0], target)
		return
	}
	target.Set(reflect.MakeSlice(f.node.typ, len(texts), len(texts)))
	for i, text := range texts {
		parseText(found, fmt.Sprintf("%s[%d]", f.name, i), f.node.elem, &f.node.within, text, target.Index(i))
	}
	if rule, message := f.rules.broken(f.node, target); rule != "" {
		found.add(f.name, rule, message)
	}
}

func parseText(found *faults, name string, n *node, r *rules, text string, target reflect.Value) {
	if n.parse(text, target) != nil {
		found.add(name, "type", "must be "+n.noun())
		return
	}
	if rule, message := r.broken(n, target); rule != "" {
		found.add(name, rule, message)
	}
}
