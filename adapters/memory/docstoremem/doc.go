// Package docstoremem keeps the document store in memory, for tests and for
// programs that keep nothing.
package docstoremem
