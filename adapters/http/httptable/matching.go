package httptable

import (
	"regexp/syntax"
	"strings"
	"unicode/utf8"
)

// matching returns a text that the expression matches, with at least so many
// characters where its repetitions allow that.
func matching(pattern string, least int) string {
	parsed, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return ""
	}
	text := ""
	for more := range least + 1 {
		text = spell(parsed, more)
		if utf8.RuneCountInString(text) >= least {
			break
		}
	}
	return text
}

// spell writes what an expression matches, with so many repetitions beyond the
// fewest.
func spell(re *syntax.Regexp, more int) string {
	switch re.Op {
	case syntax.OpLiteral:
		return string(re.Rune)
	case syntax.OpCharClass:
		return string(readable(re.Rune))
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return "a"
	case syntax.OpCapture:
		return spell(re.Sub[0], more)
	case syntax.OpStar, syntax.OpQuest:
		if re.Op == syntax.OpQuest {
			more = min(more, 1)
		}
		return strings.Repeat(spell(re.Sub[0], 0), more)
	case syntax.OpPlus:
		return strings.Repeat(spell(re.Sub[0], 0), 1+more)
	case syntax.OpRepeat:
		times := re.Min + more
		if re.Max >= 0 {
			times = min(times, re.Max)
		}
		return strings.Repeat(spell(re.Sub[0], 0), times)
	case syntax.OpConcat:
		var b strings.Builder
		for _, sub := range re.Sub {
			b.WriteString(spell(sub, more))
		}
		return b.String()
	case syntax.OpAlternate:
		return spell(re.Sub[0], more)
	}
	return ""
}

// readable returns a character of a class, given as pairs of bounds; a letter or
// digit where it has one.
func readable(class []rune) rune {
	for _, wish := range "ax0A1-_" {
		for i := 0; i+1 < len(class); i += 2 {
			if class[i] <= wish && wish <= class[i+1] {
				return wish
			}
		}
	}
	return class[0]
}
