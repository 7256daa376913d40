package lexical

import "strings"

// filled turns the {values} of a string that is open into {}.
func filled(text string, open bool) string {
	if !open || !strings.Contains(text, "{") {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		b.WriteByte(text[i])
		if text[i] == '{' {
			i = closing(text, i) - 2
			if i < len(text)-1 && text[i+1] != '}' {
				break
			}
		}
	}
	return b.String()
}

func escaped(c byte) string {
	switch c {
	case 'n':
		return "\n"
	case 't':
		return "\t"
	case '\n':
		return ""
	}
	return string(rune(c))
}

// closing returns the offset after the brace that closes the one at i.
func closing(text string, i int) int {
	depth := 0
	for ; i < len(text); i++ {
		switch text[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth <= 0 {
				return i + 1
			}
		}
	}
	return len(text)
}
