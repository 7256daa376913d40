// Package query answers questions from documents without a model: it reads a
// question, ranks the passages of documents, chooses the sentences that answer, and
// abstains where none do. It also reads a structured query language and the intent
// of a request.
package query
