package git

import (
	"context"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/source"
	port "github.com/docsteward/docsteward/ports/source"
)

var _ port.Editor = (*Repository)(nil)

// Replace puts content in the place of a file of the work tree.
func (r *Repository) Replace(ctx context.Context, item source.Item, content []byte) (source.Item, error) {
	if r.folder == nil {
		return item, domain.Rejected.New("A bare repository has no files to mend; check a work tree of it.")
	}
	return r.folder.Replace(ctx, item, content)
}
