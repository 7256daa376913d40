package tree

import "strings"

// Properties reads "key = value" and "key: value" lines, those of [sections]
// below the name of the section; every field of the root has a whole dotted key.
func Properties(source []byte) *Node {
	root := &Node{Line: 1}
	line := 0
	section := ""
	continued := false
	for raw := range strings.Lines(string(source)) {
		line++
		text := strings.TrimSpace(raw)
		was := continued
		continued = strings.HasSuffix(text, `\`)
		if was || text == "" || strings.ContainsAny(text[:1], "#!;") {
			continue
		}
		if text[0] == '[' {
			if end := strings.IndexByte(text, ']'); end > 0 {
				section = strings.Trim(text[1:end], ` "'`) + "."
			}
			continue
		}
		text = strings.TrimPrefix(text, "export ")
		at := strings.IndexAny(text, "=:")
		if at <= 0 || len(root.Fields) >= mostNodes {
			continue
		}
		value := strings.TrimSpace(text[at+1:])
		n := &Node{Key: section + strings.TrimSpace(text[:at]), Line: line, Scalar: !continued, Text: value}
		if !strings.ContainsAny(n.Key, " \t") {
			root.Fields = append(root.Fields, n)
		}
	}
	return root
}
