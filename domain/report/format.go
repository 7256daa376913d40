package report

import (
	"slices"

	"github.com/docsteward/docsteward/domain"
)

// Format is how a report is written.
type Format string

// The formats.
const (
	// JSON is the document as data, for machines.
	JSON Format = "json"
	// Markdown is GitHub's, with tables.
	Markdown Format = "markdown"
	// HTML is one page with charts, without scripts and without other files.
	HTML Format = "html"
	// PDF has A4 pages with charts.
	PDF Format = "pdf"
	// CSV has one block per table and figure list.
	CSV Format = "csv"
	// XLSX is a workbook with a sheet for each section.
	XLSX Format = "xlsx"
	// Text is plain text, as a message carries it.
	Text Format = "text"
)

// Formats returns every format once.
func Formats() []Format { return []Format{JSON, Markdown, HTML, PDF, CSV, XLSX, Text} }

// ParseFormat returns the format that text names; md is Markdown, and txt is Text. It
// fails with Invalid, and the message lists the formats.
func ParseFormat(text string) (Format, error) {
	switch text {
	case "md":
		return Markdown, nil
	case "txt":
		return Text, nil
	}
	if format := Format(text); slices.Contains(Formats(), format) {
		return format, nil
	}
	return "", domain.Invalid.New("There is no format "+quoted(text)+"; there are "+join(Formats())+".").
		WithField("format", "enum", "must be one of "+join(Formats()))
}

// MediaType is the type of the bytes, as HTTP tells it.
func (f Format) MediaType() string {
	switch f {
	case JSON:
		return "application/json"
	case Markdown:
		return "text/markdown; charset=utf-8"
	case HTML:
		return "text/html; charset=utf-8"
	case PDF:
		return "application/pdf"
	case CSV:
		return "text/csv; charset=utf-8"
	case XLSX:
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	case Text:
		return "text/plain; charset=utf-8"
	}
	return "application/octet-stream"
}

// Extension is how names of files of the format end, with its dot.
func (f Format) Extension() string {
	switch f {
	case Markdown:
		return ".md"
	case Text:
		return ".txt"
	}
	return "." + string(f)
}
