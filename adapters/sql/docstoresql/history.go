package docstoresql

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
)

const versionColumns = `v.document_id, v.number, t.title, %s, v.hash, v.size, v.metadata, v.note, v.author, v.valid_from, v.valid_to, v.deletion`

func versionQuery(content, where string) string {
	return `SELECT ` + fmt.Sprintf(versionColumns, content) + ` FROM versions v JOIN texts t ON t.seq = v.text_seq WHERE ` + where
}

// Version returns one version with its content.
func (s *Store) Version(ctx context.Context, id document.ID, number int) (document.Version, error) {
	v, err := scanVersion(s.db.RawRead(ctx).QueryRowContext(ctx,
		versionQuery("t.content", "v.document_id = $1 AND v.number = $2"), id.String(), number))
	if errors.Is(err, sql.ErrNoRows) {
		return document.Version{}, domain.NotFound.New(fmt.Sprintf("The document %s has no version %d.", id, number)).
			WithDetail("resource_type", "version").WithDetail("resource_id", id.String())
	}
	return v, sqlkit.Translate(err, "version")
}

// At returns the version that was valid at the instant.
func (s *Store) At(ctx context.Context, id document.ID, instant time.Time) (document.Version, error) {
	v, err := scanVersion(s.db.RawRead(ctx).QueryRowContext(ctx,
		versionQuery("t.content", "v.document_id = $1 AND v.valid_from <= $2 AND (v.valid_to = 0 OR v.valid_to > $2) AND v.deletion = 0"),
		id.String(), sqlkit.InstantOf(instant)))
	if errors.Is(err, sql.ErrNoRows) {
		return document.Version{}, domain.NotFound.New("There was no document "+id.String()+" at that instant.").
			WithDetail("resource_type", "version").WithDetail("resource_id", id.String())
	}
	return v, sqlkit.Translate(err, "version")
}

// Versions lists the versions of a document without content, newest first.
func (s *Store) Versions(ctx context.Context, id document.ID, page domain.PageRequest) (domain.Page[document.Version], error) {
	page = page.Normal()
	var total int
	err := s.db.RawRead(ctx).QueryRowContext(ctx, `SELECT count(*) FROM versions WHERE document_id = $1`, id.String()).Scan(&total)
	if err != nil {
		return domain.Page[document.Version]{}, sqlkit.Translate(err, "version")
	}
	rows, err := s.db.RawRead(ctx).QueryContext(ctx,
		versionQuery("''", "v.document_id = $1 ORDER BY v.number DESC LIMIT $2 OFFSET $3"), id.String(), page.Limit, page.Offset)
	if err != nil {
		return domain.Page[document.Version]{}, sqlkit.Translate(err, "version")
	}
	items, err := collect(rows, scanVersion)
	return domain.NewPage(items, total, page), sqlkit.Translate(err, "version")
}

func scanVersion(row scanner) (document.Version, error) {
	var v document.Version
	var id, metadata string
	var from, to sqlkit.Instant
	var deletion int
	err := row.Scan(&id, &v.Number, &v.Title, &v.Content, &v.Hash, &v.Size, &metadata, &v.Note, &v.Author, &from, &to, &deletion)
	if err != nil {
		return document.Version{}, err
	}
	v.Document = domain.StoredID[document.Document](id)
	v.ValidFrom, v.ValidTo, v.Deletion = from.Time(), to.Time(), deletion == 1
	v.Metadata, err = decode(metadata)
	return v, err
}

// Prune erases all but the newest versions of a document.
func (s *Store) Prune(ctx context.Context, id document.ID, keep int) (int, error) {
	var erased int
	err := s.db.Within(ctx, func(ctx context.Context) error {
		texts, err := s.eraseVersions(ctx, `
			DELETE FROM versions WHERE document_id = $1 AND number NOT IN
			(SELECT number FROM versions WHERE document_id = $1 ORDER BY number DESC LIMIT $2) RETURNING text_seq`, id.String(), max(keep, 1))
		if err != nil {
			return err
		}
		erased = len(texts)
		return s.sweep(ctx, texts)
	})
	return erased, err
}

// Summary counts versions over the whole store.
func (s *Store) Summary(ctx context.Context) (document.HistorySummary, error) {
	var summary document.HistorySummary
	err := s.db.RawRead(ctx).QueryRowContext(ctx, `SELECT count(*), count(DISTINCT document_id) FROM versions`).
		Scan(&summary.Versions, &summary.Documents)
	if err != nil {
		return document.HistorySummary{}, sqlkit.Translate(err, "version")
	}
	rows, err := s.db.RawRead(ctx).QueryContext(ctx,
		`SELECT document_id, count(*) FROM versions GROUP BY document_id ORDER BY count(*) DESC, document_id LIMIT 10`)
	if err != nil {
		return document.HistorySummary{}, sqlkit.Translate(err, "version")
	}
	summary.Most, err = collect(rows, func(row scanner) (document.VersionCount, error) {
		var id string
		var count document.VersionCount
		err := row.Scan(&id, &count.Versions)
		count.Document = domain.StoredID[document.Document](id)
		return count, err
	})
	return summary, sqlkit.Translate(err, "version")
}
