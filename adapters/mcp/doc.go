// Package mcp is the Model Context Protocol face: every operation of the tables
// is a tool that an assistant calls.
//
// A tool is named after the service and the operation, such as
// doc_store_get-document, and takes one JSON object that holds every field of
// the command, wherever HTTP would carry it. Its schema is made of the same plan
// that reads the arguments, so that the two cannot disagree. The answer is the
// value as structured content and as text. A fault is an answer too, marked as an
// error, so that the assistant reads what to correct.
//
// Operations that stream, either way, are no tools: a tool answers once.
package mcp

// Keys of the _meta object of calls and answers.
const (
	// MetaIdempotencyKey of a call names its intent; see usecase.Meta.
	MetaIdempotencyKey = "docsteward/idempotency_key"
	// MetaRequestID of an answer joins it with the log, and of a call asks for that
	// id.
	MetaRequestID = "docsteward/request_id"
	// MetaMessage of an answer is the message of the result.
	MetaMessage = "docsteward/message"
	// MetaWarnings of an answer are the warnings of the result, a list of texts.
	MetaWarnings = "docsteward/warnings"
)

// DefaultMaxInput is the greatest size of the arguments of a call, in bytes.
const DefaultMaxInput = 8 << 20
