package facts

import (
	"bytes"
	"path"
	"strings"
)

const (
	// largest is the size in bytes beyond which a file is data.
	largest = 4 << 20
	// minified is the average length of lines in bytes beyond which a text was not
	// written by hand; it counts from the size of smallest on.
	minified, smallest = 400, 4 << 10
	// longestLine is the length of one line in bytes that no hand wrote.
	longestLine = 20_000
)

// vendored reports whether a path lies in a directory of what others wrote.
func vendored(name string) bool {
	for part := range strings.SplitSeq(strings.ToLower(path.Dir(name)), "/") {
		switch part {
		case "vendor", "node_modules", "third_party", "thirdparty", "bower_components", ".git", ".venv", "site-packages", "__pycache__":
			return true
		}
	}
	base := path.Base(name)
	return strings.Contains(base, ".min.") || base == "package-lock.json" || base == "yarn.lock" || base == "pnpm-lock.yaml" || base == "composer.lock"
}

// generated reports whether a text says that a program wrote it, or looks so.
func generated(name string, content []byte) bool {
	if len(content) > largest {
		return true
	}
	head := content[:min(len(content), 2048)]
	if saysGenerated(head) {
		return true
	}
	if len(content) < smallest {
		return false
	}
	lines := 1 + bytes.Count(content, []byte{'\n'})
	if len(content)/lines > minified {
		return true
	}
	return isScript(name) && hasLongLine(content)
}

// saysGenerated looks for the line that Go asks for, and for what other
// generators write in its place.
func saysGenerated(head []byte) bool {
	for line := range bytes.Lines(head) {
		line = bytes.TrimSpace(line)
		comment := bytes.HasPrefix(line, []byte("//")) || bytes.HasPrefix(line, []byte("#")) || bytes.HasPrefix(line, []byte("/*")) || bytes.HasPrefix(line, []byte("*"))
		if !comment {
			continue
		}
		if bytes.Contains(line, []byte("DO NOT EDIT")) && bytes.Contains(bytes.ToLower(line), []byte("generated")) || bytes.Contains(line, []byte("@generated")) {
			return true
		}
	}
	return false
}

func isScript(name string) bool {
	switch path.Ext(name) {
	case ".js", ".mjs", ".cjs", ".jsx", ".ts", ".tsx":
		return true
	}
	return false
}

func hasLongLine(content []byte) bool {
	for line := range bytes.Lines(content) {
		if len(line) > longestLine {
			return true
		}
	}
	return false
}
