// Package docstore is the published language of the document store: its
// commands and views, the menu of its use cases, the table of its operations,
// and what it needs from outside.
//
// Reading order: menu.go, operations.go, then the driving_ file of the topic
// at hand; driven.go for adapters.
package docstore
