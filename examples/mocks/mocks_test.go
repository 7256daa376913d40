// Package mocks shows a unit test of a program that uses the library: a use
// case of another service is a plain function, and an effect is a double that
// expects its call.
package mocks

import (
	"context"
	"errors"
	"testing"

	"github.com/golang/mock/gomock"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/mocks/docstoremock"
	"github.com/docsteward/docsteward/ports/usecase"
)

// greeting is a program of one's own: it needs one use case of the library.
func greeting(ctx context.Context, read usecase.UseCase[docstore.GetDocument, docstore.Document]) string {
	d, err := read.Execute(ctx, docstore.GetDocument{ID: "welcome"}).Unwrap()
	if errors.Is(err, domain.NotFound) {
		return "Nobody wrote a welcome yet."
	}
	return d.Title
}

func TestAUseCaseIsAFunction(t *testing.T) {
	there := usecase.Func[docstore.GetDocument, docstore.Document](func(_ context.Context, c docstore.GetDocument) domain.DomainResult[docstore.Document] {
		return domain.Ok(docstore.Document{ID: c.ID, Title: "Welcome"})
	})
	if got := greeting(context.Background(), there); got != "Welcome" {
		t.Errorf("got %q", got)
	}
	gone := usecase.Func[docstore.GetDocument, docstore.Document](func(context.Context, docstore.GetDocument) domain.DomainResult[docstore.Document] {
		return domain.Fail[docstore.Document](domain.NotFound.New("no such document"))
	})
	if got := greeting(context.Background(), gone); got != "Nobody wrote a welcome yet." {
		t.Errorf("got %q", got)
	}
}

// tidy is an effect: it erases what nobody may see any more.
func tidy(ctx context.Context, documents docstore.Documents, ids ...document.ID) error {
	for _, id := range ids {
		if err := documents.Purge(ctx, id); err != nil && !errors.Is(err, domain.NotFound) {
			return err
		}
	}
	return nil
}

func TestAnEffectIsExpected(t *testing.T) {
	documents := docstoremock.NewMockDocuments(gomock.NewController(t))
	one, two := domain.StoredID[document.Document]("one"), domain.StoredID[document.Document]("two")
	gomock.InOrder(
		documents.EXPECT().Purge(gomock.Any(), one).Return(domain.NotFound.New("gone already")),
		documents.EXPECT().Purge(gomock.Any(), two).Return(nil),
	)
	if err := tidy(context.Background(), documents, one, two); err != nil {
		t.Error(err)
	}
}
