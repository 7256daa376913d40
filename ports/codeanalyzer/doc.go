// Package codeanalyzer is the published language of the code analyzer, which
// finds the endpoints of source text, of files and of patches, and the facts that
// documentation is held to: its commands and views, the menu of its use cases and
// the table of its operations.
//
// Reading order: menu.go, operations.go, the driving_ files. What it needs from
// outside is the port facts.PackageExtractor.
package codeanalyzer
