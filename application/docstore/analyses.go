package docstore

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/ports/docstore"
)

// storeAnalysis checks the analysis before it stores a document for it.
func (s *service) storeAnalysis(ctx context.Context, c docstore.StoreAnalysis) (docstore.DocumentAnalysis, error) {
	if c.DocumentID == "" && c.Content == "" {
		return docstore.DocumentAnalysis{}, domain.Invalid.New("The analysis is of nothing.").
			WithField("document_id", "required", "must name the document, or content must be given")
	}
	a := document.Analysis{
		ID: domain.StoredID[document.Analysis](s.IDs.New()), Document: domain.StoredID[document.Document](c.DocumentID),
		Analyzer: c.Analyzer, Model: c.Model, Result: c.Result, Score: c.Score, Metadata: c.Metadata,
	}
	if c.DocumentID == "" {
		a.Document = domain.StoredID[document.Document]("to be stored")
	}
	a, err := document.NewAnalysis(a, c.Prompt, s.Clock.Now())
	if err != nil {
		return docstore.DocumentAnalysis{}, err
	}
	if a.Document, a.Version, err = s.analysed(ctx, c); err != nil {
		return docstore.DocumentAnalysis{}, err
	}
	view := analysisView(a)
	event, err := s.event(ctx, document.EventAnalyzed, "analysis", view.ID, view)
	if err != nil {
		return docstore.DocumentAnalysis{}, err
	}
	err = s.Unit.Within(ctx, func(ctx context.Context) error {
		if err := s.Analyses.Add(ctx, a); err != nil {
			return err
		}
		return s.Outbox.Append(ctx, event)
	})
	return view, err
}

// analysed returns the document that is named, or that of the content.
func (s *service) analysed(ctx context.Context, c docstore.StoreAnalysis) (document.ID, int, error) {
	if c.DocumentID != "" {
		d, err := s.living(ctx, c.DocumentID)
		return d.ID, d.Version, err
	}
	d, err := s.store(ctx, "", document.Draft{Content: c.Content})
	return domain.StoredID[document.Document](d.ID), d.Version, err
}

func (s *service) getAnalysis(ctx context.Context, c docstore.GetAnalysis) (docstore.DocumentAnalysis, error) {
	id, err := document.ParseAnalysisID(c.ID)
	if err != nil {
		return docstore.DocumentAnalysis{}, err
	}
	a, err := s.Analyses.Get(ctx, id)
	return analysisView(a), err
}

func (s *service) listAnalyses(ctx context.Context, c docstore.ListAnalyses) (docstore.DocumentAnalysisList, error) {
	filter := document.AnalysisFilter{Analyzer: c.Analyzer}
	if c.DocumentID != "" {
		id, err := s.known(ctx, c.DocumentID)
		if err != nil {
			return docstore.DocumentAnalysisList{}, err
		}
		filter.Document = id
	}
	page, err := s.Analyses.List(ctx, filter, domain.PageRequest{Limit: c.Limit, Offset: c.Offset})
	views := domain.MapPage(page, analysisView)
	return docstore.DocumentAnalysisList{Items: views.Items, Total: views.Total, Limit: views.Limit, Offset: views.Offset, HasMore: views.HasMore()}, err
}

func analysisView(a document.Analysis) docstore.DocumentAnalysis {
	return docstore.DocumentAnalysis{
		ID: a.ID.String(), DocumentID: a.Document.String(), Version: a.Version, Analyzer: a.Analyzer, Model: a.Model,
		PromptHash: a.PromptHash, Result: a.Result, Score: a.Score, Metadata: a.Metadata, CreatedAt: a.CreatedAt,
	}
}

// listStyleExamples reads all examples without content, since the languages of
// all are told, and then the content of the page.
func (s *service) listStyleExamples(ctx context.Context, c docstore.ListStyleExamples) (docstore.StyleExampleList, error) {
	var matching []document.ID
	languages := map[string]bool{}
	wanted := strings.ToLower(strings.TrimSpace(c.Language))
	err := s.eachStyleExample(ctx, func(e document.StyleExample) {
		if e.Language != "" {
			languages[e.Language] = true
		}
		if wanted == "" || wanted == e.Language {
			matching = append(matching, e.ID)
		}
	})
	if err != nil {
		return docstore.StyleExampleList{}, err
	}
	request := domain.PageRequest{Limit: c.Limit, Offset: c.Offset}.Normal()
	list := docstore.StyleExampleList{
		Items: []docstore.StyleExample{}, Total: len(matching), Limit: request.Limit, Offset: request.Offset,
		HasMore: request.Offset+request.Limit < len(matching), Languages: slices.AppendSeq([]string{}, maps.Keys(languages)),
	}
	slices.Sort(list.Languages)
	from := min(request.Offset, len(matching))
	for _, id := range matching[from:min(from+request.Limit, len(matching))] {
		d, err := s.Documents.Get(ctx, id)
		if errors.Is(err, domain.NotFound) {
			continue // purged meanwhile
		}
		if err != nil {
			return docstore.StyleExampleList{}, err
		}
		e, _ := document.StyleExampleOf(d)
		list.Items = append(list.Items, docstore.StyleExample{
			ID: e.ID.String(), Language: e.Language, Title: e.Title, Example: e.Example, Explanation: e.Explanation, Tags: e.Tags,
		})
	}
	return list, nil
}

func (s *service) eachStyleExample(ctx context.Context, visit func(document.StyleExample)) error {
	request := domain.PageRequest{Limit: domain.MaxLimit}
	for {
		page, err := s.Documents.List(ctx, document.Filter{Type: document.TypeStyleExample}, request, false)
		if err != nil {
			return err
		}
		for _, d := range page.Items {
			if e, ok := document.StyleExampleOf(d); ok {
				visit(e)
			}
		}
		if !page.HasMore() {
			return nil
		}
		request.Offset += request.Limit
	}
}
