package docstore

import (
	"context"
	"encoding/json"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/usecase"
)

// Knowledge is what is known of documents beyond their content.
type Knowledge struct {
	Relations docstore.Relations
	Directory docstore.Directory
	Tags      docstore.Tags
	Taxonomy  docstore.Taxonomy
	Analyses  docstore.Analyses
}

func (s *service) fillKnowledge(menu *docstore.UseCases) {
	menu.CreateRelationship.HandleFunc(s.createRelationship)
	menu.GetRelationship.HandleFunc(s.getRelationship)
	menu.DeleteRelationship.HandleFunc(s.deleteRelationship)
	menu.ListRelationships.HandleFunc(s.listRelationships)
	menu.ExtractRelationships.HandleFunc(s.extractRelationships)
	menu.FindPaths.HandleFunc(s.findPaths)
	menu.GetRelationshipStats.HandleFunc(remembered(s, opRelationshipStats, 0, []string{tagDocuments, tagRelationships}, s.getRelationshipStats))
	menu.GetGraph.HandleFunc(remembered(s, opGraph, 0, []string{tagDocuments, tagRelationships}, s.getGraph))

	menu.TagDocument.HandleFunc(s.tagDocument)
	menu.ListTags.HandleFunc(s.listTags)
	menu.SetTag.HandleFunc(s.setTag)
	menu.RemoveTags.HandleFunc(s.removeTags)
	menu.SearchTags.HandleFunc(s.searchTags)
	menu.QueryTags.HandleFunc(s.queryTags)
	menu.GetTagStats.HandleFunc(remembered(s, opTagStats, 0, []string{tagDocuments}, s.getTagStats))
	menu.AddTaxonomyNode.HandleFunc(s.addTaxonomyNode)
	menu.GetTaxonomyTree.HandleFunc(s.getTaxonomyTree)

	menu.StoreAnalysis.HandleFunc(s.storeAnalysis)
	menu.GetAnalysis.HandleFunc(s.getAnalysis)
	menu.ListAnalyses.HandleFunc(s.listAnalyses)
	menu.ListStyleExamples.HandleFunc(s.listStyleExamples)
}

func (s *service) createRelationship(ctx context.Context, c docstore.CreateRelationship) (docstore.Relationship, error) {
	source, target, err := ends(c.SourceDocumentID, c.TargetDocumentID, "source_document_id", "target_document_id")
	if err != nil {
		return docstore.Relationship{}, err
	}
	strength := 1.0
	change(&strength, c.Strength)
	r, err := document.NewRelation(document.Relation{
		ID: domain.StoredID[document.Relation](s.IDs.New()), Source: source, Target: target,
		Type: c.RelationshipType, Strength: strength, Metadata: c.Metadata,
	}, s.Clock.Now())
	if err != nil {
		return docstore.Relationship{}, err
	}
	event, err := s.relationEvent(ctx, document.EventLinked, r)
	if err != nil {
		return docstore.Relationship{}, err
	}
	err = s.Unit.Within(ctx, func(ctx context.Context) error {
		if err := s.alive(ctx, source, target); err != nil {
			return err
		}
		if err := s.Relations.Add(ctx, r); err != nil {
			return err
		}
		return s.Outbox.Append(ctx, event)
	})
	return relationshipView(r), err
}

// ends reads the ids of two documents that are given under the names.
func ends(a, b, nameA, nameB string) (first, second document.ID, err error) {
	if first, err = document.ParseID(a); err != nil {
		return first, second, domain.Invalid.Wrap(err, "The document is not named.").WithField(nameA, "required", "must be an id of 1 to 255 characters")
	}
	if second, err = document.ParseID(b); err != nil {
		return first, second, domain.Invalid.Wrap(err, "The document is not named.").WithField(nameB, "required", "must be an id of 1 to 255 characters")
	}
	return first, second, nil
}

// alive fails with NotFound and names the document that does not live.
func (s *service) alive(ctx context.Context, ids ...document.ID) error {
	nodes, err := s.Directory.Nodes(ctx, ids)
	if err != nil {
		return err
	}
	living := make(map[document.ID]bool, len(nodes))
	for _, n := range nodes {
		living[n.ID] = true
	}
	for _, id := range ids {
		if !living[id] {
			return domain.NotFound.New("There is no document "+id.String()+"; check the id.").
				WithDetail("resource_type", "document").WithDetail("resource_id", id.String())
		}
	}
	return nil
}

// known reads the id of a document and fails with NotFound unless it lives.
func (s *service) known(ctx context.Context, text string) (document.ID, error) {
	id, err := document.ParseID(text)
	if err != nil {
		return id, err
	}
	return id, s.alive(ctx, id)
}

func (s *service) relation(ctx context.Context, text string) (document.Relation, error) {
	id, err := document.ParseRelationID(text)
	if err != nil {
		return document.Relation{}, err
	}
	return s.Relations.Get(ctx, id)
}

func (s *service) getRelationship(ctx context.Context, c docstore.GetRelationship) (docstore.Relationship, error) {
	r, err := s.relation(ctx, c.ID)
	return relationshipView(r), err
}

func (s *service) deleteRelationship(ctx context.Context, c docstore.DeleteRelationship) (docstore.Deleted, error) {
	err := s.Unit.Within(ctx, func(ctx context.Context) error {
		r, err := s.relation(ctx, c.ID)
		if err != nil {
			return err
		}
		return s.unlink(ctx, r)
	})
	return docstore.Deleted{ID: c.ID, Purged: true}, err
}

// unlink erases a relation and tells of it, in the transaction of ctx.
func (s *service) unlink(ctx context.Context, r document.Relation) error {
	event, err := s.relationEvent(ctx, document.EventUnlinked, r)
	if err != nil {
		return err
	}
	if err := s.Relations.Remove(ctx, r.ID); err != nil {
		return err
	}
	return s.Outbox.Append(ctx, event)
}

func (s *service) listRelationships(ctx context.Context, c docstore.ListRelationships) (docstore.RelationshipList, error) {
	id, err := s.known(ctx, c.ID)
	if err != nil {
		return docstore.RelationshipList{}, err
	}
	filter := document.RelationFilter{Direction: document.Direction(c.Direction), Type: c.RelationshipType}
	page, err := s.Relations.List(ctx, id, filter, domain.PageRequest{Limit: c.Limit, Offset: c.Offset})
	views := domain.MapPage(page, relationshipView)
	return docstore.RelationshipList{
		DocumentID: c.ID, Direction: c.Direction, Items: views.Items, Total: views.Total, Limit: views.Limit, Offset: views.Offset, HasMore: views.HasMore(),
	}, err
}

// relationEvent tells what happened to a relation. Its body is the relation.
func (s *service) relationEvent(ctx context.Context, name string, r document.Relation) (domain.Event, error) {
	return s.event(ctx, name, "relationship", r.ID.String(), relationshipView(r))
}

// event returns an event of now whose body is the view of what it happened to.
func (s *service) event(ctx context.Context, name, aggregate, id string, view any) (domain.Event, error) {
	body, err := json.Marshal(view)
	if err != nil {
		return domain.Event{}, domain.Invalid.Wrap(err, "The "+aggregate+" cannot be written as JSON.")
	}
	return domain.Event{
		ID: s.IDs.New(), Name: name, Aggregate: aggregate, AggregateID: id, At: s.Clock.Now().UTC(),
		Correlation: usecase.MetaOf(ctx).Correlation, Payload: body,
	}, nil
}

func relationshipView(r document.Relation) docstore.Relationship {
	return docstore.Relationship{
		ID: r.ID.String(), SourceDocumentID: r.Source.String(), TargetDocumentID: r.Target.String(), External: r.External,
		RelationshipType: r.Type, Strength: r.Strength, Metadata: r.Metadata, Extracted: r.Extracted, CreatedAt: r.CreatedAt,
	}
}
