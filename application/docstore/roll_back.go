package docstore

import (
	"context"
	"fmt"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/ports/docstore"
)

func (s *service) rollBack(ctx context.Context, c docstore.RollBack) (docstore.Version, error) {
	stored, err := s.living(ctx, c.ID)
	if err != nil {
		return docstore.Version{}, err
	}
	old, err := s.History.Version(ctx, stored.ID, c.VersionNumber)
	if err != nil {
		return docstore.Version{}, err
	}
	if old.Deletion {
		return docstore.Version{}, domain.Rejected.New(fmt.Sprintf("Version %d marks a deletion; choose another.", c.VersionNumber))
	}
	note := fmt.Sprintf("Rolled back to version %d", c.VersionNumber)
	if c.Reason != "" {
		note += ": " + c.Reason
	}
	return s.nextVersion(ctx, stored, document.Change{
		Content: old.Content, Metadata: old.Metadata, Note: note, Author: c.ChangedBy,
	})
}
