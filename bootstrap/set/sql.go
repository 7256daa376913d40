package set

import (
	"context"
	"io/fs"
	"net"
	"net/url"
	"strconv"

	"github.com/google/wire"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/docsteward/docsteward/adapters/bus/relay"
	"github.com/docsteward/docsteward/adapters/sql/sqlkit"
	"github.com/docsteward/docsteward/bootstrap/config"
	"github.com/docsteward/docsteward/bootstrap/kit"
	"github.com/docsteward/docsteward/ports/bus"
	"github.com/docsteward/docsteward/ports/outbox"
	"github.com/docsteward/docsteward/ports/tx"
)

// Database is the name of a service's file or schema, and its tables.
type Database struct {
	Name       string
	Path       string
	Migrations fs.FS
}

// SQLite opens one file per service in the data directory.
var SQLite = wire.NewSet(
	OpenSQLite, SQLOutbox,
	wire.Bind(new(tx.Unit), new(*sqlkit.DB)), wire.Bind(new(Dependency), new(*sqlkit.DB)),
)

// Postgres opens one schema per service on the configured server.
var Postgres = wire.NewSet(
	OpenPostgres, SQLOutbox,
	wire.Bind(new(tx.Unit), new(*sqlkit.DB)), wire.Bind(new(Dependency), new(*sqlkit.DB)),
)

// SQLOutbox keeps events beside what they tell of, and what was handled beside
// what handling it wrote.
var SQLOutbox = wire.NewSet(
	NewSQLOutbox, sqlkit.NewInbox, wire.Bind(new(bus.Inbox), new(*sqlkit.Inbox)),
	wire.Bind(new(outbox.Outbox), new(*sqlkit.Outbox)), wire.Bind(new(outbox.Source), new(*sqlkit.Outbox)),
	wire.Bind(new(outbox.DeadLetters), new(*sqlkit.Outbox)),
)

// NewSQLOutbox returns the outbox of a database; each commit wakes the relay.
func NewSQLOutbox(db *sqlkit.DB, wake relay.Waker) *sqlkit.Outbox {
	return sqlkit.NewOutbox(db, wake.Wake)
}

// OpenSQLite opens the file of a service.
func OpenSQLite(ctx context.Context, s *kit.Service, d Database) (*sqlkit.DB, func(), error) {
	path := d.Path
	if path == "" {
		path = s.DataFile(d.Name + ".sqlite3")
	}
	return open(ctx, sqlkit.Config{Path: path, FullSync: s.Config.Sync == "FULL", Readers: s.Config.DocStorePool, Exclusive: s.Config.Exclusive}, s, d)
}

// OpenPostgres opens the schema of a service.
func OpenPostgres(ctx context.Context, s *kit.Service, d Database) (*sqlkit.DB, func(), error) {
	return open(ctx, sqlkit.Config{DSN: PostgresDSN(s.Config.Postgres), Schema: d.Name}, s, d)
}

// PostgresDSN spells the address of the database server. A host that begins
// with a slash is the directory of its socket.
func PostgresDSN(p config.Postgres) string {
	address := url.URL{Scheme: "postgres", User: url.UserPassword(p.User, p.Password), Path: "/" + p.Database}
	query := url.Values{"sslmode": {p.SSLMode}}
	if len(p.Host) > 0 && p.Host[0] == '/' {
		query.Set("host", p.Host)
		query.Set("port", strconv.Itoa(p.Port))
	} else {
		address.Host = net.JoinHostPort(p.Host, strconv.Itoa(p.Port))
	}
	address.RawQuery = query.Encode()
	return address.String()
}

func open(ctx context.Context, c sqlkit.Config, s *kit.Service, d Database) (*sqlkit.DB, func(), error) {
	c.SlowQuery, c.Logger, c.Migrations = s.Config.SlowQuery, s.Logger, d.Migrations
	c.Metrics = prometheus.WrapRegistererWith(prometheus.Labels{"service": s.ID}, s.Registry)
	db, err := sqlkit.Open(ctx, c)
	if err != nil {
		return nil, nil, err
	}
	return db, func() { _ = db.Close() }, nil
}
