// Package embedded is a composition of docsteward: every service in one process on SQLite files,
// with events in the same process. It needs nothing but a data directory.
package embedded
