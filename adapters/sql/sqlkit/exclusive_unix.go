//go:build unix

package sqlkit

// exclusiveVFS is the file layer of SQLite that locks the file once, for the whole
// process, and shares the index of the log between its connections in memory.
const exclusiveVFS = "unix-excl"
