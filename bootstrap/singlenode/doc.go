// Package singlenode is a composition of docsteward: every service in one process on a PostgreSQL
// server, one schema per service.
package singlenode
