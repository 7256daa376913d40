// Package analysissql keeps what the analysis recorded in SQLite or PostgreSQL:
// checks, claims with their turns, and facts.
package analysissql

import (
	"embed"
	"strings"

	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/ports/analysis"
)

// Migrations are the tables of the analysis, for sqlkit.Config.
//
//go:embed migrations
var Migrations embed.FS

var (
	_ analysis.Checks = (*Checks)(nil)
	_ analysis.Claims = (*Claims)(nil)
	_ analysis.Turns  = (*Turns)(nil)
	_ analysis.Facts  = (*Facts)(nil)
)

// scopes gathers conditions.
type scopes []sqlkit.Scope

func (s *scopes) where(condition string, args ...any) {
	*s = append(*s, sqlkit.Where(condition, args...))
}

// equal keeps the rows whose column holds the value; an empty value keeps all.
func (s *scopes) equal(column, value string) {
	*s = append(*s, sqlkit.Equal(column, value))
}

// last stands behind every text that begins alike.
const last = "\U0010FFFF"

// begins keeps the rows whose column begins with the text.
func (s *scopes) begins(column, text string) {
	s.where(column+" >= ? AND "+column+" < ?", text, text+last)
}

// matches keeps the rows whose column is the text, or begins with it when it ends
// with *.
func (s *scopes) matches(column, text string) {
	if beginning, open := strings.CutSuffix(text, "*"); open {
		s.begins(column, beginning)
		return
	}
	s.equal(column, text)
}
