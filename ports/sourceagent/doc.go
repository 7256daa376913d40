// Package sourceagent is the published language of the source agent, which
// keeps the document store a mirror of folders and repositories: its commands
// and views, the menu of its use cases, the table of its operations, and what it
// needs from outside.
//
// Reading order: menu.go, operations.go, the driving_ files; driven.go for
// adapters.
package sourceagent
