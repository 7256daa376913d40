package ingestion

import (
	"context"

	"github.com/docsteward/docsteward/domain/ingest"
	"github.com/docsteward/docsteward/ports/ingestion"
)

// readable tells what is read of a type of source. Never written.
var described = map[ingest.SourceType]struct{ name, description string }{
	ingest.Filesystem: {"File system", "The documents of a folder, a file or a git repository that the source agent can open, with owners and history where there is one."},
	ingest.GitHub:     {"GitHub", "The documents of a repository, cloned by its address, with owners and history."},
	ingest.GitLab:     {"GitLab", "The documents of a repository, cloned by its address, with owners and history."},
}

func (s *service) listSources(context.Context, ingestion.ListSources) (ingestion.SourceList, error) {
	list := ingestion.SourceList{Sources: []ingestion.SourceInfo{}}
	for _, t := range ingest.SourceTypes() {
		list.Known = append(list.Known, string(t))
	}
	for _, t := range s.Reads {
		list.Sources = append(list.Sources, ingestion.SourceInfo{
			Type: string(t), Name: described[t].name, Description: described[t].description,
			SupportedFormats: []string{"markdown", "restructuredtext", "asciidoc", "html", "text", "openapi"}, TypicalContent: t.Content(),
			RequiresAuthentication: t.RequiresAuthentication(), IncrementalSync: t.Incremental(), VersionControlled: t.VersionControlled(),
		})
	}
	return list, nil
}
