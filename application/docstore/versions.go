package docstore

import (
	"context"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/ports/docstore"
)

func (s *service) listVersions(ctx context.Context, c docstore.ListVersions) (docstore.VersionList, error) {
	d, err := s.living(ctx, c.ID)
	if err != nil {
		return docstore.VersionList{}, err
	}
	page, err := s.History.Versions(ctx, d.ID, domain.PageRequest{Limit: c.Limit, Offset: c.Offset})
	if err != nil {
		return docstore.VersionList{}, err
	}
	views := domain.MapPage(page, versionView)
	return docstore.VersionList{
		DocumentID: c.ID, Items: views.Items, Total: views.Total, Limit: views.Limit, Offset: views.Offset,
		HasMore: views.HasMore(), LatestVersion: d.Version,
	}, nil
}

func (s *service) getVersion(ctx context.Context, c docstore.GetVersion) (docstore.Version, error) {
	v, err := s.version(ctx, c.ID, c.Number)
	return versionView(v), err
}

func (s *service) version(ctx context.Context, text string, number int) (document.Version, error) {
	id, err := document.ParseID(text)
	if err != nil {
		return document.Version{}, err
	}
	return s.History.Version(ctx, id, number)
}

func (s *service) createVersion(ctx context.Context, c docstore.CreateVersion) (docstore.Version, error) {
	stored, err := s.living(ctx, c.ID)
	if err != nil {
		return docstore.Version{}, err
	}
	return s.nextVersion(ctx, stored, document.Change{
		Content: c.Content, Metadata: c.Metadata, Note: c.ChangeSummary, Author: c.ChangedBy,
	})
}

// nextVersion revises a document and returns the version it stands at then.
func (s *service) nextVersion(ctx context.Context, stored document.State, change document.Change) (docstore.Version, error) {
	d := document.Restore(stored)
	if _, err := s.revise(ctx, d, change); err != nil {
		return docstore.Version{}, err
	}
	return versionView(d.Version()), nil
}

func (s *service) cleanUpVersions(ctx context.Context, c docstore.CleanUpVersions) (docstore.CleanedVersions, error) {
	d, err := s.living(ctx, c.ID)
	if err != nil {
		return docstore.CleanedVersions{}, err
	}
	deleted, err := s.History.Prune(ctx, d.ID, c.KeepVersions)
	changed(ctx, s.Memo, tagDocuments)
	if err != nil {
		return docstore.CleanedVersions{}, err
	}
	left, err := s.History.Versions(ctx, d.ID, domain.PageRequest{Limit: 1})
	if err != nil {
		return docstore.CleanedVersions{}, err
	}
	return docstore.CleanedVersions{
		DocumentID: c.ID, VersionsBefore: left.Total + deleted, VersionsAfter: left.Total, VersionsDeleted: deleted,
	}, nil
}

func (s *service) getVersionStats(ctx context.Context, _ docstore.GetVersionStats) (docstore.VersionStats, error) {
	summary, err := s.History.Summary(ctx)
	if err != nil {
		return docstore.VersionStats{}, err
	}
	stats := docstore.VersionStats{
		TotalVersions: summary.Versions, DocumentsVersioned: summary.Documents,
		MostVersionedDocuments: make([]docstore.VersionCount, len(summary.Most)),
	}
	if summary.Documents > 0 {
		stats.AverageVersionsPerDocument = float64(summary.Versions) / float64(summary.Documents)
	}
	for i, m := range summary.Most {
		stats.MostVersionedDocuments[i] = docstore.VersionCount{DocumentID: m.Document.String(), Versions: m.Versions}
	}
	return stats, nil
}
