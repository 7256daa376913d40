package code

import (
	"strconv"
	"strings"
)

// Addition is what a patch adds to one file.
type Addition struct {
	// Path is that of the file after the patch, with slashes; empty where the patch
	// does not name it.
	Path string
	// Lines are the added lines without their sign and line end.
	Lines []string
	// Numbers are the places of the lines in the file, from 1; where the patch does
	// not tell, in the patch.
	Numbers []int
}

// Text returns the added lines as one text.
func (a Addition) Text() string { return strings.Join(a.Lines, "\n") }

// Added returns what a unified diff adds, file by file in the order of the diff.
// A line is added when it starts with a plus sign, and not with three. Files that
// gain nothing are left out, and so is whatever is no diff.
func Added(patch string) []Addition {
	var all []Addition
	var current Addition
	next, number := 0, 0 // in the new file, where 0 is unknown, and in the patch
	flush := func(path string) {
		if len(current.Lines) > 0 {
			all = append(all, current)
		}
		current = Addition{Path: path}
		next = 0
	}
	for line := range strings.SplitSeq(patch, "\n") {
		number++
		line = strings.TrimSuffix(line, "\r")
		switch {
		case strings.HasPrefix(line, "diff "):
			flush("")
		case strings.HasPrefix(line, "+++"):
			flush(patchedPath(line[3:]))
		case strings.HasPrefix(line, "@@"):
			next = hunkStart(line)
		case strings.HasPrefix(line, "+"):
			place := next
			if place == 0 {
				place = number
			}
			current.Lines, current.Numbers = append(current.Lines, line[1:]), append(current.Numbers, place)
			next = following(next)
		case strings.HasPrefix(line, " "), line == "":
			next = following(next)
		}
	}
	flush("")
	return all
}

// following is the number of the next line, where that of this one is known.
func following(line int) int {
	if line == 0 {
		return 0
	}
	return line + 1
}

// patchedPath reads the rest of a header line: a path with the prefix of git, and
// maybe a tab and an instant behind it. A file that is deleted has none.
func patchedPath(rest string) string {
	name, _, _ := strings.Cut(strings.TrimSpace(rest), "\t")
	if unquoted, err := strconv.Unquote(name); err == nil && strings.HasPrefix(name, `"`) {
		name = unquoted
	}
	if name == "/dev/null" {
		return ""
	}
	return strings.TrimPrefix(name, "b/")
}

// hunkStart reads the first line in the new file off a line such as
// "@@ -1,4 +7,9 @@"; 0 when it is not there.
func hunkStart(line string) int {
	_, rest, found := strings.Cut(line, " +")
	if !found {
		return 0
	}
	end := strings.IndexFunc(rest, func(r rune) bool { return r < '0' || r > '9' })
	if end < 0 {
		end = len(rest)
	}
	start, err := strconv.Atoi(rest[:end])
	if err != nil {
		return 0
	}
	return start
}
