// Package domain is the kernel that every other package stands on: the result
// that use cases return, the faults that they fail with, the events that they
// record, typed identifiers and pages.
//
// It imports the standard library only and reads no clock, randomness,
// environment, file or network.
package domain
