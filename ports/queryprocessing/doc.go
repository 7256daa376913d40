// Package queryprocessing is the published language of query processing: plain
// questions that are answered with quotations from the stored documents, structured
// queries, and the history of both.
package queryprocessing
