// Package archtest holds the rules of the house as tests: which layer may
// import which, what the domain may touch, how large a file or an interface may
// grow, and that everything public is documented. It has no code of its own.
package archtest
