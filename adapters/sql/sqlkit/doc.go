// Package sqlkit opens a service's database, SQLite or PostgreSQL, and holds
// what the stores of all services share: the unit of work, the verbs over row
// structs, the translation of driver errors into faults, migrations, the outbox
// and the inbox.
//
// On SQLite one connection writes and a pool reads, so that "database is locked"
// cannot reach a caller: writers queue in this process, readers see the last
// commit. On PostgreSQL one pool serves both.
package sqlkit
