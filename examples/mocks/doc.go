// Package mocks holds unit tests that show how to test against the library:
// see mocks_test.go.
package mocks
