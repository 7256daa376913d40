package claim

import "bytes"

// word is a range of the content that a shell takes as one word.
type word struct {
	start, end int
	// ends tells that a command ends before this word.
	ends bool
}

// words splits a range as a shell does: at blanks outside of quotes, with lines
// joined by a backslash. Pipes, semicolons and line ends end commands; comments and
// here-documents are left out.
func words(content []byte, start, end int) []word {
	l := lexer{content: content, at: start, end: end}
	for l.at < l.end {
		l.next()
	}
	return l.words
}

type lexer struct {
	content []byte
	at, end int
	ends    bool
	heredoc []byte
	words   []word
}

func (l *lexer) next() {
	switch c := l.content[l.at]; {
	case c == '\\' && l.at+1 < l.end && (l.content[l.at+1] == '\n' || l.content[l.at+1] == '\r'):
		l.at += 2
	case c == '\n':
		l.at++
		l.ends = true
		l.skipHeredoc()
	case c == ' ' || c == '\t' || c == '\r':
		l.at++
	case c == '#' && (len(l.words) == 0 || l.at == 0 || blank(l.content[l.at-1])):
		for l.at < l.end && l.content[l.at] != '\n' {
			l.at++
		}
	case c == '|' || c == ';' || c == '&' || c == '(' || c == ')' || c == '`':
		l.at++
		l.ends = true
	default:
		l.word()
	}
}

func blank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// word reads up to the blank that ends it.
func (l *lexer) word() {
	from := l.at
	var quote byte
	depth := 0
	for l.at < l.end {
		c := l.content[l.at]
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '\\' && l.at+1 < l.end && !blank(l.content[l.at+1]):
			l.at++
		case c == '{' || c == '<' || c == '[':
			depth++
		case c == '}' || c == '>' || c == ']':
			depth = max(0, depth-1)
		case blank(c) && depth == 0 || c == '\n' || depth == 0 && (c == '|' || c == ';' || c == '`' || c == ')' || c == '&'):
			l.keep(from)
			return
		}
		l.at++
	}
	l.keep(from)
}

func (l *lexer) keep(from int) {
	to := min(l.at, l.end)
	if to <= from {
		l.at++
		return
	}
	text := l.content[from:to]
	if mark, found := bytes.CutPrefix(text, []byte("<<")); found && len(mark) > 0 && mark[0] != '<' {
		l.heredoc = bytes.Trim(mark, "-'\"\\")
	}
	l.words = append(l.words, word{start: from, end: to, ends: l.ends})
	l.ends = false
}

// skipHeredoc skips the lines that a here-document holds.
func (l *lexer) skipHeredoc() {
	if len(l.heredoc) == 0 {
		return
	}
	for l.at < l.end {
		line := l.content[l.at:l.end]
		if i := bytes.IndexByte(line, '\n'); i >= 0 {
			line = line[:i]
		}
		l.at += len(line) + 1
		if bytes.Equal(bytes.TrimSpace(line), l.heredoc) {
			break
		}
	}
	l.at = min(l.at, l.end)
	l.heredoc = nil
}
