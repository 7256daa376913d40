// Package crash proves that the document store keeps its word when it is killed.
//
// Its test runs the docsteward command, writes from several clients over HTTP,
// kills the process at random instants and starts it again. Whatever was
// acknowledged must be there, found by the search, without gaps in its history,
// and told exactly once in the event log. KILLS says how often, SEED repeats the
// choice of instants.
package crash
