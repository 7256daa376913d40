package print

import (
	"bytes"
	"fmt"
	"net/url"
	"strings"

	"github.com/docsteward/docsteward/ports/reporting"
)

func writeMarkdown(out *bytes.Buffer, d reporting.Document) error {
	fmt.Fprintf(out, "# %s\n", plain(d.Title))
	if !d.Message {
		fmt.Fprintf(out, "\n%s\n", period(d))
	}
	if d.Description != "" {
		fmt.Fprintf(out, "\n%s\n", paragraphs(d.Description))
	}
	for _, s := range d.Sections {
		if !d.Message {
			fmt.Fprintf(out, "\n## %s\n", plain(s.Title))
		}
		writeMarkdownSection(out, s)
	}
	fmt.Fprintf(out, "\n---\n\nGenerated %s.\n", instant(d.GeneratedAt))
	return nil
}

func writeMarkdownSection(out *bytes.Buffer, s reporting.Section) {
	if s.Empty != "" {
		fmt.Fprintf(out, "\n*%s*\n", plain(s.Empty))
	}
	if s.Text != "" {
		fmt.Fprintf(out, "\n%s\n", paragraphs(s.Text))
	}
	for _, l := range s.Lines {
		fmt.Fprintf(out, "\n**%s:** %s\n", plain(l.Name), plain(l.Text))
	}
	if len(s.Figures) > 0 {
		out.WriteByte('\n')
	}
	for _, f := range s.Figures {
		fmt.Fprintf(out, "- %s: **%s** (%s)\n", plain(f.Name), plain(measured(f.Value, f.Unit)), link(f.Source))
	}
	for _, c := range s.Charts {
		writeMarkdownTable(out, tableOf(c))
	}
	for _, t := range s.Tables {
		writeMarkdownTable(out, t)
	}
}

// tableOf is a chart for formats that draw none.
func tableOf(c reporting.Chart) reporting.Table {
	t := reporting.Table{Title: c.Title, Columns: []string{"", strings.TrimSpace("Value " + c.Unit)}, Source: c.Source}
	for _, p := range c.Points {
		t.Rows = append(t.Rows, []reporting.Cell{reporting.Text(p.Label), reporting.Number(p.Value)})
	}
	return t
}

func writeMarkdownTable(out *bytes.Buffer, t reporting.Table) {
	fmt.Fprintf(out, "\n**%s** (%s)\n\n|", plain(t.Title), link(t.Source))
	for _, column := range t.Columns {
		fmt.Fprintf(out, " %s |", plain(column))
	}
	out.WriteString("\n|" + strings.Repeat(" --- |", len(t.Columns)) + "\n")
	for _, row := range t.Rows {
		out.WriteByte('|')
		for _, c := range row {
			fmt.Fprintf(out, " %s |", plain(shown(c)))
		}
		out.WriteByte('\n')
	}
	if t.Cut > 0 {
		fmt.Fprintf(out, "\n%s\n", cut(t))
	}
}

func link(q reporting.Query) string {
	if _, err := url.Parse(q.URL); err != nil || q.URL == "" {
		return plain(q.Service + " " + q.Path)
	}
	return "[" + plain(q.Service) + "](<" + strings.NewReplacer("<", "%3C", ">", "%3E", "\n", "", " ", "%20").Replace(q.URL) + ">)"
}

// plain keeps Markdown from reading anything into a text.
func plain(text string) string {
	return strings.NewReplacer(
		`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, ">", `\>`, "|", `\|`, "#", `\#`, "~", `\~`, "&", `\&`, "!", `\!`,
	).Replace(oneLine(text))
}

func paragraphs(text string) string {
	parts := strings.Split(text, "\n\n")
	for i, part := range parts {
		parts[i] = plain(part)
	}
	return strings.Join(parts, "\n\n")
}
