// Package html parses HTML documents, and the pieces of HTML that other markup
// languages allow.
package html
