package docstoresql

import (
	"context"

	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/lifecycle"
	"github.com/docsteward/docsteward/ports/docstore"
)

// Policies keeps what decides about the life of documents.
type Policies struct{ db *sqlkit.DB }

var _ docstore.Policies = (*Policies)(nil)

// NewPolicies returns the policies in an open database that has the Migrations.
func NewPolicies(db *sqlkit.DB) *Policies { return &Policies{db} }

type policyRow struct {
	ID          string `gorm:"primaryKey"`
	Name        string
	Description string
	// Conditions are one value: a policy is read and written as a whole.
	Conditions policyConditions `gorm:"serializer:json"`
	Action     string
	Retention  int
	Priority   int
	Enabled    bool
	Created    sqlkit.Instant
	Updated    sqlkit.Instant
}

type policyConditions struct {
	ContentTypes []string `json:"content_types,omitempty"`
	MaxAgeDays   *int     `json:"max_age_days,omitempty"`
	RequiredTags []string `json:"required_tags,omitempty"`
}

func (policyRow) TableName() string { return "lifecycle_policies" }

func policyRowOf(p lifecycle.Policy) policyRow {
	return policyRow{ID: p.ID.String(), Name: p.Name, Description: p.Description,
		Conditions: policyConditions{p.ContentTypes, p.MaxAgeDays, p.RequiredTags}, Action: string(p.Action), Retention: p.RetentionDays,
		Priority: p.Priority, Enabled: p.Enabled, Created: sqlkit.InstantOf(p.CreatedAt), Updated: sqlkit.InstantOf(p.UpdatedAt)}
}

func (r policyRow) policy() lifecycle.Policy {
	return lifecycle.Policy{ID: domain.StoredID[lifecycle.Policy](r.ID), Name: r.Name, Description: r.Description,
		ContentTypes: r.Conditions.ContentTypes, MaxAgeDays: r.Conditions.MaxAgeDays, RequiredTags: r.Conditions.RequiredTags,
		Action: lifecycle.Action(r.Action), RetentionDays: r.Retention, Priority: r.Priority, Enabled: r.Enabled,
		CreatedAt: r.Created.Time(), UpdatedAt: r.Updated.Time()}
}

// Add stores a new policy.
func (s *Policies) Add(ctx context.Context, p lifecycle.Policy) error {
	row := policyRowOf(p)
	return sqlkit.Insert(ctx, s.db, &row, "policy")
}

// Update replaces a policy.
func (s *Policies) Update(ctx context.Context, p lifecycle.Policy) error {
	row := policyRowOf(p)
	return replace(ctx, s.db, &row, "policy")
}

// Get returns a policy.
func (s *Policies) Get(ctx context.Context, id lifecycle.PolicyID) (lifecycle.Policy, error) {
	row, err := sqlkit.Get[policyRow](ctx, s.db, "policy", sqlkit.Where("id = ?", id.String()))
	return row.policy(), err
}

// List returns policies, the highest priority first, then the oldest.
func (s *Policies) List(ctx context.Context, page domain.PageRequest) (domain.Page[lifecycle.Policy], error) {
	rows, err := sqlkit.Page[policyRow](ctx, s.db, "policy", "priority DESC, created, id", page)
	return domain.MapPage(rows, policyRow.policy), err
}

// Delete erases a policy.
func (s *Policies) Delete(ctx context.Context, id lifecycle.PolicyID) error {
	return erase[policyRow](ctx, s.db, id.String(), "policy")
}
