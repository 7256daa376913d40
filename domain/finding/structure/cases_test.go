package structure_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/docsteward/docsteward/adapters/markup/markdown"
	"github.com/docsteward/docsteward/domain/finding"
	"github.com/docsteward/docsteward/domain/finding/structure"
)

// check returns the findings of one rule as "line:column", and all findings.
func check(t *testing.T, rule, source string) (places []string, all []finding.Finding) {
	t.Helper()
	catalogue, err := finding.NewCatalogue(structure.Rules())
	if err != nil {
		t.Fatal(err)
	}
	config := finding.Config{Disable: []string{"*"}, Enable: []string{rule}}
	if err := config.Check(catalogue); err != nil {
		t.Fatal(err)
	}
	content := []byte(source)
	tree := markdown.New().Parse(content)
	page := finding.NewPage("a.md", content, tree, config.Choose(catalogue, "a.md"), finding.ReadDisables(content, tree, catalogue))
	structure.Check(page, structure.Options{MaxLineLength: 80, ListIndent: 2})
	all = page.Take()
	finding.Sort(all, "")
	for _, f := range all {
		places = append(places, fmt.Sprintf("%d:%d", f.Line, f.Column))
	}
	return places, all
}

// cases are, for each rule, a source and the places that break it; fixed is the
// source with the fixes made, where there are any.
var cases = []struct{ rule, source, want, fixed string }{
	{"heading-increment", "# A\n\n### B\n\n## C\n", "3:1", ""},
	{"heading-increment", "---\ntitle: A\n---\n\n### B\n", "5:1", ""},
	{"heading-increment", "# A\n\n## B\n\n### C\n\n# D\n", "", ""},
	{"heading-style", "# A\n\nB\n---\n", "3:1", ""},
	{"heading-style", "# A\n\n## B ##\n", "3:1", ""},
	{"heading-style", "# A #\n\n## B ##\n\n# C# #\n", "", ""},
	{"heading-style", "A\n===\n\nB\n---\n\n### C\n", "", ""},
	{"list-marker", "* a\n* b\n\ntext\n\n- c\n", "6:1", ""},
	{"list-marker", "* a\n* b\n  * c\n", "", ""},
	{"list-indent-consistent", "* a\n * b\n* c\n", "2:2", ""},
	{"list-indent-consistent", " 9. a\n10. b\n", "", ""},
	{"list-indent-consistent", "* a\n* b\n", "", ""},
	{"list-indent", "* a\n    * b\n", "2:5", ""},
	{"list-indent", " * a\n", "1:2", ""},
	{"list-indent", "* a\n  * b\n    * c\n", "", ""},
	{"list-indent", "1. a\n   * b\n", "", ""},
	{"list-indent", "> * a\n>   * b\n", "", ""},
	{"trailing-spaces", "a \nb\n", "1:2", "a\nb\n"},
	{"trailing-spaces", "a  \nb\n\n```\nc \n```\n", "", ""},
	{"hard-tabs", "a\tb\n-\tc\td\n", "1:2 2:2", "a   b\n-   c   d\n"},
	{"hard-tabs", "```make\n\tall\n```\n", "", ""},
	{"reversed-link", "see (this)[http://a.b] ok\n", "1:5", ""},
	{"reversed-link", "see [this](http://a.b), `f(x)[y]`\n", "", ""},
	{"multiple-blanks", "a\n\n\n \nb\n\n\n", "3:1 7:1", "a\n\nb\n\n"},
	{"multiple-blanks", "a\n\n```\nb\n\n\nc\n```\n", "", ""},
	{"line-length", strings.Repeat("word ", 20) + "\n", "1:1", ""},
	{"line-length", "short\n", "", ""},
	{"commands-show-output", "* a\n\n  ```sh\n  $ ls\n\n  $ pwd\n  ```\n", "3:3", "* a\n\n  ```sh\n  ls\n\n  pwd\n  ```\n"},
	{"commands-show-output", "```sh\n$ ls\na b\n```\n", "", ""},
	{"no-missing-space-atx", "#Title\n", "1:1", "# Title\n"},
	{"no-missing-space-atx", "# Title\n\n#1234 is fixed\n", "", ""},
	{"no-multiple-space-atx", "#  A\n", "1:2", "# A\n"},
	{"no-multiple-space-atx", "# A\n", "", ""},
	{"no-missing-space-closed-atx", "## A##\n", "1:5", "## A ##\n"},
	{"no-missing-space-closed-atx", "# About C#\n\n## B ##\n", "", ""},
	{"no-multiple-space-closed-atx", "## A  ##\n", "1:5", "## A ##\n"},
	{"no-multiple-space-closed-atx", "## A ##\n", "", ""},
	{"blanks-around-headings", "a\n# B\nc\n", "2:1 2:1", "a\n\n# B\n\nc\n"},
	{"blanks-around-headings", "# A\n\nb\n", "", ""},
	{"heading-start-left", "a\n\n # B\n", "3:1", "a\n\n# B\n"},
	{"heading-start-left", "# B\n", "", ""},
	{"duplicate-heading", "# A\n\n## B\n\n## B\n", "5:1", ""},
	{"duplicate-heading", "# A\n\n## B\n\n### D\n\n## C\n\n### D\n", "", ""},
	{"single-h1", "# A\n\n# B\n", "3:1", ""},
	{"single-h1", "# A\n\n# B\n\n# C\n", "3:1", ""},
	{"single-h1", "---\ntitle: A\n---\n\n# B\n", "5:1", ""},
	{"single-h1", "# A\n\n## B\n", "", ""},
	{"heading-punctuation", "# A:\n", "1:1", ""},
	{"heading-punctuation", "# What?\n", "", ""},
	{"quote-space", ">  a\n", "1:2", "> a\n"},
	{"quote-space", "> a\n>   * b\n>     c\n", "", ""},
	{"blanks-in-quote", "> a\n\n> b\n", "3:1", ""},
	{"blanks-in-quote", "> a\n>\n> b\n\nc\n\n> d\n", "", ""},
	{"ordered-list-prefix", "1. a\n3. b\n", "2:1", ""},
	{"ordered-list-prefix", "1. a\n1. b\n\ntext\n\n1. c\n2. d\n", "", ""},
	{"list-marker-space", "*   a\n", "1:1", "* a\n"},
	{"list-marker-space", "1. a\n2. b\n\n* c\n*     code\n", "", ""},
	{"blanks-around-fences", "a\n```c\nb\n```\nd\n", "2:1 2:1", "a\n\n```c\nb\n```\n\nd\n"},
	{"blanks-around-fences", "a\n\n```c\nb\n```\n\nd\n", "", ""},
	{"blanks-around-lists", "a\n* b\n", "2:1", "a\n\n* b\n"},
	{"blanks-around-lists", "a\n\n* b\n  * c\n", "", ""},
	{"no-inline-html", "a <b>c</b>\n", "1:3 1:7", ""},
	{"no-inline-html", "a `<b>` c\n", "", ""},
	{"bare-url", "see http://a.b/c now\n", "1:5", "see <http://a.b/c> now\n"},
	{"bare-url", "see <http://a.b/c> or [c](http://a.b/c) or [http://d.e](http://d.e) `http://f.g`\n", "", ""},
	{"hr-style", "a\n\n---\n\n***\n", "5:1", ""},
	{"hr-style", "a\n\n---\n\nb\n\n---\n", "", ""},
	{"emphasis-as-heading", "**Title**\n\ntext\n", "1:1", ""},
	{"emphasis-as-heading", "**Note:**\n\n**a** b\n\n* **c**\n", "", ""},
	{"space-in-emphasis", "this ** is bold ** here and **so **\n", "1:5 1:28", ""},
	{"space-in-emphasis", "2 ** 3, a * b * c, **bold** and `** x **`\n", "", ""},
	{"space-in-links", "[ a ](b)\n", "1:1", "[a](b)\n"},
	{"space-in-links", "x[ a](b)\n", "1:2", "x[ a](b)\n"},
	{"space-in-links", "[a](b)\n", "", ""},
	{"space-in-code", "x `a ` y\n", "1:3", ""},
	{"space-in-code", "x `a` `` `b` `` ` c ` y\n", "", ""},
	{"fence-language", "```\na\n```\n", "1:1", ""},
	{"fence-language", "```go\na\n```\n", "", ""},
	{"first-line-heading", "## A\n", "1:1", ""},
	{"first-line-heading", "# A\n", "", ""},
	{"empty-link", "[a]() and [b](#)\n", "1:1 1:11", ""},
	{"empty-link", "[a](b)\n", "", ""},
	{"image-alt", "![](a.png)\n", "1:1", ""},
	{"image-alt", "![a](a.png)\n", "", ""},
	{"code-block-style", "```c\na\n```\n\ntext\n\n    b\n", "7:5", ""},
	{"code-block-style", "```c\na\n```\n\n```c\nb\n```\n", "", ""},
	{"file-end-newline", "a", "1:1", "a\n"},
	{"file-end-newline", "a\n", "", ""},
	{"fence-style", "```c\na\n```\n\n~~~c\nb\n~~~\n", "5:1", ""},
	{"fence-style", "~~~c\na\n~~~\n", "", ""},
	{"emphasis-style", "*a* and _b_\n", "1:9", "*a* and *b*\n"},
	{"emphasis-style", "*a* and *b*\n", "", ""},
	{"strong-style", "**a** and __b__\n", "1:11", "**a** and **b**\n"},
	{"strong-style", "**a** and **b**\n", "", ""},
	{"undefined-reference", "see [the guide][guide]\n", "1:5", ""},
	{"undefined-reference", "see [the guide][guide], a[i][j] and `[x][y]`\n\n[guide]: g.md\n", "", ""},
	{"undefined-reference", "see [the guide][Guide] and [that][none]\n\n[more]: /v/{{< param version >}}/more\n[guide]: g.md\n", "1:28", ""},
	{"undefined-reference", "see [the guide][guide]\n\n[guide]: not a target\n", "1:5", ""},
	{"unused-definition", "text\n\n[a]: b\n", "3:1", ""},
	{"unused-definition", "[a]\n\n[a]: b\n", "", ""},
	{"table-pipe-style", "|a|b|\n|-|-|\n|c|d\n", "3:1", ""},
	{"table-pipe-style", "a|b\n-|-\nc|d\n", "", ""},
	{"table-column-count", "|a|b|\n|-|-|\n|c|\n", "3:1", ""},
	{"table-column-count", "|a|b|\n|-|-|\n|c|`d\\|e`|\n", "", ""},
	{"blanks-around-tables", "text\n|a|b|\n|-|-|\n|c|d|\n", "2:1", "text\n\n|a|b|\n|-|-|\n|c|d|\n"},
	{"blanks-around-tables", "|a|b|\n|-|-|\n|c|d|\n\nx\n", "", ""},
	{"link-text", "[Click here](a) for [this page](b).\n", "1:1 1:21", ""},
	{"link-text", "[the guide](a) is here\n", "", ""},
	{"unclosed-fence", "```go\na\n", "1:1", ""},
	{"unclosed-fence", "```go\na\n```\n\n> ~~~c\n> b\n> ~~~\n", "", ""},
	{"unclosed-html", "a <b>c\n", "1:3", ""},
	{"unclosed-html", "a <b>c <i>d</b></i>\n", "1:8 1:16", ""},
	{"unclosed-html", "a <b>c</b><br> a <name> b\n", "", ""},
	{"unclosed-html", "<div>\n<a href=\"x\">y</a>\n</div>\n", "", ""},
	{"broken-markup", "---\na: [\n---\n\nb\n", "2:1", ""},
	{"broken-markup", "---\na: b\n---\n\nb\n", "", ""},
}

func TestRules(t *testing.T) {
	for _, c := range cases {
		got, all := check(t, c.rule, c.source)
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %q: got %q, want %q", c.rule, c.source, strings.Join(got, " "), c.want)
		}
		if fixed := string(finding.Apply([]byte(c.source), all)); c.fixed != "" && fixed != c.fixed {
			t.Errorf("%s: %q: the fixes give %q, want %q", c.rule, c.source, fixed, c.fixed)
		}
	}
}

func TestEveryRuleIsShownBrokenAndKept(t *testing.T) {
	for _, r := range structure.Rules() {
		var broken, kept bool
		for _, c := range cases {
			broken = broken || c.rule == r.ID && c.want != ""
			kept = kept || c.rule == r.ID && c.want == ""
		}
		if !broken || !kept {
			t.Errorf("%s needs a case that breaks it and one that does not", r.ID)
		}
	}
}

// A rule that is kept must be kept in text that holds no markup at all, and no
// rule may depend on what the file ends with.
func TestPlainTextKeepsEveryRule(t *testing.T) {
	for _, r := range structure.Rules() {
		if r.ID == "first-line-heading" {
			continue
		}
		if got, _ := check(t, r.ID, "Plain words in a row.\n"); len(got) > 0 {
			t.Errorf("%s is broken by plain text", r.ID)
		}
		if got, _ := check(t, r.ID, ""); len(got) > 0 {
			t.Errorf("%s is broken by nothing", r.ID)
		}
	}
}

func TestAliasesAreThoseOfMarkdownlint(t *testing.T) {
	var seen []string
	for _, r := range structure.Rules() {
		for _, alias := range r.Aliases {
			if !strings.HasPrefix(alias, "MD0") || slices.Contains(seen, alias) {
				t.Errorf("%s has the alias %s", r.ID, alias)
			}
			seen = append(seen, alias)
		}
	}
}
