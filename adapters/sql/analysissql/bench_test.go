package analysissql_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/docsteward/docsteward/adapters/sql/analysissql"
	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/adapters/sql/sqltest"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/check"
	"github.com/docsteward/docsteward/domain/claim"
	"github.com/docsteward/docsteward/domain/code"
)

// manyFacts are as many as a large project has, named like real ones.
func manyFacts(n int) []code.Fact {
	kinds := code.Kinds()
	facts := make([]code.Fact, n)
	for i := range facts {
		facts[i] = code.Fact{Kind: kinds[i%len(kinds)], Name: fmt.Sprintf("storage.%d.retention.size-%d", i*7919%n, i), Value: "15d", HasValue: i%3 == 0,
			Scope: "server", Path: fmt.Sprintf("internal/storage/part%03d/file%d.go", i%500, i%9), Line: i % 900}
	}
	return facts
}

// BenchmarkReplaceFacts replaces the 50,000 facts of a project by others.
func BenchmarkReplaceFacts(b *testing.B) {
	for name, open := range map[string]func() *sqlkit.DB{
		"sqlite":   func() *sqlkit.DB { return sqltest.SQLite(b, analysissql.Migrations) },
		"postgres": func() *sqlkit.DB { return sqltest.Postgres(b, analysissql.Migrations) },
	} {
		b.Run(name, func(b *testing.B) {
			facts, all := analysissql.NewFacts(open()), manyFacts(50_000)
			for b.Loop() {
				if err := facts.Replace(context.Background(), "p", all); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkPutClaims replaces 10,000 claims.
func BenchmarkPutClaims(b *testing.B) {
	claims, all := analysissql.NewClaims(sqltest.SQLite(b, analysissql.Migrations)), make([]check.Claim, 10_000)
	for i := range all {
		all[i] = check.Claim{ID: domain.StoredID[check.Claim](fmt.Sprintf("%024x", i*7919)), Project: "p", Document: fmt.Sprintf("docs/%d.md", i%200), Start: i,
			Kind: code.Flag, Name: "data.retention", Text: "--data.retention", Standing: check.Standing{State: claim.Holds, Reason: "The code has it."}}
	}
	for b.Loop() {
		if err := claims.Put(context.Background(), all...); err != nil {
			b.Fatal(err)
		}
	}
}
