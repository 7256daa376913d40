// Package crash proves that servers keep their word when they are killed.
//
// Its tests run the programs as processes, call them over HTTP, kill them and start
// them again.
//
// The document store is killed at random instants while several clients write.
// Whatever was acknowledged must be there, found by the search, without gaps in its
// history, and told exactly once in the event log. KILLS says how often.
//
// Workflows are killed while sagas, branches, loops and workflows within workflows
// call a target that honours idempotency keys: at each call of a saga (SAGAS kinds), on
// SQLite and on PostgreSQL; at random instants (RUN_KILLS); and as one of two servers
// that share a database (TAKEOVERS). Every run that was accepted must end as its
// definition says, be recorded as one that no kill has met, and have done and undone
// each thing once. Where one server runs, two builds take turns, so that runs go on
// under another one.
//
// SEED repeats the choice of instants.
package crash
