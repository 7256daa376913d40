// Package usecase is the one shape of every driving port.
//
// A use case is a value with an Execute method. A service publishes a menu, a
// struct of Ports, and one table of Operations that says how each port is
// reached. Every face (HTTP server and client, OpenAPI, command line, MCP)
// reads that table and nothing else.
package usecase
