package lexical

import "strings"

// mostArguments bounds how many tokens the arguments of one call may have.
const mostArguments = 4000

// Arguments returns the tokens between the commas of the brackets that open at
// token i, and the index after what closes them.
func Arguments(tokens []Token, i int) (arguments [][]Token, after int) {
	depth, from := 0, i+1
	for at := i; at < len(tokens) && at < i+mostArguments; at++ {
		if tokens[at].Kind != Mark {
			continue
		}
		switch tokens[at].Text {
		case "(", "[", "{":
			depth++
		case ")", "]", "}":
			if depth--; depth == 0 {
				if at > from {
					arguments = append(arguments, tokens[from:at])
				}
				return arguments, at + 1
			}
		case ",":
			if depth == 1 {
				arguments = append(arguments, tokens[from:at])
				from = at + 1
			}
		}
	}
	return nil, i + 1
}

// Text returns the string that tokens are: one, or several that are joined. The
// other result is false when they are anything else.
func Text(tokens []Token) (string, bool) {
	if len(tokens) == 1 && tokens[0].Kind == String {
		return tokens[0].Text, true
	}
	if len(tokens) == 0 || len(tokens) > 60 {
		return "", false
	}
	var b strings.Builder
	for _, t := range tokens {
		switch {
		case t.Kind == String:
			b.WriteString(t.Text)
		case !t.Is("+"):
			return "", false
		}
	}
	return b.String(), true
}

// Literal returns a value as a user would write it, when the tokens are nothing
// but a closed string, a number or a truth value.
func Literal(tokens []Token) (string, bool) {
	if len(tokens) == 2 && tokens[0].Is("-") && tokens[1].Kind == Number {
		return "-" + tokens[1].Text, true
	}
	if len(tokens) != 1 {
		return "", false
	}
	switch t := tokens[0]; t.Kind {
	case String:
		return t.Text, !t.Open
	case Number:
		return strings.TrimRight(strings.ReplaceAll(t.Text, "_", ""), "lLfFdD"), !strings.HasPrefix(t.Text, "0x")
	case Word:
		switch t.Text {
		case "true", "True":
			return "true", true
		case "false", "False":
			return "false", true
		}
	}
	return "", false
}

// Begins reports whether the first of the tokens is that word or mark.
func Begins(tokens []Token, text string) bool { return len(tokens) > 0 && tokens[0].Is(text) }

// Named returns what follows name= or name: in the arguments; nil when none does.
func Named(arguments [][]Token, names ...string) []Token {
	for _, a := range arguments {
		if len(a) < 3 || !a[1].Is("=") && !a[1].Is(":") {
			continue
		}
		for _, name := range names {
			if a[0].Text == name {
				return a[2:]
			}
		}
	}
	return nil
}

// Listed returns the strings of a list, or the one string that the tokens are.
func Listed(tokens []Token) []string {
	if text, ok := Text(tokens); ok {
		return []string{text}
	}
	if len(tokens) < 2 || !tokens[0].Is("[") && !tokens[0].Is("{") && !tokens[0].Is("(") {
		return nil
	}
	items, _ := Arguments(tokens, 0)
	var texts []string
	for _, item := range items {
		if text, ok := Text(item); ok {
			texts = append(texts, text)
		}
	}
	return texts
}

// Dotted returns the names joined by dots that end at token i, as os.environ.get,
// and the index of the first.
func Dotted(tokens []Token, i int) (string, int) {
	first := i
	for first >= 2 && tokens[first-1].Is(".") && tokens[first-2].Kind == Word && i-first < 12 {
		first -= 2
	}
	if first == i {
		return tokens[i].Text, i
	}
	var b strings.Builder
	for _, t := range tokens[first : i+1] {
		b.WriteString(t.Text)
	}
	return b.String(), first
}

// Guess adds what strings look like that nothing else has explained: flags,
// variables and addresses, each weakly.
func (f *Facts) Guess(tokens []Token) {
	for _, t := range tokens {
		if t.Kind != String || len(t.Text) < 2 || len(t.Text) > 100 {
			continue
		}
		f.GuessText(t.Line, t.Text)
	}
}
