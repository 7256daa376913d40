package docstore

import (
	"context"
	"encoding/base64"
	"strings"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/docstore"
)

func (s *service) downloadDocument(ctx context.Context, c docstore.DownloadDocument) (docstore.Download, error) {
	d, err := s.living(ctx, c.ID)
	if err != nil {
		return docstore.Download{}, err
	}
	download := docstore.Download{
		Filename: safeFilename(d.Metadata.Text("filename")), ContentType: d.Metadata.Text("content_type"), Content: []byte(d.Content),
	}
	if download.Filename == "" {
		download.Filename = safeFilename(c.ID) + ".txt"
	}
	if download.ContentType == "" {
		download.ContentType = "text/plain; charset=utf-8"
	}
	if d.Metadata.Text("content_encoding") != "base64" {
		return download, nil
	}
	if download.Content, err = base64.StdEncoding.DecodeString(d.Content); err != nil {
		return docstore.Download{}, domain.Rejected.Wrap(err, "The document claims to be base64 and is not; correct metadata.content_encoding.")
	}
	return download, nil
}

// safeFilename replaces what a file system, or a header, could take as syntax.
func safeFilename(name string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, name)
}
