// Package report knows what reports are: their kinds and formats, the stretch of time
// that they tell of, how they end, when they are made again, and how they reach their
// readers.
package report
