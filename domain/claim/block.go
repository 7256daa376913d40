package claim

import (
	"bytes"
	"regexp"

	"github.com/docsteward/docsteward/domain/code"
	"github.com/docsteward/docsteward/domain/document"
)

// shells are languages whose blocks hold commands; sessions mix them with output.
// Never written.
var (
	shells   = setOf(`sh bash shell zsh fish ksh ash`)
	sessions = setOf(`console shell-session sh-session shellsession bash-session terminal cmd powershell ps1 session`)
	texts    = setOf(`text txt plaintext plain none help usage output log`)
	yamls    = setOf(`yaml yml`)
	inis     = setOf(`toml ini conf properties cfg`)
	jsons    = setOf(`json jsonc json5`)
	gos      = setOf(`go golang`)
)

var prompt = regexp.MustCompile(`(?m)^[ \t]*(?:\w+@[\w-]+[^\n$#]{0,30})?[$%>][ \t]+`)

// codeBlock reads a block of code by its language.
func (r *reader) codeBlock(b *document.Block, lead string) {
	start, end := inner(b)
	s := spot{place: CodeBlock, language: b.Language, reason: lead}
	text := r.content[start:end]
	if shells[b.Language] || sessions[b.Language] || b.Language == "" || texts[b.Language] {
		r.leveledLines(start, end, s)
	}
	switch lang := b.Language; {
	case shells[lang], sessions[lang], lang == "", texts[lang]:
		r.session(start, end, s)
	case yamls[lang]:
		r.yaml(start, end, s)
	case inis[lang]:
		r.ini(start, end, s)
	case jsons[lang]:
		r.json(start, end, s)
	case gos[lang]:
		r.goCode(start, end, s)
	case lang == "dockerfile" || lang == "docker":
		r.dockerfile(text, start, s)
	case lang == "http":
		r.plain(start, end, s, nil)
	}
}

// session reads commands, and what programs say of their options.
func (r *reader) session(start, end int, s spot) {
	text := r.content[start:end]
	switch {
	case prompt.Match(text):
		r.prompted(start, end, s)
	case shells[s.language], sessions[s.language]:
		if listing.Match(text) {
			r.listing(start, end, "", s)
			return
		}
		r.commands(start, end, s, true)
	case s.language == "" && listing.Match(text), texts[s.language]:
		r.listing(start, end, "", s)
	case s.language == "" && len(bytes.TrimSpace(text)) > 0:
		r.commands(start, end, s, false)
	}
}

// prompted reads the commands behind prompts; the lines between are their output,
// of which only the description of options says something.
func (r *reader) prompted(start, end int, s spot) {
	from, output, program := start, start, ""
	for from < end {
		to := r.lineEnd(from, end)
		m := prompt.FindIndex(r.content[from:to])
		if m == nil {
			from = to
			continue
		}
		r.listing(output, from, program, s)
		for to < end && bytes.HasSuffix(bytes.TrimRight(r.content[from:to], "\r\n"), []byte(`\`)) {
			to = r.lineEnd(to, end)
		}
		r.commands(from+m[1], to, s, true)
		if all := words(r.content, from+m[1], to); len(all) > 0 {
			program = r.programOf(r.word(all[0]))
		}
		from, output = to, to
	}
	r.listing(output, end, program, s)
}

// lineEnd is the offset behind the line that holds from.
func (r *reader) lineEnd(from, end int) int {
	if i := bytes.IndexByte(r.content[from:end], '\n'); i >= 0 {
		return from + i + 1
	}
	return end
}

var (
	// listing is a line of a help text: the short and the long name of an option,
	// then blanks or a value, then what it does.
	listing     = regexp.MustCompile(`(?m)^[ \t]+(?:(-\w),?[ \t]+)?(--?[A-Za-z][\w.-]*)(?:[ =\[][^\n]*)?[ \t]{2,}\S`)
	listed      = regexp.MustCompile(`^[ \t]*(?:(-\w)(?:,[ \t]*|[ \t]+))?(--?[A-Za-z][\w.-]*\w)`)
	usage       = regexp.MustCompile(`(?i)\busage:?\s+(?:\$ )?([a-z][\w.-]*)`)
	helpDefault = regexp.MustCompile(`(?i)[(\[]default(?:s to| is|:|=)?\s*([^)\]]*)[)\]]`)
	helpEnv     = regexp.MustCompile(`(?:\[\$|\(\$|env(?:ironment)?(?: variable)?:? ?\$?)([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)`)
)

// listing reads what a program says of its options when asked for help.
func (r *reader) listing(start, end int, program string, s spot) {
	if end-start < 3 || !bytes.Contains(r.content[start:end], []byte("-")) {
		return
	}
	if m := usage.FindSubmatch(r.content[start:end]); m != nil {
		program = string(m[1])
	}
	if !listing.Match(r.content[start:end]) {
		return
	}
	current := -1
	for from := start; from < end; {
		to := r.lineEnd(from, end)
		text := r.content[from:to]
		if m := listed.FindSubmatchIndex(text); m != nil && (m[0] < m[4] && blank(text[0]) || s.language != "") {
			current = -1
			if c := r.flag(from+m[4], from+m[5], program, s); c != nil {
				current = len(r.claims) - 1
			}
		}
		if current >= 0 {
			if m := helpDefault.FindSubmatch(text); m != nil && !r.claims[current].HasValue {
				r.claims[current].Value, r.claims[current].HasValue = string(m[1]), true
			}
		}
		for _, m := range helpEnv.FindAllSubmatchIndex(text, -1) {
			if c := r.add(code.Variable, string(text[m[2]:m[3]]), from+m[2], from+m[3], s); c != nil {
				c.Command = program
			}
		}
		from = to
	}
}

var dockerEnv = regexp.MustCompile(`(?m)^[ \t]*(?:ENV|ARG)[ \t]+([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)`)

func (r *reader) dockerfile(text []byte, start int, s spot) {
	for _, m := range dockerEnv.FindAllSubmatchIndex(text, -1) {
		r.add(code.Variable, string(text[m[2]:m[3]]), start+m[2], start+m[3], s)
	}
}
