package codeanalyzer

import "time"

// AnalyzeText finds the endpoints of one source text. What may be absent may be
// null as well.
type AnalyzeText struct {
	Content       *string           `json:"content" required:"true" maxLength:"10485760" description:"The text; it may be empty."`
	Repo          *string           `json:"repo" description:"Repository that the text is from."`
	Path          *string           `json:"path" description:"Path of the text, which tells its language."`
	Language      *string           `json:"language" description:"Language of the text, such as python, where its path does not tell it."`
	CorrelationID *string           `json:"correlation_id" description:"Returned as it is; that of the request when absent."`
	StyleExamples *[]map[string]any `json:"style_examples" description:"Examples of the wanted style, returned with the document."`
}

// SourceFile is one file to read.
type SourceFile struct {
	Path    string  `json:"path" required:"true" description:"Path below the root of the project, with slashes."`
	Content *string `json:"content" required:"true" maxLength:"10485760" description:"The text; it may be empty."`
}

// AnalyzeFiles finds the endpoints of several files together. What may be absent
// may be null as well.
type AnalyzeFiles struct {
	Files         []SourceFile      `json:"files" required:"true" maxItems:"100000" description:"The files, 1000 at most; there may be none."`
	Repo          *string           `json:"repo" description:"Repository that the files are from."`
	Language      *string           `json:"language" description:"Language of the files whose path does not tell it."`
	CorrelationID *string           `json:"correlation_id" description:"Returned as it is; that of the request when absent."`
	StyleExamples *[]map[string]any `json:"style_examples" description:"Examples of the wanted style, returned with the document."`
}

// AnalyzePatch finds the endpoints that the added lines of a patch declare. What
// may be absent may be null as well.
type AnalyzePatch struct {
	Patch         *string           `json:"patch" required:"true" maxLength:"10485760" description:"Unified diff; it may be empty."`
	Repo          *string           `json:"repo" description:"Repository that the patch is for."`
	Path          *string           `json:"path" description:"Path of the changed file, where the patch does not name it."`
	Language      *string           `json:"language" description:"Language of the files whose path does not tell it."`
	CorrelationID *string           `json:"correlation_id" description:"Returned as it is; that of the request when absent."`
	StyleExamples *[]map[string]any `json:"style_examples" description:"Examples of the wanted style, returned with the document."`
}

// Envelope is an analysis as the document store takes it.
type Envelope struct {
	VersionTag    string       `json:"version_tag" description:"Format of the envelope: v1."`
	ID            string       `json:"id" description:"Identifier of the document."`
	Version       string       `json:"version" description:"First 12 digits of the hash of the source that was analyzed."`
	CorrelationID string       `json:"correlation_id" description:"Correlation of the request."`
	SourceRefs    []SourceLink `json:"source_refs" description:"Where the source is from."`
	ContentHash   string       `json:"content_hash" description:"SHA-256 of the content of the document, hexadecimal."`
	Timestamp     time.Time    `json:"timestamp" description:"When the analysis was made."`
	Document      Document     `json:"document" description:"The analysis."`
}

// Document is an analysis as a document.
type Document struct {
	ID            string    `json:"id" description:"code, the kind of source and 8 digits of the hash of source, repository and path, joined by colons."`
	SourceType    string    `json:"source_type" description:"Always code."`
	Title         string    `json:"title" description:"What was analyzed."`
	Content       string    `json:"content" description:"The paths of the endpoints, sorted, one a line, or (no endpoints)."`
	ContentHash   string    `json:"content_hash" description:"SHA-256 of the content, hexadecimal."`
	Metadata      Metadata  `json:"metadata" description:"What else was found."`
	CorrelationID string    `json:"correlation_id" description:"Correlation of the request."`
	LastModified  time.Time `json:"last_modified" description:"When the analysis was made."`
}

// Metadata is what belongs to an analysis.
type Metadata struct {
	SourceLink        SourceLink       `json:"source_link" description:"Where the source is from."`
	FilesAnalyzed     *int             `json:"files_analyzed,omitempty" description:"How many files were analyzed together."`
	StyleExamplesUsed []map[string]any `json:"style_examples_used,omitempty" description:"The examples of style that were given."`
	Endpoints         []Endpoint       `json:"endpoints" description:"The endpoints with the places that declare them, by path, method, file and line."`
}

// SourceLink tells where source is from.
type SourceLink struct {
	Repo  string   `json:"repo,omitempty" description:"Repository."`
	Path  string   `json:"path,omitempty" description:"Path of the text or the patched file."`
	Files []string `json:"files,omitzero" description:"Paths of the files that were analyzed together, or that the patch names."`
}

// Endpoint is an endpoint and the place that declares it.
type Endpoint struct {
	Method   string `json:"method" description:"HTTP method; * for any, or where it is not known."`
	Path     string `json:"path" description:"Path as the source spells it, with the prefix that the source gives it."`
	File     string `json:"file,omitempty" description:"Path of the file."`
	Line     int    `json:"line" description:"Line in the file, from 1."`
	Evidence string `json:"evidence" enum:"code,decorator,call,text" description:"How sure it is: read out of parsed code, off a line that registers a route, or a path that stands in a text."`
}
