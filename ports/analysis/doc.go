// Package analysis is the published language of the analysis, which holds documents
// to rules and to the code that they speak of, and keeps how their claims stood: its
// commands and views, the menu of its use cases, the table of its operations, and
// what it needs from outside.
//
// Reading order: menu.go, operations.go, the driving_ files; driven.go for
// adapters.
package analysis
