package bind

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
)

// bindQuery reads the query. A name that is no field is refused, or told to
// src.Unknown.
func (p *Plan) bindQuery(found *faults, v reflect.Value, src Source) {
	for _, name := range slices.Sorted(maps.Keys(src.Query)) {
		f := p.moved[name]
		if f != nil && f.place == "query" {
			continue
		}
		if src.Unknown != nil {
			src.Unknown(name)
			continue
		}
		found.add(name, "unknown", "is not a query parameter of this request")
	}
	for _, f := range p.query {
		p.bindText(found, f, v, src.Query[f.name])
	}
}

// bindText reads a field from the texts given for it: none, one, or for a list
// any number.
func (p *Plan) bindText(found *faults, f *field, v reflect.Value, texts []string) {
	target := v.FieldByIndex(f.index)
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
	if err := f.node.parseTexts(texts, target); err != nil {
		found.add(f.name, "type", err.Error())
		return
	}
	if reached, ok := f.node.reach(target); ok {
		if rule, message := f.rules.broken(f.node, reached); rule != "" {
			found.add(f.name, rule, message)
		}
	}
}

func (n *node) parseTexts(texts []string, target reflect.Value) error {
	switch {
	case n.pointer:
		fresh := reflect.New(n.typ)
		inner := *n
		inner.pointer = false
		if err := inner.parseTexts(texts, fresh.Elem()); err != nil {
			return err
		}
		target.Set(fresh)
		return nil
	case n.kind == kindArray:
		list := reflect.MakeSlice(n.typ, len(texts), len(texts))
		for i, text := range texts {
			if err := n.elem.parse(text, list.Index(i)); err != nil {
				return fmt.Errorf("must hold values that are each %s", n.elem.noun())
			}
		}
		target.Set(list)
		return nil
	}
	if err := n.parse(texts[0], target); err != nil {
		return fmt.Errorf("must be %s", n.noun())
	}
	return nil
}
