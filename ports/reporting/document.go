package reporting

import "time"

// Document is what a report tells, before it is written in a format.
type Document struct {
	Title       string    `json:"title" description:"What the report is; of a message its subject."`
	Message     bool      `json:"message,omitempty" description:"Whether it is a message to people, which names its lines."`
	Description string    `json:"description,omitempty" description:"One paragraph."`
	From        time.Time `json:"from" description:"Where the period begins."`
	To          time.Time `json:"to" description:"Where it ends."`
	GeneratedAt time.Time `json:"generated_at" description:"When the sources were asked."`
	Sections    []Section `json:"sections" description:"The parts, in their order."`
}

// Section is a part of a document. One that holds nothing says why in Empty.
type Section struct {
	Title   string   `json:"title" description:"What it is about."`
	Empty   string   `json:"empty,omitempty" description:"Why there is no data; absent when there is."`
	Text    string   `json:"text,omitempty" description:"Paragraphs, divided by empty lines."`
	Lines   []Line   `json:"lines,omitempty" description:"Named texts."`
	Figures []Figure `json:"figures,omitempty" description:"Numbers, each with its query."`
	Charts  []Chart  `json:"charts,omitempty" description:"Numbers that are drawn."`
	Tables  []Table  `json:"tables,omitempty" description:"Numbers and texts in rows."`
}

// Line is a named text.
type Line struct {
	Name string `json:"name" description:"Its name."`
	Text string `json:"text" description:"The text."`
}

// Figure is a number with the query that it came from.
type Figure struct {
	Name   string  `json:"name" description:"What is measured."`
	Value  float64 `json:"value" description:"The number."`
	Unit   string  `json:"unit,omitempty" description:"In what it is measured; absent for counts."`
	Source Query   `json:"source" description:"The query that it came from."`
}

// Query is a question that anybody who may can ask again.
type Query struct {
	Service string `json:"service" description:"Id of the service."`
	Path    string `json:"path" description:"Path and parameters, to be read with GET."`
	URL     string `json:"url" description:"The same with the address of the service."`
}

// Chart is a series of numbers that is drawn.
type Chart struct {
	Title  string  `json:"title" description:"What is drawn."`
	Unit   string  `json:"unit,omitempty" description:"In what it is measured; absent for counts."`
	Line   bool    `json:"line,omitempty" description:"Whether the points follow each other in time; bars otherwise."`
	Points []Point `json:"points" description:"The numbers, in their order."`
	Source Query   `json:"source" description:"The query that they came from."`
}

// Point is a number of a chart.
type Point struct {
	Label string  `json:"label" description:"What it is of."`
	Value float64 `json:"value" description:"The number."`
}

// Table is numbers and texts in rows.
type Table struct {
	Title   string   `json:"title" description:"What it lists."`
	Columns []string `json:"columns" description:"Names of the columns."`
	Rows    [][]Cell `json:"rows" description:"The rows; each has a cell for every column."`
	Cut     int      `json:"cut,omitempty" description:"How many further rows were left out."`
	Source  Query    `json:"source" description:"The query that the rows came from."`
}

// Cell is a number or a text of a table.
type Cell struct {
	Text   string   `json:"text,omitempty" description:"The text; absent for a number."`
	Number *float64 `json:"number,omitempty" description:"The number; absent for a text."`
}

// Text returns a cell that holds a text.
func Text(text string) Cell { return Cell{Text: text} }

// Number returns a cell that holds a number.
func Number(n float64) Cell { return Cell{Number: &n} }

// Count returns a cell that holds a whole number.
func Count(n int) Cell { return Number(float64(n)) }
