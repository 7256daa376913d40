package analysismem

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/docsteward/docsteward/adapters/memory/memkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/check"
	"github.com/docsteward/docsteward/ports/analysis"
)

// Claims keeps the claims of documents.
type Claims struct {
	db   *memkit.DB
	rows *memkit.Table[string, check.Claim]
}

// NewClaims returns no claims in db.
func NewClaims(db *memkit.DB) *Claims {
	return &Claims{db, memkit.NewTable[string](db, func(c check.Claim) check.Claim {
		c.FirstSeen, c.Since, c.ClosedAt = instant(c.FirstSeen), instant(c.Since), instant(c.ClosedAt)
		return c
	})}
}

// Load implements analysis.Claims.
func (s *Claims) Load(ctx context.Context, project string) ([]check.Claim, error) {
	claims, err := s.rows.Select(ctx, func(c check.Claim) bool { return c.Project == project })
	slices.SortFunc(claims, inOrder)
	return claims, err
}

func inOrder(a, b check.Claim) int {
	return cmp.Or(strings.Compare(a.Project, b.Project), strings.Compare(a.Document, b.Document), cmp.Compare(a.Start, b.Start), strings.Compare(a.ID.String(), b.ID.String()))
}

// Put implements analysis.Claims.
func (s *Claims) Put(ctx context.Context, claims ...check.Claim) error {
	return s.db.Within(ctx, func(ctx context.Context) error {
		for _, c := range claims {
			if err := s.rows.Put(ctx, c.ID.String(), c); err != nil {
				return err
			}
		}
		return nil
	})
}

// Get implements analysis.Claims.
func (s *Claims) Get(ctx context.Context, id check.ClaimID) (check.Claim, error) {
	c, ok, err := s.rows.Get(ctx, id.String())
	if err == nil && !ok {
		err = domain.NotFound.New("There is no such claim.")
	}
	return c, err
}

// List implements analysis.Claims.
func (s *Claims) List(ctx context.Context, f analysis.ClaimFilter, page domain.PageRequest) (domain.Page[check.Claim], error) {
	claims, err := s.rows.Select(ctx, func(c check.Claim) bool { return keeps(f, c) })
	slices.SortFunc(claims, inOrder)
	return memkit.PageOf(claims, page), err
}

func keeps(f analysis.ClaimFilter, c check.Claim) bool {
	return c.Open() != f.Closed &&
		(f.Project == "" || f.Project == c.Project) && (f.Name == "" || f.Name == c.Name) &&
		(f.Document == "" || f.Document == c.Document || strings.HasSuffix(f.Document, "/") && strings.HasPrefix(c.Document, f.Document)) &&
		(len(f.States) == 0 || slices.Contains(f.States, c.State)) && (f.Kind == 0 || f.Kind == c.Kind)
}

// Worst implements analysis.Claims.
func (s *Claims) Worst(ctx context.Context, project string, limit int) ([]analysis.DocumentDrift, error) {
	claims, err := s.rows.Select(ctx, func(c check.Claim) bool { return c.Project == project && c.Open() })
	slices.SortFunc(claims, inOrder)
	var all []analysis.DocumentDrift
	for _, c := range claims {
		if len(all) == 0 || all[len(all)-1].Document != c.Document {
			all = append(all, analysis.DocumentDrift{Document: c.Document})
		}
		of := &all[len(all)-1]
		of.Claims++
		if check.Drifted(c.State) {
			of.Drifted++
		}
	}
	all = slices.DeleteFunc(all, func(d analysis.DocumentDrift) bool { return d.Drifted == 0 })
	slices.SortStableFunc(all, func(a, b analysis.DocumentDrift) int { return cmp.Compare(b.Drifted, a.Drifted) })
	return all[:min(len(all), limit)], err
}

// Turns keeps how claims stood.
type Turns struct {
	db   *memkit.DB
	rows *memkit.Table[string, check.Turn] // by claim and number
}

// NewTurns returns no turns in db.
func NewTurns(db *memkit.DB) *Turns {
	return &Turns{db, memkit.NewTable[string](db, func(t check.Turn) check.Turn {
		t.At = instant(t.At)
		return t
	})}
}

// Append implements analysis.Turns.
func (s *Turns) Append(ctx context.Context, turns ...check.Turn) error {
	return s.db.Within(ctx, func(ctx context.Context) error {
		for _, t := range turns {
			before, err := s.of(ctx, t.Claim)
			if err != nil {
				return err
			}
			if err := s.rows.Put(ctx, fmt.Sprintf("%s\x00%09d", t.Claim, len(before)), t); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *Turns) of(ctx context.Context, id check.ClaimID) ([]check.Turn, error) {
	return s.rows.Select(ctx, func(t check.Turn) bool { return t.Claim == id })
}

// List implements analysis.Turns.
func (s *Turns) List(ctx context.Context, id check.ClaimID, page domain.PageRequest) (domain.Page[check.Turn], error) {
	turns, err := s.of(ctx, id)
	return memkit.PageOf(turns, page), err
}
