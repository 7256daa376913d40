package docstoresql_test

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"github.com/docsteward/docsteward/adapters/sql/docstoresql"
	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/adapters/sql/sqltest"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/domain/span"
	"github.com/docsteward/docsteward/ports/porttest"
)

// paragraphs is how many pieces the document of the benchmarks has; it is some
// 2 KB long.
const paragraphs = 12

// text returns the i-th document of the benchmarks, and its pieces.
func text(i int) (string, []span.Span) {
	content := fmt.Sprintf("# Document %d\n\n", i) +
		strings.Repeat("The grey heron stands in shallow water, waits for a careless fish, and reads the deployment guide of service alpha; then it flies on to the next pond.\n\n", paragraphs)
	raw := []byte(content)
	var spans []span.Span
	at := 0
	for piece := range strings.SplitAfterSeq(content, "\n\n") {
		if piece != "" {
			spans = append(spans, span.Of(raw, at, at+len(piece)-2))
		}
		at += len(piece)
	}
	return content, spans
}

func metadata() document.Metadata {
	return document.Metadata{"type": "guide", "owner": "docs", "language": "en", "tags": []any{"a", "b"}, "path": "docs/guide.md"}
}

// insertOne does what the use case does for a new document: four writes, the
// index and the outbox in one transaction.
func insertOne(ctx context.Context, e porttest.DocStoreEnv, i int) error {
	content, spans := text(i)
	d, err := document.New(document.Draft{
		ID: domain.StoredID[document.Document](fmt.Sprint("doc-", i)), Content: content, Metadata: metadata(),
	}, time.Now())
	if err != nil {
		return err
	}
	state, events := d.State(), d.TakeEvents()
	events[0].ID = fmt.Sprint("event-", i)
	events[0].Payload, err = json.Marshal(map[string]any{"id": state.ID.String(), "title": state.Title, "metadata": state.Metadata})
	if err != nil {
		return err
	}
	return e.Unit.Within(ctx, func(ctx context.Context) error {
		if err := e.Documents.Add(ctx, state); err != nil {
			return err
		}
		if err := e.Index.Put(ctx, d.Version()); err != nil {
			return err
		}
		if err := e.Spans.Put(ctx, state.ID, 1, spans); err != nil {
			return err
		}
		return e.Outbox.Append(ctx, events...)
	})
}

// BenchmarkInsert compares the insert of one document through the store with the
// same statements by hand on database/sql, and with one row of one table through
// bare gorm.
func BenchmarkInsert(b *testing.B) {
	b.Run("store", func(b *testing.B) {
		e := env(sqltest.SQLite(b, docstoresql.Migrations), nil)
		for i := 0; b.Loop(); i++ {
			if err := insertOne(b.Context(), e, i); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("hand", func(b *testing.B) {
		h := byHand(b)
		for i := 0; b.Loop(); i++ {
			if err := h.insert(b.Context(), i); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("gorm one table", func(b *testing.B) {
		db, err := gorm.Open(sqlite.Dialector{DriverName: "sqlite", DSN: handDSN(filepath.Join(b.TempDir(), "gorm.db"))}, &gorm.Config{Logger: logger.Discard})
		if err != nil {
			b.Fatal(err)
		}
		pool, err := db.DB()
		if err != nil {
			b.Fatal(err)
		}
		defer pool.Close()
		pool.SetMaxOpenConns(1)
		if err := db.AutoMigrate(&oneTable{}); err != nil {
			b.Fatal(err)
		}
		for i := 0; b.Loop(); i++ {
			content, _ := text(i)
			sum := sha256.Sum256([]byte(content))
			packed, _ := json.Marshal(metadata())
			row := oneTable{ID: fmt.Sprint("doc-", i), Content: content, Hash: hex.EncodeToString(sum[:]), Metadata: string(packed), CreatedAt: time.Now()}
			if err := db.Create(&row).Error; err != nil {
				b.Fatal(err)
			}
		}
	})
}

type oneTable struct {
	ID        string `gorm:"primaryKey"`
	Content   string
	Hash      string `gorm:"uniqueIndex"`
	Metadata  string
	CreatedAt time.Time
}

func handDSN(path string) string {
	return "file:" + path + "?_txlock=immediate&_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)&_pragma=foreign_keys(1)"
}

// hand is the same insert with prepared statements and nothing around them.
type hand struct {
	db                                            *sql.DB
	text, document, version, index, spans, outbox *sql.Stmt
}

func byHand(b *testing.B) *hand {
	path := filepath.Join(b.TempDir(), "hand.db")
	sqltest.Open(b, sqlkit.Config{Path: path, Migrations: docstoresql.Migrations})
	db, err := sql.Open("sqlite", handDSN(path))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	db.SetMaxOpenConns(1)
	h := &hand{db: db}
	for into, query := range map[**sql.Stmt]string{
		&h.text:     `INSERT INTO texts (digest, title, content) VALUES (?, ?, ?)`,
		&h.document: `INSERT INTO documents (id, text_seq, hash, size, metadata, correlation, version, note, author, created_at, updated_at, deleted_at) VALUES (?, ?, ?, ?, ?, '', 1, '', '', ?, ?, 0)`,
		&h.version:  `INSERT INTO versions (document_id, number, text_seq, hash, size, metadata, note, author, valid_from, valid_to, deletion) VALUES (?, 1, ?, ?, ?, ?, '', '', ?, 0, 0)`,
		&h.index:    `INSERT INTO texts_fts (rowid, title, content) VALUES (?, ?, ?)`,
		&h.spans:    `INSERT INTO spans (document_id, version, packed) VALUES (?, 1, ?)`,
		&h.outbox:   `INSERT INTO outbox (id, name, aggregate, aggregate_id, version, at, correlation, payload, attempts, cause, due) VALUES (?, 'document.created', 'document', ?, 1, ?, '', ?, 0, '', 0)`,
	} {
		if *into, err = db.Prepare(query); err != nil {
			b.Fatal(err)
		}
	}
	return h
}

func (h *hand) insert(ctx context.Context, i int) error {
	content, spans := text(i)
	id, title, now := fmt.Sprint("doc-", i), fmt.Sprint("Document ", i), time.Now().UnixMicro()
	sum := sha256.Sum256([]byte(content))
	hash := hex.EncodeToString(sum[:])
	packed, err := json.Marshal(metadata())
	if err != nil {
		return err
	}
	var pieces []byte
	for _, s := range spans {
		raw, err := hex.DecodeString(s.Hash)
		if err != nil {
			return err
		}
		pieces = append(pieces, raw...)
	}
	tx, err := h.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	done, err := tx.StmtContext(ctx, h.text).ExecContext(ctx, hash, title, content)
	if err != nil {
		return err
	}
	seq, err := done.LastInsertId()
	if err != nil {
		return err
	}
	for _, s := range []struct {
		stmt *sql.Stmt
		args []any
	}{
		{h.document, []any{id, seq, hash, len(content), string(packed), now, now}}, {h.version, []any{id, seq, hash, len(content), string(packed), now}},
		{h.index, []any{seq, title, content}}, {h.spans, []any{id, pieces}}, {h.outbox, []any{fmt.Sprint("event-", i), id, now, packed}},
	} {
		if _, err := tx.StmtContext(ctx, s.stmt).ExecContext(ctx, s.args...); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// BenchmarkGet reads one document of a thousand by its id.
func BenchmarkGet(b *testing.B) {
	e := env(sqltest.SQLite(b, docstoresql.Migrations), nil)
	for i := range 1000 {
		if err := insertOne(b.Context(), e, i); err != nil {
			b.Fatal(err)
		}
	}
	for i := 0; b.Loop(); i++ {
		if _, err := e.Documents.Get(b.Context(), domain.StoredID[document.Document](fmt.Sprint("doc-", i%1000))); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSearch asks for a page of ten of a thousand documents.
func BenchmarkSearch(b *testing.B) {
	e := env(sqltest.SQLite(b, docstoresql.Migrations), nil)
	for i := range 1000 {
		if err := insertOne(b.Context(), e, i); err != nil {
			b.Fatal(err)
		}
	}
	for name, q := range map[string]string{"one": `document 500`, "all": "heron", "any": "heron careless nowhere"} {
		b.Run(name, func(b *testing.B) {
			query, err := document.ParseQuery(q)
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				if _, err := e.Index.Search(b.Context(), document.Search{Query: query, Any: name == "any", Page: domain.PageRequest{Limit: 10}}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
