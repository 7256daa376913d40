package docstore

import "io"

// ImportDocuments takes a stream of documents, one JSON object a line as in
// BulkDocument, or what an export streams, and stores them in the background. A
// document under a known id becomes its next version, and one that says nothing
// new changes nothing, so that an import may be sent again. Lines that are no
// documents fail alone; a body that breaks off is not stored at all.
type ImportDocuments struct {
	Body io.Reader `json:"-" body:"stream" description:"The documents, one a line, or the events of an export."`
}
