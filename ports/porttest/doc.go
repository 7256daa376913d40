// Package porttest holds one conformance suite per driven port. An adapter is
// right when the suite of its port passes on it; the suite's cases are the
// promises in the port's comments.
package porttest
