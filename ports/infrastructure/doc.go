// Package infrastructure is the published language of what holds work over several
// services together: dead letters, sagas, the log of events, and traces.
package infrastructure
