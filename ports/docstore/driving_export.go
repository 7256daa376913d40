package docstore

// ExportDocuments streams every living document whole, in the form in which many
// documents are stored. Documents that are stored while it streams are left out.
type ExportDocuments struct {
	Type       string `json:"type" query:"type" maxLength:"255" description:"Only with this metadata.type."`
	SourceType string `json:"source_type" query:"source_type" maxLength:"255" description:"Only with this metadata.source_type."`
	Owner      string `json:"owner" query:"owner" maxLength:"255" description:"Only with this metadata.owner."`
}

// ExportedDocument is one document of an export; the list documents of a bulk
// request takes it as it is.
type ExportedDocument struct {
	ID            string         `json:"id" event:"id" description:"Identifier of the document."`
	Content       string         `json:"content" description:"The whole text."`
	Metadata      map[string]any `json:"metadata" description:"What is known besides, as it was given."`
	CorrelationID string         `json:"correlation_id" description:"Correlation under which it was created."`
}
